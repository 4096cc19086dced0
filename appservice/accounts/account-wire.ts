import { z } from 'zod';

/** Somebody's account, as they read it themselves. */
export const accountSchema = z
  .object({
    id: z.string().describe('Id of the account.'),
    userId: z.string().describe('Matrix id.'),
    firstName: z.string(),
    lastName: z.string(),
    alias: z.string().nullable().describe('Name that companies see in place of the first name.'),
    locale: z.string().describe('Language in which the person is answered (BCP 47).'),
  })
  .meta({ id: 'Account' });

/** A browser in which the person is signed in. */
export const accountSessionSchema = z
  .object({
    id: z.string(),
    browser: z.string().describe('Family of the browser, or other.'),
    system: z.string().describe('Family of its system, or other.'),
    signedInAt: z.int().describe('When, in milliseconds since 1970.'),
    lastUsedAt: z.int().describe('Last use, to the hour, in milliseconds since 1970.'),
    current: z.boolean().describe('Whether it is the browser that asks.'),
  })
  .meta({ id: 'AccountSession' });

/** See `accountSchema`. */
export type AccountView = z.output<typeof accountSchema>;

/** See `accountSessionSchema`. */
export type AccountSessionView = z.output<typeof accountSessionSchema>;
