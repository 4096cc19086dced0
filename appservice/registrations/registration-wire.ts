import { z } from 'zod';

/** What the page of names shows. */
export const registrationSchema = z
  .object({
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    hasNumber: z.boolean().describe('Whether a mobile number was proved.'),
    replacesAccount: z.boolean().describe('Whether the number has an account that was not used for long and would lose it.'),
    notice: z
      .object({
        version: z.string(),
        hash: z.string().describe('SHA-256 of the paragraphs, joined by line breaks.'),
        paragraphs: z.array(z.string()).readonly(),
      })
      .describe('The privacy notice to be shown.'),
  })
  .meta({ id: 'Registration' });

/** See `registrationSchema`. */
export type RegistrationView = z.output<typeof registrationSchema>;
