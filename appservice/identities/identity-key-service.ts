import { createPublicKey, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import type { Actor } from '../audit/audit-log.ts';
import type { ChangeCompany } from '../companies/company-changes.ts';
import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { createIdentityKeyStore, type IdentityKey } from './identity-key-store.ts';
import type { IdentityAlgorithm, PublicJwk } from './identity-key-wire.ts';
import type { IdentitySeal } from './identity-seal.ts';

/** Two during a rotation: the website is changed while both are in force. */
const MAX_KEYS = 2;

const SMALLEST_RSA_BITS = 2_048;

const ALGORITHMS = { EC: 'ES256', OKP: 'EdDSA', RSA: 'RS256' } as const;

/** The algorithm that a public key is for; throws `ApiError` for one that is none or too weak. */
function algorithmOf(jwk: PublicJwk): Exclude<IdentityAlgorithm, 'HS256'> {
  const refuse = (sentence: string, cause?: unknown): never => {
    throw new ApiError('M_INVALID_PARAM', `body.publicKey: ${sentence}`, { field: 'body.publicKey', cause });
  };
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    if (jwk.kty === 'RSA' && (asymmetricKeyDetails?.modulusLength ?? 0) < SMALLEST_RSA_BITS)
      refuse(`an RSA key must have at least ${SMALLEST_RSA_BITS} bits`);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    refuse('is no public key', error);
  }
  return ALGORITHMS[jwk.kty];
}

/** What an added key is answered with; the secret stands nowhere else in plain. */
export type AddedKey = {
  readonly id: string;
  readonly algorithm: IdentityAlgorithm;
  readonly createdAt: Date;
  readonly secret: string | null;
};

type Dependencies = {
  readonly database: Database;
  readonly change: ChangeCompany;
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly seal: IdentitySeal;
};

/** Keys with which companies sign who their users are. */
export function createIdentityKeyService({ database, change, findCompany, seal }: Dependencies) {
  return {
    /** Makes a secret, or takes a public key; a third one at once is COM_SMOOPE_CONFLICT. */
    add: (actor: Actor, slug: string, publicKey: PublicJwk | undefined): Promise<AddedKey> => {
      const algorithm: IdentityAlgorithm = publicKey === undefined ? 'HS256' : algorithmOf(publicKey);
      return change({ actor, slug }, async (transaction, company) => {
        const keys = createIdentityKeyStore(transaction);
        if ((await keys.list(company.id)).length >= MAX_KEYS)
          throw new ApiError('COM_SMOOPE_CONFLICT', `${MAX_KEYS} keys are in force; revoke one first.`, { field: 'params.slug' });
        const id = randomUUID();
        const secret = publicKey === undefined ? randomBytes(32).toString('base64url') : null;
        await keys.add({
          id,
          companyId: company.id,
          algorithm,
          ...(secret === null ? {} : { sealedSecret: seal.seal(secret, id) }),
          ...(publicKey === undefined ? {} : { publicKey }),
        });
        const result = { id, algorithm, createdAt: new Date(), secret };
        return { result, action: 'identity-key.add', detail: { key: id, algorithm } };
      });
    },
    /** Ends a key at once; tokens signed with it are refused from now on. */
    revoke: (actor: Actor, slug: string, id: string): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        if (!(await createIdentityKeyStore(transaction).remove(company.id, id)))
          throw new ApiError('M_NOT_FOUND', 'The company has no key of this id.', { field: 'params.id' });
        return { result: undefined, action: 'identity-key.revoke', detail: { key: id } };
      }),
    /** Keys in force, without what is secret of them; throws M_NOT_FOUND. */
    async list(slug: string): Promise<Pick<IdentityKey, 'id' | 'algorithm' | 'createdAt'>[]> {
      const company = await findCompany(slug);
      if (company === undefined) throw new ApiError('M_NOT_FOUND', 'There is no company with this slug.', { field: 'params.slug' });
      return createIdentityKeyStore(database).list(company.id);
    },
  };
}

/** See `createIdentityKeyService`. */
export type IdentityKeyService = ReturnType<typeof createIdentityKeyService>;
