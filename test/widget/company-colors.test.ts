import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { companyColors } from '../../widget/panel/company-colors.ts';
import { aPanel } from './panel-fixture.ts';

test('both pairs of colours become custom properties', () => {
  const sheet = companyColors(aPanel().company) ?? '';
  for (const part of ['--company:#0b5c6b', '--on-company:#ffffff', '--company:#5cc3d4', '--on-company:#06242b'])
    assert.ok(sheet.includes(part), part);
});

for (const color of ['red', '#fff', '#0b5c6b;}body{display:none', 'url(https://evil.example)', ''])
  test(`what is no colour never reaches a style sheet: ${color}`, () => {
    assert.is(companyColors({ ...aPanel().company, onDarkColor: color }), undefined);
  });

test.run();
