import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { companySettings } from '../../appservice/companies/company-settings.ts';
import { availabilityOf } from '../../appservice/team/business-hours.ts';

type Open = { day: string; from: string; to: string };

const company = (open: Open[], timeZone = 'Europe/Berlin') => ({ settings: companySettings.parse({ businessHours: { timeZone, open } }) });
const at = (open: Open[], now: string, timeZone?: string) => {
  const { open: isOpen, opensAt } = availabilityOf(company(open, timeZone), new Date(now));
  return isOpen ? 'open' : (opensAt?.toISOString() ?? 'never');
};

const office = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({ day, from: '09:00', to: '17:30' }));

test('a company without hours is always open', () => {
  assert.equal(availabilityOf({ settings: companySettings.parse({}) }, new Date()), { open: true });
});

test('hours that never come bring no opening', () => {
  assert.equal(availabilityOf(company([]), new Date()), { open: false });
});

test('"from" belongs to the hours and "to" does not, in the zone of the company', () => {
  // Wednesday in winter: Berlin is an hour ahead of UTC.
  assert.is(at(office, '2026-11-25T07:59:59.999Z'), '2026-11-25T08:00:00.000Z');
  assert.is(at(office, '2026-11-25T08:00:00Z'), 'open');
  assert.is(at(office, '2026-11-25T16:29:59.999Z'), 'open');
  assert.is(at(office, '2026-11-25T16:30:00Z'), '2026-11-26T08:00:00.000Z');
});

test('after Friday comes Monday', () => {
  assert.is(at(office, '2026-11-27T16:30:00Z'), '2026-11-30T08:00:00.000Z');
  assert.is(at(office, '2026-11-29T23:30:00Z'), '2026-11-30T08:00:00.000Z');
});

test('hours on one day of the week open again a week later', () => {
  const monday = [{ day: 'monday', from: '09:00', to: '10:00' }];
  assert.is(at(monday, '2026-11-23T09:00:00Z'), '2026-11-30T08:00:00.000Z');
});

test('the day is the one of the company, not of UTC', () => {
  const tokyo = [{ day: 'tuesday', from: '08:00', to: '09:00' }];
  assert.is(at(tokyo, '2026-11-23T23:30:00Z', 'Asia/Tokyo'), 'open');
  assert.is(at(tokyo, '2026-11-23T22:59:00Z', 'Asia/Tokyo'), '2026-11-23T23:00:00.000Z');
  assert.is(at([{ day: 'monday', from: '00:00', to: '01:00' }], '2026-11-23T04:59:00Z', 'America/New_York'), '2026-11-23T05:00:00.000Z');
});

test('when clocks go forward the opening keeps its time of day', () => {
  // 2026-03-29: 02:00 becomes 03:00 in Berlin.
  assert.is(at(office, '2026-03-27T16:31:00Z'), '2026-03-30T07:00:00.000Z');
  const night = [{ day: 'sunday', from: '02:30', to: '05:00' }];
  assert.is(at(night, '2026-03-29T00:59:00Z'), '2026-03-29T01:00:00.000Z', 'what is leapt over begins after the leap');
  assert.is(at(night, '2026-03-29T01:00:00Z'), 'open');
  assert.is(at(night, '2026-03-29T02:59:00Z'), 'open');
  assert.is(at(night, '2026-03-29T03:00:00Z'), '2026-04-05T00:30:00.000Z');
});

test('when clocks go back the first of both hours opens', () => {
  // 2026-10-25: 03:00 becomes 02:00 in Berlin.
  assert.is(at(office, '2026-10-23T15:31:00Z'), '2026-10-26T08:00:00.000Z');
  const night = [{ day: 'sunday', from: '02:30', to: '05:00' }];
  assert.is(at(night, '2026-10-25T00:29:00Z'), '2026-10-25T00:30:00.000Z');
  assert.is(at(night, '2026-10-25T00:30:00Z'), 'open');
  assert.is(at(night, '2026-10-25T01:29:00Z'), '2026-10-25T01:30:00.000Z', 'the clock shows 02:29 a second time');
});

test('entries that follow each other are open throughout, past midnight too', () => {
  const late = [
    { day: 'monday', from: '20:00', to: '23:59' },
    { day: 'tuesday', from: '00:00', to: '02:00' },
  ];
  assert.is(at(late, '2026-11-23T22:58:59Z'), 'open');
  assert.is(at(late, '2026-11-23T23:00:00Z'), 'open');
  assert.is(at(late, '2026-11-24T01:00:00Z'), '2026-11-30T19:00:00.000Z');
});

test.run();
