import { z } from 'zod';
import type { companySettings } from './company-settings.ts';
import type { companyDetails, memberDetails } from './company-wire.ts';

const locale = z.enum(['de', 'en']);

/** Query of `GET …/manage/agreement`. */
export const agreementQuery = z.object({ language: locale.default('de').describe('Language of the text.') });

/** The processing agreement with its annexes. */
export const agreementText = z
  .object({
    version: z.string(),
    title: z.string(),
    sections: z.array(z.object({ title: z.string(), text: z.array(z.string()).describe('Paragraphs.') })),
  })
  .meta({ id: 'ProcessingAgreement' });
/** See `agreementText`. */
export type AgreementText = z.output<typeof agreementText>;

/** Answer of `GET …/manage/agreement`. */
export const agreementView = z.object({
  version: z.string().describe('The version in force.'),
  text: agreementText.nullable().describe('Null where the operator has a text of their own, which they give to companies.'),
  acceptances: z
    .array(z.object({ version: z.string(), acceptedBy: z.string(), acceptedAt: z.int().describe('Milliseconds since 1970.') }))
    .describe('Who accepted which version, the latest first.'),
});
/** See `agreementView`. */
export type AgreementView = z.output<typeof agreementView>;

/** Query of `GET …/manage/colors`. */
export const colorsQuery = z.object({ color: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #0b5c6b') });

/** What a colour becomes on panel and button. */
export const colorsView = z.object({
  color: z.string().describe('The colour on light surroundings, shifted until it can carry text.'),
  onColor: z.string().describe('Text on it.'),
  darkColor: z.string().describe('The same for dark surroundings.'),
  onDarkColor: z.string(),
  asked: z
    .object({ onWhite: z.number(), onDark: z.number() })
    .describe('Contrast of the colour as it was asked for with both surfaces, 1 to 21.'),
  text: z.object({ light: z.number(), dark: z.number() }).describe('Contrast of text on what it became.'),
});
/** See `colorsView`. */
export type ColorsView = z.output<typeof colorsView>;

/** A company as its admins see it. */
export type ManagedCompany = z.output<typeof companyDetails>;
/** A member as admins see them. */
export type ManagedMember = z.output<typeof memberDetails>;
/** See `companySettings`. */
export type ManagedSettings = z.output<typeof companySettings>;
