import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { english } from '../../web-client/companies/companies-texts-en.ts';
import { german } from '../../web-client/companies/companies-texts-de.ts';
import { openingLines, otherZone } from '../../web-client/companies/opening-hours.ts';

type Day = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

const times = (day: Day, from: string, to: string) => ({ day, from, to });
const workdays: Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const hoursOf = (open: ReturnType<typeof times>[]) => ({ timeZone: 'Europe/Berlin', open });

// Which spaces and dashes stand in a span of time is for the browser to know.
const plain = (words: string): string => words.replaceAll(/\s/gu, ' ').replaceAll(/ ?– ?/g, '–');
const linesOf = (open: ReturnType<typeof times>[], locale: 'de' | 'en' = 'de'): string[] =>
  openingLines(hoursOf(open), locale, locale === 'de' ? german : english).map(({ days, times: when }) => plain(`${days}: ${when}`));

test('days in a row with the same times are one line, and days without any say so', () => {
  const open = workdays.map((day) => times(day, '09:00', '17:30'));
  assert.equal(linesOf(open), ['Montag bis Freitag: 09:00–17:30 Uhr', 'Samstag und Sonntag: geschlossen']);
  assert.equal(linesOf(open, 'en'), ['Monday to Friday: 9:00 AM–5:30 PM', 'Saturday and Sunday: closed']);
});

test('a day with other times interrupts a row', () => {
  const open = workdays.map((day) => times(day, '09:00', day === 'wednesday' ? '12:00' : '17:00'));
  assert.equal(
    linesOf(open).map((line) => line.split(':')[0]),
    ['Montag und Dienstag', 'Mittwoch', 'Donnerstag und Freitag', 'Samstag und Sonntag'],
  );
});

test('times of a day are in order, and those that touch or overlap are one', () => {
  const open = [times('monday', '14:00', '18:00'), times('monday', '08:00', '10:00'), times('monday', '10:00', '12:00')];
  assert.is(linesOf(open)[0], 'Montag: 08:00–12:00 Uhr, 14:00–18:00 Uhr');
  assert.is(linesOf([times('monday', '08:00', '18:00'), times('monday', '09:00', '10:00')])[0], 'Montag: 08:00–18:00 Uhr');
});

test('hours that never come have no lines', () => {
  assert.equal(linesOf([]), []);
});

test('the zone of the hours is named only to who lives in another', () => {
  assert.is(otherZone(hoursOf([]), 'de', 'Europe/Berlin'), undefined);
  assert.is(otherZone(hoursOf([]), 'de', 'America/New_York'), 'Mitteleuropäische Zeit');
});

test.run();
