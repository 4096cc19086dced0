import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { companyColors, contrast } from '../../appservice/companies/company-colors.ts';

const SAMPLES = [
  '#000000',
  '#ffffff',
  '#0b5c6b',
  '#ffff00',
  '#ff0000',
  '#00ff00',
  '#0000ff',
  '#777777',
  '#767676',
  '#808080',
  '#f5f5dc',
  '#123456',
  '#FFA500',
];

function every(): string[] {
  const steps = [0, 51, 102, 153, 204, 255];
  const hex = (part: number): string => part.toString(16).padStart(2, '0');
  return steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${hex(red)}${hex(green)}${hex(blue)}`)));
}

test('contrast is that of WCAG', () => {
  assert.is(contrast('#ffffff', '#000000'), 21);
  assert.is(contrast('#123456', '#123456'), 1);
  assert.is(Math.round(contrast('#777777', '#ffffff') * 100) / 100, 4.48);
});

test('text on every colour can be read, on light and on dark surroundings', () => {
  for (const color of [...SAMPLES, ...every()]) {
    const colors = companyColors(color);
    assert.ok(contrast(colors.color, colors.onColor) >= 4.5, `${color}: ${JSON.stringify(colors)}`);
    assert.ok(contrast(colors.darkColor, colors.onDarkColor) >= 4.5, `${color}: ${JSON.stringify(colors)}`);
  }
});

test('edges can be seen on the panel', () => {
  for (const color of [...SAMPLES, ...every()]) {
    const { color: light, darkColor } = companyColors(color);
    assert.ok(contrast(light, '#ffffff') >= 3, `${color} became ${light}`);
    assert.ok(contrast(darkColor, '#1b2428') >= 3, `${color} became ${darkColor}`);
  }
});

test('a colour that holds stays as it is', () => {
  assert.is(companyColors('#0B5C6B').color, '#0b5c6b');
  assert.is(companyColors('#5cc3d4').darkColor, '#5cc3d4');
});

test('every colour that comes out is written as #rrggbb', () => {
  for (const color of every()) for (const value of Object.values(companyColors(color))) assert.match(value, /^#[0-9a-f]{6}$/);
});

test.run();
