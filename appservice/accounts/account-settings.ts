import { z } from 'zod';

/** How long accounts live. */
export const accountSettings = z.strictObject({
  unusedMonths: z
    .int()
    .min(2)
    .max(120)
    .describe(
      'Months without a sign-in or a Matrix client in use after which an account is closed and deleted; its owner is told 30 days before.',
    ),
});
