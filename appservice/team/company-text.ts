import type { Company } from '../companies/company.ts';
import type { CompanyText } from '../matrix/outbox-store.ts';

/** Where a company wrote none of its own. */
const SILENCE_WARNING = {
  de: 'Wir schließen diese Unterhaltung bald, wenn nichts mehr offen ist. Schreiben Sie einfach, dann bleibt sie offen.',
  en: 'We will close this conversation soon if nothing is left open. Just write, and it stays open.',
} as const;

/** The first language in which there is a text: the person's, the company's, any. */
function inLanguage(texts: Readonly<Record<string, string | undefined>>, locales: readonly string[]): string | undefined {
  const wanted = locales.map((locale) => locale.toLowerCase().split('-')[0] ?? locale);
  const found = wanted.find((language) => Object.hasOwn(texts, language) && texts[language] !== undefined);
  return found === undefined ? Object.values(texts).find((text) => text !== undefined) : texts[found];
}

/** A text that the company wrote in advance, in the person's language where there is one; undefined where it wrote none. */
export function companyText({ settings }: Pick<Company, 'settings'>, text: CompanyText, locale: string): string | undefined {
  const locales = [locale, settings.locale];
  if (text.kind === 'reply') {
    const { cannedReplies } = settings;
    return Object.hasOwn(cannedReplies, text.name) ? inLanguage(cannedReplies[text.name] ?? {}, locales) : undefined;
  }
  const { de, en } = settings.texts;
  const own = inLanguage({ de: de?.[text.kind], en: en?.[text.kind] }, locales);
  return own ?? (text.kind === 'silenceWarning' ? inLanguage(SILENCE_WARNING, locales) : undefined);
}
