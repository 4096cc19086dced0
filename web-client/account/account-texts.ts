import { german } from './account-texts-de.ts';
import { english, type AccountTexts } from './account-texts-en.ts';

/** Texts of sign-in and account in the language of the page; English where there is none. */
export const accountTexts = (locale: string): AccountTexts => (/^de\b/i.test(locale) ? german : english);

/** A text with its values. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (gap: string, name: string) => values[name] ?? gap);

const DAY_MS = 86_400_000;

/** A day that was: up to a week ago as a distance, then the date. */
export function dayInWords(at: number, locale: string): string {
  const days = Math.floor((Date.now() - at) / DAY_MS);
  if (days < 7) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'long' });
}

const OTHER = 'other';

/** A family of browsers and its system; `other` where it is not known. */
export function browserInWords({ browser, system }: { readonly browser: string; readonly system: string }, text: AccountTexts): string {
  if (browser === OTHER) return text.unknownBrowser;
  return system === OTHER ? browser : fill(text.browserOn, { browser, system });
}

/** A time to wait in words: seconds up to two minutes, then minutes, then hours. */
export function waitInWords(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [value, unit] =
    seconds <= 120 ? [seconds, 'second'] : seconds <= 7200 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
