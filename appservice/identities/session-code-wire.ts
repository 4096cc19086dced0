import { z } from 'zod';

/** Body of `POST /api/v1/visitor/session/codes`. */
export const sessionCodeRequest = z.strictObject({
  purpose: z
    .enum(['popout', 'app', 'resume'])
    .describe(
      'popout: a window of its own (30 s); resume: another device, by picture or link; app: an account, to which the conversations move (10 minutes each).',
    ),
});
/** What a code is for. */
export type SessionCodePurpose = z.output<typeof sessionCodeRequest>['purpose'];

/** Answer of `POST /api/v1/visitor/session/codes`. */
export const sessionCodeResponse = z.object({
  code: z.string().describe('Good once; it belongs into the fragment of an address, which no server sees.'),
  expiresAt: z.int().describe('Milliseconds since 1970.'),
});
