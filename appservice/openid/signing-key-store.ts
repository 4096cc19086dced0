import type { JWK } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import type { OpenidSeal } from './openid-seal.ts';
import type { SigningKey } from './signing-key.ts';

type Row = { id: string; sealed_key: string; created_at: Date };

/** Rows of `openid_signing_key`. */
export function createSigningKeyStore(database: Database, { keys: seal }: OpenidSeal) {
  const keys = () => database<Row>('openid_signing_key');
  return {
    async list(): Promise<SigningKey[]> {
      const rows = await keys().orderBy('created_at');
      return rows.map(({ id, sealed_key: sealed, created_at: createdAt }) => ({
        id,
        createdAt,
        jwk: JSON.parse(seal.open(sealed, id)) as JWK,
      }));
    },
    async add({ id, jwk, createdAt }: SigningKey): Promise<void> {
      await keys().insert({ id, sealed_key: seal.seal(JSON.stringify(jwk), id), created_at: createdAt });
    },
    /** Deletes all but these. */
    async keepOnly(ids: readonly string[]): Promise<void> {
      await keys().whereNotIn('id', ids).delete();
    },
    /** Holds other processes off until the transaction ends; they may read meanwhile. */
    async lock(): Promise<void> {
      await database.raw('lock table openid_signing_key in share row exclusive mode');
    },
  };
}
