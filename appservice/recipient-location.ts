import { z } from 'zod';

/** A country in settings. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of ISO 3166-1 like DE');

/** What an adapter outside our own machines says about itself, so that it can stand in the list of recipients (R2, R15). */
export const recipientLocation = z.object({
  operator: z.string().min(1).describe('Legal name of the company that runs this service.'),
  country: country.describe('Country in which its servers stand.'),
});
