import type { Html } from '../html.ts';

/** Legal data of the operator, as the config has them. */
export type LegalData = {
  /** Legal name, postal address (lines), who represents it, register and number. */
  readonly name: string;
  readonly address: string;
  readonly representedBy: string;
  readonly register: string;
  /** Ways to reach the operator. */
  readonly email: string;
  readonly phone: string;
  /** Data protection officer (GDPR article 37). */
  readonly dataProtectionOfficer: { readonly name: string; readonly email: string };
  /** Where data lies (R2): country as ISO 3166-1 alpha-2, and the data centre. */
  readonly dataCountry: string;
  readonly dataCentre: string;
  /** Networks with whose accounts people may sign in. */
  readonly networks: readonly { readonly label: string; readonly operator: string; readonly country: string }[];
  /** Days after which messages go where a company set nothing else. */
  readonly retentionDays: number;
  /** Days after which an unused visitor session ends. */
  readonly sessionDays: number;
};

/** Text of a legal page in one language. */
export type LegalText = (data: LegalData, brand: string) => { readonly title: string; readonly content: Html };

/** The name of a country in a language. */
export const countryName = (code: string, language: string): string => new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
