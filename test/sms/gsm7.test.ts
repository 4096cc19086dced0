import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isOneMessage, septetsOf } from '../../appservice/sms/gsm7.ts';

test('letters of German and English, @, #, % and line breaks take one septet each', () => {
  assert.is(septetsOf('äöüÄÖÜß@#%\n09azAZ.:!?'), 21);
  assert.is(septetsOf(''), 0);
});

test('characters of the extension take two', () => {
  for (const character of '^{}\\[~]|€') assert.is(septetsOf(character), 2, character);
});

test('the alphabet has 127 characters and 10 of the extension', () => {
  const known = Array.from({ length: 0x2100 }, (_none, code) => String.fromCharCode(code)).filter((one) => septetsOf(one) !== undefined);
  assert.is(known.filter((one) => septetsOf(one) === 1).length, 127);
  assert.is(known.filter((one) => septetsOf(one) === 2).length, 10);
});

test('what GSM-7 has not is not counted', () => {
  for (const character of ['`', '„', '“', '–', '…', 'ç', '\t', '\0', '😀', '\u00a0', 'á', 'ẞ'])
    assert.is(septetsOf(`a${character}`), undefined, character);
});

test('one message holds 160 septets and not one more', () => {
  assert.ok(isOneMessage('a'.repeat(160)));
  assert.not.ok(isOneMessage('a'.repeat(161)));
  assert.ok(isOneMessage(`${'a'.repeat(158)}€`));
  assert.not.ok(isOneMessage(`${'a'.repeat(159)}€`));
  assert.not.ok(isOneMessage(''));
  assert.not.ok(isOneMessage('„a“'));
});

test.run();
