import { z } from 'zod';

/** Body of `POST /api/v1/visitor/sessions`. */
export const openSessionRequest = z
  .strictObject({
    ticket: z.string().min(20).max(200).optional().describe('Single-use ticket of the panel page; this or a code must be given.'),
    code: z.string().min(20).max(200).optional().describe('Single-use code of another session of the same person, in place of a ticket.'),
    company: z.string().max(64).optional().describe('Slug of the company whose panel it is; a code of another company is refused.'),
    locale: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like de or pt-BR (BCP 47)')
      .describe('Language in which the visitor reads the panel.'),
  })
  .refine(({ ticket, code }) => (ticket === undefined) !== (code === undefined), {
    path: ['ticket'],
    error: 'either this or a code must be given',
  });
/** See `openSessionRequest`. */
export type OpenSessionRequest = z.input<typeof openSessionRequest>;

/** Answer of `POST /api/v1/visitor/sessions`. */
export const openSessionResponse = z.object({
  token: z.string().describe('Opaque bearer token of this browser; it is nowhere else in plain.'),
  expiresAt: z.int().describe('End of the session if it is not used, milliseconds since 1970; each use moves it.'),
});
/** See `openSessionResponse`. */
export type OpenSessionResponse = z.infer<typeof openSessionResponse>;
