import { z } from 'zod';

/** How "forgot password" goes on. */
export const recoveryAskedSchema = z
  .union([
    z.object({
      way: z.literal('sms'),
      expiresAt: z.int(),
      resendAt: z.int().describe('When another code may be asked for, in milliseconds since 1970.'),
    }),
    z.object({ way: z.literal('mail') }),
  ])
  .meta({ id: 'RecoveryAsked' });

/** What a right code is worth. */
export const recoveryProofSchema = z
  .object({ token: z.string().describe('Sets a password once, within twenty minutes; signs nobody in.') })
  .meta({ id: 'RecoveryProof' });

/** See `recoveryAskedSchema`. */
export type RecoveryAskedView = z.output<typeof recoveryAskedSchema>;
