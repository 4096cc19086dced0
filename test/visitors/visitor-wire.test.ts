import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openSessionRequest } from '../../appservice/visitors/visitor-wire.ts';

const request = (changes: Record<string, unknown>) => openSessionRequest.safeParse({ ticket: 't'.repeat(45), locale: 'de', ...changes });

test('a session is opened with a ticket and a language', () => {
  for (const locale of ['de', 'en', 'pt-BR', 'gsw', 'zh-Hant-TW']) assert.is(request({ locale }).success, true, locale);
});

test('a language that is none, or hides something else, is refused', () => {
  for (const locale of ['', 'd', 'DE', 'de_DE', 'deutsch', 'de-', 'de-x'.repeat(50) + '!', '../de', 'de\n', '<b>', 5, null]) {
    assert.is(request({ locale }).success, false, String(locale));
  }
});

test('a ticket of impossible length is not even looked up', () => {
  for (const ticket of ['', 't'.repeat(19), 't'.repeat(201), 5, undefined]) assert.is(request({ ticket }).success, false);
});

test('what is not asked for is refused', () => {
  assert.is(request({ personId: 'x' }).success, false);
});

test.run();
