import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { actionInWords } from '../../web-client/manage/audit-actions.ts';
import { keyOf } from '../../web-client/manage/key-of.ts';
import { inputOf, linesOf } from '../../web-client/manage/manage-form.ts';
import { english } from '../../web-client/manage/manage-texts-en.ts';
import { german } from '../../web-client/manage/manage-texts-de.ts';
import { SECTIONS } from '../../web-client/manage/sections.ts';
import { readDay, writeDay } from '../../web-client/manage/week-hours.ts';

test('hours of a day are read as people type them', () => {
  const morning = { from: '09:00', to: '12:30' };
  const afternoon = { from: '13:30', to: '18:00' };
  assert.equal(readDay('9-12:30, 13.30–18'), [morning, afternoon]);
  assert.equal(readDay('13:30 bis 18 Uhr und 9 - 12:30'), [morning, afternoon], 'in their order');
  assert.equal(readDay('0930-1800'), [{ from: '09:30', to: '18:00' }]);
  assert.equal(readDay('8-24'), [{ from: '08:00', to: '23:59' }]);
  assert.equal(readDay('  '), [], 'closed');
});

test('hours that cannot be are refused: backwards, overlapping, no times', () => {
  for (const typed of ['18-9', '9-9', '9-12, 11-14', '25-26', '9-12:70', 'morgens', '9', '9-12-15'])
    assert.is(readDay(typed), undefined, typed);
});

test('what is written of a day is read as the same day', () => {
  const spans = [
    { from: '13:30', to: '18:00' },
    { from: '09:00', to: '12:30' },
  ];
  assert.is(writeDay(spans), '09:00–12:30, 13:30–18:00');
  assert.equal(readDay(writeDay(spans)), spans.toReversed());
  assert.is(writeDay([]), '');
});

test('a key is made of a name: small letters, digits, a letter first', () => {
  assert.is(keyOf('Größe & Verkauf', '-'), 'groesse-verkauf');
  assert.is(keyOf('24 Stunden Hilfe', '_'), 'stunden_hilfe');
  assert.is(keyOf('Café', '_'), 'cafe');
  assert.is(keyOf('a'.repeat(60), '-').length, 31);
  assert.is(keyOf('!!! 12', '-'), '');
});

test('a fault of the server finds its input, also where that holds the whole', () => {
  const inputs = ['origins', 'texts.de.title', 'days'];
  assert.is(inputOf('body.texts.de.title', inputs), 'texts.de.title');
  assert.is(inputOf('body.origins.3', inputs), 'origins');
  assert.is(inputOf('query.days', inputs), 'days');
  assert.is(inputOf('body.homeserver', inputs), undefined);
  assert.is(inputOf(undefined, inputs), undefined);
});

test('addresses are taken one by one, whatever stands between them', () => {
  assert.equal(linesOf(' https://a.example\n\n https://b.example https://c.example '), [
    'https://a.example',
    'https://b.example',
    'https://c.example',
  ]);
});

test('every text has the same gaps in both languages', () => {
  const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
  for (const key of Object.keys(english) as (keyof typeof english)[]) assert.equal(gaps(german[key]), gaps(english[key]), key);
});

test('each part has an address of its own and a name', () => {
  assert.is(new Set(SECTIONS.map(({ key }) => key)).size, SECTIONS.length);
  for (const { label } of SECTIONS) assert.ok(german[label].length > 0 && english[label].length > 0);
});

test('an action without words is told by its code', () => {
  assert.is(actionInWords('company.rename', 'de'), 'Name geändert');
  assert.is(actionInWords('company.rename', 'en'), 'Name changed');
  assert.is(actionInWords('some.thing', 'de'), 'some.thing');
});

test.run();
