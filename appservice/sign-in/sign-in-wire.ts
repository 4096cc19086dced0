import { z } from 'zod';

/** What a page of a sign-in needs to know. */
export const signInSchema = z
  .object({ methods: z.array(z.string()).describe('Ways to sign in, by name, the usual one first.') })
  .meta({ id: 'SignIn' });

/** How a sign-in goes on. */
export const goesOnSchema = z
  .object({ continueAt: z.url().describe('Address to which the page goes; it leads back to the app.') })
  .meta({ id: 'SignInGoesOn' });

/** What came of a proof. */
export const signInOutcomeSchema = z
  .union([
    goesOnSchema,
    z
      .object({ register: z.literal(true).describe('What was proven has no account yet; the page asks for names.') })
      .meta({ id: 'SignInRegisters' }),
  ])
  .meta({ id: 'SignInOutcome' });

/** See `signInSchema`. */
export type SignInView = z.output<typeof signInSchema>;

/** See `goesOnSchema`. */
export type GoesOn = z.output<typeof goesOnSchema>;

/** See `signInOutcomeSchema`. */
export type SignInOutcome = z.output<typeof signInOutcomeSchema>;
