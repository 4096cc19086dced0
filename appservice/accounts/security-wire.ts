import { z } from 'zod';

/** How somebody gets into their account. */
export const securitySchema = z
  .object({
    number: z.string().nullable().describe('The mobile number, all but its end hidden.'),
    email: z.object({ address: z.string(), isProved: z.boolean() }).nullable(),
    hasPassword: z.boolean(),
    canMail: z.boolean().describe('Whether this service sends mail; without, an address is of no use.'),
    closesAt: z
      .int()
      .nullable()
      .describe('When the account closes because its number belongs to somebody else, in milliseconds since 1970.'),
  })
  .meta({ id: 'AccountSecurity' });

/** A Matrix client that is signed in. */
export const accountDeviceSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable().describe('How the client calls itself.'),
    lastSeenAt: z.int().nullable().describe('Last use, in milliseconds since 1970.'),
  })
  .meta({ id: 'AccountDevice' });

/** When codes end and come again. */
export const codeSentSchema = z
  .object({ expiresAt: z.int(), resendAt: z.int().describe('When another code may be asked for, in milliseconds since 1970.') })
  .meta({ id: 'CodeSent' });

/** See `securitySchema`. */
export type SecurityView = z.output<typeof securitySchema>;

/** See `accountDeviceSchema`. */
export type AccountDeviceView = z.output<typeof accountDeviceSchema>;
