import { errors, jwtVerify, type JWK, type JWTVerifyResult } from 'jose';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { IdentityAlgorithm, PublicJwk } from './identity-key-wire.ts';

/** A key to check a signature with; its algorithm is the only one that is tried with it. */
export type VerificationKey =
  | { readonly algorithm: 'HS256'; readonly secret: string }
  | { readonly algorithm: Exclude<IdentityAlgorithm, 'HS256'>; readonly publicKey: PublicJwk };

/** What a company says of its user. */
export type IdentityClaims = {
  readonly subject: string;
  /** Good once until `expiresAt`. */
  readonly tokenId: string;
  readonly expiresAt: Date;
  readonly name: string | undefined;
  readonly locale: string | undefined;
};

/** A token that lives longer could be found somewhere and used. */
const LONGEST_LIFE_SECONDS = 600;

/** Clocks of websites are not quite right. */
const TOLERANCE_SECONDS = 5;

const FIELD = { field: 'body.token' } as const;

/** One line without characters that disguise what stands in it. */
const cleanLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u);

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  jti: z.string().min(1).max(200),
  exp: z.number(),
  name: cleanLine(80).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional(),
});

function malformed(sentence: string, cause?: unknown): ApiError {
  return new ApiError('COM_SMOOPE_IDENTITY_MALFORMED', `body.token: ${sentence}`, { ...FIELD, cause });
}

const WHAT_CLAIMS_MUST_BE: Readonly<Record<string, string>> = {
  sub: '"sub" must be a text of 1 to 200 characters',
  jti: '"jti" must be a text of 1 to 200 characters',
  exp: '"exp" must be a time in seconds since 1970',
  name: '"name" must be one line of 1 to 80 characters',
  locale: '"locale" must be a language tag like de or pt-BR',
};

/** What is answered to a token whose signature is right and whose claims are not; undefined where the signature is wrong for this key. */
function refusalOf(error: unknown, audience: string): ApiError | undefined {
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed) return undefined;
  if (error instanceof errors.JWTExpired)
    return new ApiError('COM_SMOOPE_IDENTITY_EXPIRED', 'body.token: has expired; make a new one.', { ...FIELD, cause: error });
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new ApiError('COM_SMOOPE_IDENTITY_AUDIENCE', `body.token: "aud" must be ${audience}`, { ...FIELD, cause: error });
  if (error instanceof errors.JWTClaimValidationFailed)
    return malformed(WHAT_CLAIMS_MUST_BE[error.claim] ?? 'its claims do not fit', error);
  return malformed('must be a signed JWT', error);
}

/**
 * Checks a token (RFC 7519) against the keys in force. The algorithm is the key's, never the token's (RFC 8725, 3.1). Throws an
 * `ApiError` of its own for each reason: expired, wrong audience, wrong key, malformed. Whether it was used before is the caller's.
 */
export async function readIdentityToken(
  token: string,
  { keys, audience, now }: { keys: readonly VerificationKey[]; audience: string; now: Date },
): Promise<IdentityClaims> {
  const options = { audience, currentDate: now, clockTolerance: TOLERANCE_SECONDS, requiredClaims: ['sub', 'jti', 'exp', 'aud'] };
  let verified: JWTVerifyResult | undefined;
  for (const key of keys) {
    const material = key.algorithm === 'HS256' ? new TextEncoder().encode(key.secret) : (key.publicKey as JWK);
    try {
      verified ??= await jwtVerify(token, material, { ...options, algorithms: [key.algorithm] });
    } catch (error) {
      const refusal = refusalOf(error, audience);
      if (refusal !== undefined) throw refusal;
    }
  }
  if (verified === undefined)
    throw new ApiError('COM_SMOOPE_IDENTITY_KEY', 'body.token: is not signed with a key of the company that is in force', FIELD);
  const claims = claimsSchema.safeParse(verified.payload);
  if (!claims.success) throw malformed(WHAT_CLAIMS_MUST_BE[String(claims.error.issues[0]?.path[0])] ?? 'its claims do not fit');
  const { sub, jti, exp, name, locale } = claims.data;
  if (exp > now.getTime() / 1000 + LONGEST_LIFE_SECONDS + TOLERANCE_SECONDS)
    throw malformed(`"exp" must be at most ${LONGEST_LIFE_SECONDS / 60} minutes ahead`);
  return { subject: sub, tokenId: jti, expiresAt: new Date((exp + TOLERANCE_SECONDS) * 1000), name, locale };
}
