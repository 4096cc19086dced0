import { z } from 'zod';

const base64url = z
  .string()
  .max(8_192)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url');

const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.object({}),
} as const;

/** What a browser answers that has made a passkey (RegistrationResponseJSON of WebAuthn 3). */
export const newPasskeySchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

/** What a browser answers that has signed with a passkey (AuthenticationResponseJSON of WebAuthn 3). */
export const passkeyProofSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});

/** A passkey as its owner reads it. */
export const passkeySchema = z
  .object({
    id: z.string(),
    browser: z.string().describe('Family of the browser in which it was made, or other.'),
    system: z.string().describe('Family of its system, or other.'),
    createdAt: z.int().describe('When, in milliseconds since 1970.'),
    lastUsedAt: z.int().nullable().describe('Last sign-in with it, in milliseconds since 1970.'),
  })
  .meta({ id: 'Passkey' });

/** All of somebody's passkeys. */
export const passkeysSchema = z
  .object({
    passkeys: z.array(passkeySchema),
    most: z.int().describe('Most passkeys of an account.'),
  })
  .meta({ id: 'Passkeys' });

/** Options for `navigator.credentials`, as its JSON helpers take them. */
export const passkeyOptionsSchema = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyOptions' });

/** See `newPasskeySchema`. */
export type NewPasskey = z.output<typeof newPasskeySchema>;

/** See `passkeyProofSchema`. */
export type PasskeyProof = z.output<typeof passkeyProofSchema>;

/** See `passkeySchema`. */
export type PasskeyView = z.output<typeof passkeySchema>;

/** See `passkeysSchema`. */
export type PasskeysView = z.output<typeof passkeysSchema>;
