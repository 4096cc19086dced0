import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseLanguage, directionOf } from '../../widget/locales/language.ts';
import { languages, loadTexts } from '../../widget/locales/load.ts';
import { createText } from '../../widget/locales/messages.ts';

type Texts = { readonly messages: Record<string, string> };

const NO_LANGUAGE = new Set(['language.ts', 'load.ts', 'messages.ts']);
const GAP = /\{(\w+)((?:\|\w+:[^|}]*)*)\}/g;
const gaps = (text: string): string[] => [...new Set([...text.matchAll(GAP)].map(([, name = '']) => name))].toSorted();

/** Choices by number that a text offers: the names of their forms. */
const choices = (text: string): string[][] =>
  [...text.matchAll(GAP)].flatMap(([, , forms = '']) => (forms ? [[...forms.matchAll(/\|(\w+):/g)].map(([, form = '']) => form)] : []));

for (const folder of ['locales', 'locales/more', 'contact-form/locales']) {
  const files = readdirSync(new URL(`../../widget/${folder}`, import.meta.url)).filter(
    (name) => name.endsWith('.ts') && !NO_LANGUAGE.has(name),
  );

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
        assert.not.match(text.replace(GAP, ''), /[{}]/, `${key}: braces that make no gap`);
      }
    });

  for (const name of files)
    test(`${folder}/${name} has every form of its language wherever it counts`, async () => {
      const { messages } = (await import(`../../widget/${folder}/${name}`)) as Texts;
      const needed = new Intl.PluralRules(name.replace('.ts', '')).resolvedOptions().pluralCategories.toSorted();
      for (const [key, text] of Object.entries(messages)) for (const forms of choices(text)) assert.equal(forms.toSorted(), needed, key);
    });
}

test('every language file of the panel can be loaded', () => {
  const files = readdirSync(new URL('../../widget/locales', import.meta.url)).filter(
    (name) => name.endsWith('.ts') && !NO_LANGUAGE.has(name),
  );
  assert.equal(Object.keys(languages).toSorted(), files.map((name) => name.replace('.ts', '')).toSorted());
});

test('a language without a file is answered in English', async () => {
  assert.is((await loadTexts('tlh')).language, 'en');
  assert.is((await loadTexts('de-AT')).language, 'de');
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

test('a number chooses the form by the rules of the language, and stands in it as people write it there', () => {
  const all = { some: '{count|one:ein Zeichen|other:# Zeichen} in {name}' };
  const german = createText(all, 'de');
  assert.is(german('some', { count: 1, name: 'A' }), 'ein Zeichen in A');
  assert.is(german('some', { count: 1200, name: 'A' }), '1.200 Zeichen in A');
  const polish = createText({ some: '{count|one:# znak|few:# znaki|many:# znaków|other:# znaku}' }, 'pl');
  assert.equal(
    [1, 2, 5].map((count) => polish('some', { count })),
    ['1 znak', '2 znaki', '5 znaków'],
  );
});

test('texts of rarely used parts are there once they were fetched', async () => {
  const texts = await loadTexts('de');
  await texts.loadMore();
  assert.is(texts.text('reply'), 'Antworten');
  assert.is(texts.text('send'), 'Senden');
});

test.run();
