import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { companySettings, companySettingsPatch } from '../../appservice/companies/company-settings.ts';
import { companyText } from '../../appservice/team/company-text.ts';

const company = (settings: Record<string, unknown>) => ({ settings: companySettings.parse(settings) });

test("a text is in the person's language, else in the company's, else in any", () => {
  const acme = company({ cannedReplies: { hallo: { de: 'Guten Tag', en: 'Hello', fr: 'Bonjour' }, nur: { fr: 'Salut' } } });
  const reply = (name: string, locale: string) => companyText(acme, { kind: 'reply', name }, locale);
  assert.is(reply('hallo', 'fr-CA'), 'Bonjour');
  assert.is(reply('hallo', 'EN'), 'Hello');
  assert.is(reply('hallo', 'pt-BR'), 'Guten Tag');
  assert.is(reply('nur', 'de'), 'Salut');
});

test('a text that the company did not write is none, also where Object has a member of that name', () => {
  for (const name of ['fehlt', 'constructor', '__proto__']) assert.is(companyText(company({}), { kind: 'reply', name }, 'de'), undefined);
  assert.is(companyText(company({}), { kind: 'welcome' }, 'de'), undefined);
  assert.is(companyText(company({ texts: { de: { outOfHours: 'Morgen wieder' } } }), { kind: 'outOfHours' }, 'en'), 'Morgen wieder');
});

test('there is always a word before a silent conversation is closed', () => {
  assert.match(companyText(company({}), { kind: 'silenceWarning' }, 'en-GB') ?? '', 'We will close');
  assert.match(companyText(company({}), { kind: 'silenceWarning' }, 'pt') ?? '', 'schließen');
  assert.is(companyText(company({ texts: { en: { silenceWarning: 'Bye soon' } } }), { kind: 'silenceWarning' }, 'en'), 'Bye soon');
});

test('settings of the team that make no sense are refused with their path', () => {
  const refused = (patch: unknown) => companySettingsPatch.safeParse(patch).error?.issues[0]?.path.join('.');
  assert.is(refused({ autoClose: { afterHours: 2, warnHours: 2 } }), 'autoClose.warnHours');
  assert.is(refused({ autoClose: { afterHours: 0, warnHours: 0 } }), 'autoClose.afterHours');
  assert.is(refused({ leaveDays: -1 }), 'leaveDays');
  assert.is(refused({ cannedReplies: { 'Mit Leerzeichen': { de: 'x' } } }), 'cannedReplies.Mit Leerzeichen');
  assert.is(refused({ cannedReplies: { leer: {} } }), 'cannedReplies.leer');
  assert.is(refused({ cannedReplies: { a: { deutsch: 'x' } } }), 'cannedReplies.a.deutsch');
  assert.is(refused({ cannedReplies: { a: { de: 'a\u202eb' } } }), 'cannedReplies.a.de');
  assert.is(refused({ texts: { de: { welcome: '' } } }), 'texts.de.welcome');
});

test.run();
