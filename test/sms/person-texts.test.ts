import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ONE_MESSAGE, septetsOf } from '../../appservice/sms/gsm7.ts';
import { createPersonTexts, type TextLocale } from '../../appservice/sms/person-texts.ts';

const LOCALES: readonly TextLocale[] = ['de', 'en'];
const NOTICES = ['passwordChanged', 'numberChanged', 'emailChanged', 'restricted'] as const;
const texts = createPersonTexts({ publicOrigin: 'https://chat.example.de' });

test('every text is one GSM-7 message, with room for a longer host', () => {
  for (const locale of LOCALES) {
    assert.ok((septetsOf(texts.code('123456', locale)) ?? ONE_MESSAGE) <= 130, locale);
    assert.ok((septetsOf(texts.signInCode('123456', locale)) ?? ONE_MESSAGE) <= 140, locale);
    const others = [texts.knownNumber(locale), texts.unknownNumber(locale), ...NOTICES.map((notice) => texts.notice(notice, locale))];
    for (const text of others) assert.ok((septetsOf(text) ?? ONE_MESSAGE + 1) <= ONE_MESSAGE, text);
  }
});

test('a code stands at the beginning, and bound to our host in the last line', () => {
  for (const locale of LOCALES) {
    for (const text of [texts.code('012345', locale), texts.signInCode('012345', locale)]) {
      const lines = text.split('\n');
      assert.match(lines[0] ?? '', /^012345 /);
      assert.equal(lines.slice(1), ['', '@chat.example.de #012345']);
    }
  }
});

test('the port of an origin does not stand in it, a name in other letters stands as it is sent', () => {
  assert.match(createPersonTexts({ publicOrigin: 'http://localhost:8090' }).code('123456', 'de'), /\n@localhost #123456$/);
  assert.match(createPersonTexts({ publicOrigin: 'https://büro.example.de' }).code('123456', 'en'), /\n@xn--bro-hoa\.example\.de #123456$/);
});

test('to a number that has an account goes a text without code and host', () => {
  for (const locale of LOCALES) assert.not.match(texts.knownNumber(locale), /\d|@|http/);
});

test('no text has a link', () => {
  for (const locale of LOCALES) assert.not.match(texts.code('123456', locale), /https?:|www\./);
});

test('a host that is too long for one message is refused at the start, one that just fits is not', () => {
  const longest =
    ONE_MESSAGE - Math.max(...LOCALES.map((locale) => septetsOf(texts.signInCode('123456', locale)) ?? 0)) + 'chat.example.de'.length;
  const host = (length: number): string => `${'a'.repeat(length - '.example.de'.length)}.example.de`;
  assert.type(createPersonTexts({ publicOrigin: `https://${host(longest)}` }), 'object');
  assert.throws(() => createPersonTexts({ publicOrigin: `https://${host(longest + 1)}` }), 'too long');
});

test.run();
