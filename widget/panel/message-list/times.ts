const DAY_MS = 86_400_000;

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const capital = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** A day as people say it: today, yesterday, the weekday up to a week, then in full; in the time zone of the browser. */
export function formatDay(at: number, now: number, locale: string): string {
  // Rounded, because a day at the change of the clocks has 23 or 25 hours.
  const ago = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (ago === 0 || ago === 1) return capital(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day'), locale);
  const form: Intl.DateTimeFormatOptions = ago > 1 && ago < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, form).format(at);
}

/** Hour and minute in the habit of the region. */
export const formatTime = (at: number, locale: string): string => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
