import { german } from './agreement-text-de.ts';
import { english } from './agreement-text-en.ts';
import type { AgreementFacts } from './agreement-wording.ts';
import type { AgreementText } from './manage-wire.ts';

/** The version that the sentences below are; changes with every change of one. */
const VERSION = '2026-11';

/**
 * The processing agreement (GDPR article 28) between a company and the operator, with its annexes. Null where the version in force is not the
 * one that is written here: then the operator has a text of their own, and gives it to companies by another way.
 */
export function agreementText(version: string, locale: 'de' | 'en', company: string, facts: AgreementFacts): AgreementText | null {
  if (version !== VERSION) return null;
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const wording = locale === 'de' ? german : english;
  return { version, ...wording({ ...facts, company, countryName: (code) => names.of(code) ?? code }) };
}
