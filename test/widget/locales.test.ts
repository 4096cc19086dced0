import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseLanguage, directionOf } from '../../widget/locales/language.ts';
import { languages, loadMessages } from '../../widget/locales/load.ts';
import { createText } from '../../widget/locales/messages.ts';

type Texts = { readonly messages: Record<string, string> };

const NO_LANGUAGE = new Set(['language.ts', 'load.ts', 'messages.ts']);
const gaps = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).toSorted();

for (const folder of ['locales', 'contact-form/locales']) {
  const files = readdirSync(new URL(`../../widget/${folder}`, import.meta.url)).filter((name) => !NO_LANGUAGE.has(name));

  test(`German and English are there in ${folder}`, () => {
    for (const name of ['de.ts', 'en.ts']) assert.ok(files.includes(name), name);
  });

  for (const name of files)
    test(`${folder}/${name} has every text with every gap, and none is empty`, async () => {
      const { messages: english } = (await import(`../../widget/${folder}/en.ts`)) as Texts;
      const { messages } = (await import(`../../widget/${folder}/${name}`)) as Texts;
      assert.equal(Object.keys(messages).toSorted(), Object.keys(english).toSorted());
      for (const [key, text] of Object.entries(messages)) {
        assert.equal(gaps(text), gaps(english[key] ?? ''), key);
        assert.ok(text.trim(), key);
        assert.not.match(text, /!/, key);
      }
    });
}

test('every language file of the panel can be loaded', () => {
  const files = readdirSync(new URL('../../widget/locales', import.meta.url)).filter((name) => !NO_LANGUAGE.has(name));
  assert.equal(Object.keys(languages).toSorted(), files.map((name) => name.replace('.ts', '')).toSorted());
});

test('a language without a file is answered in English', async () => {
  assert.is((await loadMessages('tlh')).language, 'en');
  assert.is((await loadMessages('de-AT')).language, 'de');
});

test('the same language with its region wins over the one without', () => {
  assert.is(chooseLanguage('pt-BR', ['pt', 'pt-BR', 'en']), 'pt-BR');
  assert.is(chooseLanguage('PT-PT', ['pt', 'pt-BR', 'en']), 'pt');
});

test('languages written from right to left are known', () => {
  assert.equal(['ar', 'he-IL', 'fa', 'de', 'arn'].map(directionOf), ['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
});

test('a value is put in as it is, and nothing in it is a gap again', () => {
  const text = createText({ hello: 'Hello {name}, {name} {constructor}' });
  assert.is(text('hello', { name: '{hello}$&' }), 'Hello {hello}$&, {hello}$& {constructor}');
});

test.run();
