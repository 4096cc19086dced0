import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { companySettings } from '../../appservice/companies/company-settings.ts';
import { shownFields, worded } from '../../appservice/contact-fields/shown-contact-field.ts';

const purpose = { de: 'Für Rückfragen' };
const { preChat } = companySettings.parse({
  preChat: [
    { key: 'name', type: 'text', label: { de: 'Name' }, purpose },
    { key: 'topic', type: 'select', label: { de: 'Thema', en: 'Topic' }, purpose, options: [{ value: 'fix', label: { de: 'Reparatur' } }] },
    { key: 'again', type: 'checkbox', label: { de: 'Rückruf' }, purpose },
  ],
});
const given = [
  { key: 'again', value: 'yes', purpose: 'p' },
  { key: 'former', value: 'fix', purpose: 'p' },
  { key: 'name', value: 'yes', purpose: 'p' },
  { key: 'topic', value: 'fix', purpose: 'p' },
];

test('what a person gave stands in the order in which the company asks; what it asks no more comes last, named by its key', () => {
  assert.equal(
    shownFields(preChat, given, 'de').map(({ label, value }) => `${label}: ${value}`),
    ['Name: yes', 'Thema: fix', 'Rückruf: yes', 'former: fix'],
  );
  assert.is(shownFields(preChat, given, 'en')[1]?.label, 'Topic');
});

test('the team reads the words that stood in the form, not the values of programs', () => {
  const values = worded(preChat, shownFields(preChat, given, 'de'), 'de').map(({ value }) => value);
  assert.equal(values, ['yes', 'Reparatur', 'ja', 'fix']);
  const former = [{ key: 'topic', label: 'Thema', purpose: 'p', value: 'sell' }];
  assert.equal(worded(preChat, former, 'en'), former, 'a choice that is offered no more stays as it was');
});

test.run();
