import { z } from 'zod';

const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like de or pt-BR (BCP 47)')
  .describe('Language in which the visitor reads the panel.');

/** Body of `POST /api/v1/visitor/sessions`: with a ticket, or with the code of another session of the same person. */
export const openSessionRequest = z
  .strictObject({
    ticket: z.string().min(20).max(200).optional().describe('Single-use ticket of the panel page.'),
    code: z.string().min(20).max(200).optional().describe('Single-use code of a session that goes on here.'),
    locale,
  })
  .refine(({ ticket, code }) => (ticket === undefined) !== (code === undefined), {
    path: ['ticket'],
    error: 'must be given, or "code", but not both',
  });
/** See `openSessionRequest`. */
export type OpenSessionRequest = z.input<typeof openSessionRequest>;

/** Body of `POST /api/v1/visitor/session/codes`. */
export const issueCodeRequest = z.strictObject({
  purpose: z.enum(['popout', 'app', 'resume']).describe('popout: another window, 30 s; app, resume: another device, 10 min.'),
});

/** Answer of `POST /api/v1/visitor/session/codes`. */
export const issueCodeResponse = z.object({
  code: z.string().describe('Good once; belongs into the fragment of an address, which no server sees.'),
  expiresAt: z.int().describe('Milliseconds since 1970.'),
});

/** Answer of `POST /api/v1/visitor/sessions`. */
export const openSessionResponse = z.object({
  token: z.string().describe('Opaque bearer token of this browser; it is nowhere else in plain.'),
  expiresAt: z.int().describe('End of the session if it is not used, milliseconds since 1970; each use moves it.'),
});
/** See `openSessionResponse`. */
export type OpenSessionResponse = z.infer<typeof openSessionResponse>;
