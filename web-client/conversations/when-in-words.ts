import type { ConversationTexts } from './conversation-texts-en.ts';

const DAY_MS = 86_400_000;

const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Days that lie between two times, by the calendar of the reader. */
const daysBetween = (at: number, now: number): number => Math.round((dayOf(now) - dayOf(at)) / DAY_MS);

/** A time in a list: of today the hour, of the last week the day, else the date. */
export function whenInWords(at: number, locale: string, text: Pick<ConversationTexts, 'yesterday'>, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days <= 0) return new Date(at).toLocaleTimeString(locale, { timeStyle: 'short' });
  if (days === 1) return text.yesterday;
  if (days < 7) return new Date(at).toLocaleDateString(locale, { weekday: 'long' });
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'short' });
}

/** A day between messages: today, yesterday, a day of the last week, else the date. */
export function dayInWords(at: number, locale: string, text: Pick<ConversationTexts, 'today' | 'yesterday'>, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days <= 0) return text.today;
  if (days === 1) return text.yesterday;
  if (days < 7) return new Date(at).toLocaleDateString(locale, { weekday: 'long' });
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'long' });
}

/** Whether two times lie on one day. */
export const isSameDay = (one: number, other: number): boolean => dayOf(one) === dayOf(other);
