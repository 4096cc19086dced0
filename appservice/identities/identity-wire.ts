import { z } from 'zod';

/** Body of `POST /api/v1/visitor/identity`. */
export const identifyRequest = z.strictObject({
  token: z
    .string()
    .min(1)
    .max(8_192)
    .describe('JWT signed with a key of the company: aud, exp at most 10 minutes ahead, jti good once, sub; name and locale if wanted.'),
});

/** Answer of `POST /api/v1/visitor/identity`. */
export const identifiedResponse = z.object({
  token: z.string().describe('Opaque bearer token to go on with; the present one where the session was this user already.'),
  expiresAt: z.int().describe('End of the session if it is not used, milliseconds since 1970; each use moves it.'),
});

/** Answer of `GET /api/v1/visitor`. */
export const selfResponse = z.object({
  identity: z.object({
    verified: z.boolean().describe("Whether the company's website has proven who the visitor is."),
    name: z.string().nullable().describe('What the website calls them.'),
  }),
  fields: z
    .array(z.object({ key: z.string(), label: z.string(), purpose: z.string(), value: z.string() }))
    .describe('What the visitor gave.'),
});
