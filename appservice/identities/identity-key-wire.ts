import { z } from 'zod';

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/, 'must be base64url');

const described = {
  kid: z.string().max(200).optional(),
  use: z.literal('sig').optional(),
  key_ops: z.array(z.literal('verify')).max(1).optional(),
};

/** A public key that a company signs with (RFC 7517). Private parts are refused: they must never leave the company. */
export const publicJwk = z.discriminatedUnion('kty', [
  z
    .strictObject({
      ...described,
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: base64url(60),
      y: base64url(60),
      alg: z.literal('ES256').optional(),
    })
    .describe('ES256.'),
  z
    .strictObject({
      ...described,
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: base64url(60),
      alg: z.enum(['EdDSA', 'Ed25519']).optional(),
    })
    .describe('EdDSA.'),
  z
    .strictObject({ ...described, kty: z.literal('RSA'), n: base64url(1_400), e: base64url(12), alg: z.literal('RS256').optional() })
    .describe('RS256.'),
]);
/** See `publicJwk`. */
export type PublicJwk = z.output<typeof publicJwk>;

/** Algorithms with which a company may sign. The key fixes it; what a token says of itself decides nothing (RFC 8725, 3.1). */
export const identityAlgorithm = z.enum(['HS256', 'ES256', 'EdDSA', 'RS256']);
/** See `identityAlgorithm`. */
export type IdentityAlgorithm = z.output<typeof identityAlgorithm>;

/** Body of `POST …/identity-keys`. */
export const addIdentityKeyRequest = z.strictObject({
  publicKey: publicJwk.optional().describe('Public JWK; without it an HS256 secret is made.'),
});

/** A key as the operator sees it. */
export const identityKeyDetails = z.object({
  id: z.string().describe('Row id; stands in the audit log.'),
  algorithm: identityAlgorithm.describe('With which tokens must be signed.'),
  createdAt: z.int().describe('Milliseconds since 1970.'),
});

/** Answer of `POST …/identity-keys`. */
export const addedIdentityKey = identityKeyDetails.extend({
  secret: z.string().nullable().describe('The HS256 secret, its bytes are the text itself; answered once. Null for a public key.'),
  audience: z.string().describe('What every token must carry as "aud".'),
});

/** See `identityKeyDetails`. */
export type IdentityKeyDetails = z.output<typeof identityKeyDetails>;
/** See `addedIdentityKey`. */
export type AddedIdentityKey = z.output<typeof addedIdentityKey>;
