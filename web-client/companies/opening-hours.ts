import type { CompanyProfile } from '../../appservice/companies/company-directory-wire.ts';
import { fill } from '../fill.ts';
import type { CompaniesTexts } from './companies-texts-en.ts';

type Hours = NonNullable<CompanyProfile['businessHours']>;

/** Days that have the same times, in words. */
export type OpeningLine = { readonly days: string; readonly times: string };

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A Monday; only the day of the week and the time are shown of it. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

const momentOf = (time: string): number => MONDAY + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

function timesOf({ open }: Hours, day: string, locale: string, closed: string): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const spans: { from: string; to: string }[] = [];
  for (const { from, to } of open.filter((entry) => entry.day === day).sort((a, b) => a.from.localeCompare(b.from))) {
    const before = spans.at(-1);
    if (before !== undefined && from <= before.to) before.to = to > before.to ? to : before.to;
    else spans.push({ from, to });
  }
  return spans.length === 0 ? closed : spans.map(({ from, to }) => format.formatRange(momentOf(from), momentOf(to))).join(', ');
}

/** Opening hours by day of the week, days in a row with the same times together; empty where the hours never come. */
export function openingLines(hours: Hours, locale: string, text: CompaniesTexts): readonly OpeningLine[] {
  if (hours.open.length === 0) return [];
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const lines: { first: string; last: string; count: number; times: string }[] = [];
  for (const [index, day] of DAYS.entries()) {
    const name = weekday.format(MONDAY + index * DAY_MS);
    const times = timesOf(hours, day, locale, text.closed);
    const before = lines.at(-1);
    if (before?.times === times) Object.assign(before, { last: name, count: before.count + 1 });
    else lines.push({ first: name, last: name, count: 1, times });
  }
  return lines.map(({ first, last, count, times }) => ({
    days: count === 1 ? first : fill(count === 2 ? text.daysOfTwo : text.daysOfMore, { first, last }),
    times,
  }));
}

/** A moment in the reader's own zone, within the week. */
export const momentInWords = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(at);

/** Name of the zone of the hours, where it is not the reader's own. */
export function otherZone(
  { timeZone }: Hours,
  locale: string,
  own = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string | undefined {
  if (timeZone === own) return undefined;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(MONDAY);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
