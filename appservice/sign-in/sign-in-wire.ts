import { z } from 'zod';

/** What a page of a sign-in needs to know. */
export const signInSchema = z
  .object({ methods: z.array(z.string()).describe('Ways to sign in, by name, the usual one first.') })
  .meta({ id: 'SignIn' });

/** How a sign-in goes on. */
export const goesOnSchema = z
  .object({ continueAt: z.url().describe('Address to which the page goes; it leads back to the app.') })
  .meta({ id: 'SignInGoesOn' });

/** See `signInSchema`. */
export type SignInView = z.output<typeof signInSchema>;

/** See `goesOnSchema`. */
export type GoesOn = z.output<typeof goesOnSchema>;
