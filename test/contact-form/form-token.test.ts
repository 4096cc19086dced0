import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createFormTokens } from '../../appservice/contact-form/form-token.ts';
import { isProof } from '../../appservice/contact-form/proof-of-work.ts';

const HOUR_MS = 3_600_000;

function tokensAt(clock: { at: number }, key = 'k'.repeat(43)) {
  return createFormTokens({ key, now: () => new Date(clock.at) });
}

test('a form can be sent from three seconds on for a day', () => {
  const clock = { at: 1_700_000_000_000 };
  const tokens = tokensAt(clock);
  const token = tokens.issue('acme');
  const after = (ms: number): string => {
    clock.at = 1_700_000_000_000 + ms;
    return tokens.judge('acme', token);
  };
  assert.equal([0, 2_999, 3_000, 24 * HOUR_MS, 24 * HOUR_MS + 1].map(after), ['tooFast', 'tooFast', 'good', 'good', 'expired']);
});

test('a token of another company, another installation, or one that was changed is none', () => {
  const clock = { at: 1_700_000_000_000 };
  const token = tokensAt(clock).issue('acme');
  clock.at += HOUR_MS;
  const tokens = tokensAt(clock);
  const [issued, random, signature] = token.split('.');
  for (const forged of [
    '',
    '..',
    `${issued}.${random}`,
    `${issued}.${random}.${signature}.x`,
    `${(clock.at - 10_000).toString(36)}.${random}.${signature}`,
    `${issued}.AAAA.${signature}`,
  ]) {
    assert.is(tokens.judge('acme', forged), 'expired', forged);
  }
  assert.is(tokens.judge('other', token), 'expired');
  assert.is(tokensAt(clock, 'x'.repeat(43)).judge('acme', token), 'expired');
  assert.is(tokens.judge('acme', token), 'good');
});

test('two pages have two tokens', () => {
  const tokens = tokensAt({ at: 0 });
  assert.is.not(tokens.issue('acme'), tokens.issue('acme'));
});

test('work counts for its token alone, and only where it was enough', () => {
  const bits = 8;
  const leadingZeros = (number: number): number => Math.clz32(createHash('sha256').update(`token:${number}`).digest().readUInt32BE(0));
  const numbers = Array.from({ length: 3_000 }, (_, number) => number);
  const enough = numbers.find((number) => leadingZeros(number) >= bits) ?? -1;
  const tooLittle = numbers.find((number) => leadingZeros(number) === bits - 1) ?? -1;
  assert.ok(isProof('token', String(enough), bits));
  assert.not.ok(isProof('token', String(tooLittle), bits));
  assert.not.ok(isProof('other', String(enough), 24));
  for (const proof of ['', '-1', '1e3', '0x1', ` ${enough}`, '9'.repeat(17)]) assert.not.ok(isProof('token', proof, 0 + bits), proof);
});

test.run();
