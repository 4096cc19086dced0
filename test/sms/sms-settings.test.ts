import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { decodeConfig } from '../../appservice/config.ts';
import { renderSample } from '../../appservice/config-sample.ts';

type Tree = Record<string, unknown>;

const sample = parse(renderSample()) as Tree & { sms: Tree & { first: Tree; second: Tree } };

function refusalOf(sms: Tree): string {
  try {
    decodeConfig({ ...sample, sms: { ...sample.sms, ...sms } }, 'the file');
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test('one gateway is enough, and either may be first', () => {
  assert.is(refusalOf({ second: { gateway: 'none' } }), 'accepted');
  assert.is(refusalOf({ first: sample.sms.second, second: sample.sms.first }), 'accepted');
});

test('the same gateway twice is no fail-over', () => {
  assert.match(refusalOf({ second: sample.sms.first }), '  sms.second.gateway: must be another than sms.first.gateway, or none');
});

test('a gateway does not start without its operator and country named', () => {
  const { location: _left, ...without } = sample.sms.first;
  assert.match(refusalOf({ first: without }), '  sms.first.location: ');
  assert.match(refusalOf({ first: { ...without, location: { operator: 'X' } } }), '  sms.first.location.country: ');
  assert.match(refusalOf({ first: { ...without, location: { operator: '', country: 'DE' } } }), '  sms.first.location.operator: ');
  assert.match(refusalOf({ first: { ...without, location: { operator: 'X', country: 'Germany' } } }), 'country code of ISO 3166-1');
});

test('a gateway outside Germany starts with its country named', () => {
  assert.is(refusalOf({ first: { ...sample.sms.first, location: { operator: 'X', country: 'DK' } } }), 'accepted');
});

test('keys and senders cannot carry line breaks, spaces or other signs', () => {
  for (const apiKey of ['', 'short', 'a key with spaces in it', 'a-key-of-the-tests\r\nX-Other: 1'])
    assert.match(refusalOf({ first: { ...sample.sms.first, apiKey } }), '  sms.first.apiKey: must be the API key');
  for (const authToken of ['the-key-of-your-account', '12345:', '12345:the-key-of-your-account\n'])
    assert.match(refusalOf({ second: { ...sample.sms.second, authToken } }), '  sms.second.authToken: must be the number');
  for (const sender of ['', 'S', 'TwelveLetter', 'A\nB', 'Büro', '1234567890123456'])
    assert.match(refusalOf({ first: { ...sample.sms.first, sender } }), '  sms.first.sender: must be 2 to 11');
  assert.is(refusalOf({ first: { ...sample.sms.first, sender: '491713920012' } }), 'accepted');
});

test('the limit of a day is at least one text', () => {
  assert.match(refusalOf({ centsPerText: 8, centsPerDay: 7 }), '  sms.centsPerDay: must be at least sms.centsPerText');
  assert.is(refusalOf({ centsPerText: 8, centsPerDay: 8 }), 'accepted');
});

test.run();
