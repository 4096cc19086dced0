import type { AgreementText } from './manage-wire.ts';

/** What an installation says about itself in the processing agreement. */
export type AgreementFacts = {
  /** Legal name and postal address of the operator. */
  readonly operator: string;
  readonly address: string;
  readonly email: string;
  readonly dataProtectionOfficer: string;
  readonly dataCentre: string;
  /** Country in which all data lies, ISO 3166-1. */
  readonly country: string;
  readonly certificate: string;
  /** Others who work for the operator, each with what for and where. */
  readonly gateways: readonly { readonly operator: string; readonly country: string }[];
};

/** A text of the agreement in one language. */
export type AgreementWording = (
  facts: AgreementFacts & { readonly company: string; readonly countryName: (code: string) => string },
) => Omit<AgreementText, 'version'>;
