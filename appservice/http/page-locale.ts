import type { HttpContext } from './context.ts';

/** The language that the reader asks for by `?locale=`, by the account that is signed in, or by the browser; German where none says. */
export function localeOf(context: HttpContext): string {
  const asked = context.query['locale'];
  if (typeof asked === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(asked)) return asked;
  const { locale } = context.state;
  if (locale !== undefined) return locale;
  const accepted = context.acceptsLanguages('de', 'en');
  return typeof accepted === 'string' ? accepted : 'de';
}
