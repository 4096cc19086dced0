import { z } from 'zod';
import { companySettings } from './company-settings.ts';

const path = z.string().nullable();

/** A company as the directory names it. */
export const listedCompany = z
  .object({
    slug: z.string().describe('Names the company in addresses.'),
    name: z.string(),
    color: z.string().describe("The company's colour, shifted until it can carry text; for light surroundings."),
    onColor: z.string().describe('Text on `color`.'),
    darkColor: z.string().describe('The colour for dark surroundings.'),
    onDarkColor: z.string().describe('Text on `darkColor`.'),
    logo: path.describe('Path of the logo; null where there is none.'),
  })
  .meta({ id: 'ListedCompany' });

/** A page of the directory. */
export const directoryPage = z.object({
  companies: z.array(listedCompany),
  next: z.string().nullable().describe('What to give as `from` for the page after this one; null at the end.'),
});

/** A company of the directory with what it says of itself. */
export const companyProfile = listedCompany
  .extend({
    texts: z
      .partialRecord(z.enum(['de', 'en']), z.object({ title: z.string().optional(), greeting: z.string().optional() }))
      .describe('How it greets people, by language.'),
    imprintUrl: path.describe('Its imprint (DDG section 5).'),
    privacyUrl: path.describe('Its own privacy notice.'),
    privacyContact: path.describe('Whom people ask about their data: mail address or address.'),
    privacyPage: z.string().describe('Path of our page about its dealing with data.'),
    businessHours: companySettings.shape.businessHours.describe('When somebody answers; null: it named no hours.'),
    openNow: z.boolean().describe('Whether somebody answers now by these hours.'),
    opensAt: z.int().nullable().describe('When somebody will, in milliseconds since 1970; null while open and where the hours never come.'),
    matrixUserId: z.string().describe('Whom people with a Matrix client write to.'),
  })
  .meta({ id: 'CompanyProfile' });

/** See `listedCompany`. */
export type ListedCompany = z.output<typeof listedCompany>;
/** See `directoryPage`. */
export type DirectoryPage = z.output<typeof directoryPage>;
/** See `companyProfile`. */
export type CompanyProfile = z.output<typeof companyProfile>;
