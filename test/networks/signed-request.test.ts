import { createHmac } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSignedRequest } from '../../appservice/networks/signed-request.ts';
import { forCases, type Draw } from '../random-cases.ts';

const SECRET = 'a-secret-of-the-tests-0123456789';
const NOW = new Date('2026-11-23T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const read = (text: string, now = NOW): string | undefined => readSignedRequest(text, { appSecret: SECRET, now });

function signed(content: unknown, secret = SECRET): string {
  const payload = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
}

const content = (changes: Record<string, unknown> = {}) => ({
  algorithm: 'HMAC-SHA256',
  issued_at: SECONDS,
  user_id: '218471',
  ...changes,
});

test('the request of the documentation is read', () => {
  assert.is(read(signed({ ...content(), expires: SECONDS + 3600, user: { country: 'de', locale: 'de_DE' } })), '218471');
});

test('whatever is signed well comes back, whatever else stands in it', () => {
  forCases(300, (draw: Draw) => {
    const userId = draw.text('0123456789', 1 + draw.below(20));
    const extra = { [draw.text('abcxyz_', 5)]: draw.text(LETTERS, draw.below(200)) };
    assert.is(read(signed({ ...extra, ...content({ user_id: userId, issued_at: SECONDS - draw.below(600) }) })), userId);
  });
});

test('one changed letter anywhere makes it worthless', () => {
  const good = signed(content());
  forCases(600, (draw: Draw) => {
    const at = draw.below(good.length);
    const letter = draw.of(Array.from(`${LETTERS}.`));
    // The last letter of a signature carries two bits that mean nothing.
    if (letter === good[at] || at === 42) return;
    assert.is(read(good.slice(0, at) + letter + good.slice(at + 1)), undefined, `letter ${at} became ${letter}`);
  });
});

test('text of any form is refused and never throws', () => {
  forCases(600, (draw: Draw) => {
    const any = draw.text(`${LETTERS}.={}"\u0000é `, draw.below(120));
    assert.is(read(any), undefined);
    assert.is(read(`${draw.text(LETTERS, 43)}.${draw.text(LETTERS, draw.below(80))}`), undefined);
    assert.is(read(`.${any}`), undefined);
  });
  assert.is(read(`${signed(content())}.more`), undefined);
  assert.is(read(signed({ ...content(), more: 'x'.repeat(10_000) })), undefined, 'too long');
});

test('another secret, another algorithm and none are refused', () => {
  assert.is(read(signed(content(), 'another')), undefined);
  for (const algorithm of ['none', 'HMAC-SHA1', 'hmac-sha256', '', null, undefined]) {
    assert.is(read(signed(content({ algorithm }))), undefined, String(algorithm));
  }
});

test('what is signed and means nothing is refused', () => {
  for (const text of ['', 'null', '[]', '"text"', '{', '{}', JSON.stringify(content()).slice(0, -1)]) {
    assert.is(read(signed(text)), undefined, text);
  }
  for (const changes of [
    { user_id: '' },
    { user_id: 218471 },
    { user_id: 'a b' },
    { issued_at: '1' },
    { issued_at: null },
    { issued_at: 0 },
  ]) {
    assert.is(read(signed(content(changes))), undefined, JSON.stringify(changes));
  }
});

test('one older than ten minutes, or from the future, is refused', () => {
  const at = (seconds: number) => read(signed(content({ issued_at: SECONDS + seconds })));
  assert.is(at(-600), '218471');
  assert.is(at(-601), undefined);
  assert.is(at(60), '218471');
  assert.is(at(61), undefined);
});

test.run();
