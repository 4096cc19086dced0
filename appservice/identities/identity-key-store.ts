import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';
import type { IdentityAlgorithm, PublicJwk } from './identity-key-wire.ts';

/** A key in force: a sealed secret or a public key, by algorithm. */
export type IdentityKey = { readonly id: string; readonly companyId: CompanyId; readonly createdAt: Date } & (
  | { readonly algorithm: 'HS256'; readonly sealedSecret: string }
  | { readonly algorithm: Exclude<IdentityAlgorithm, 'HS256'>; readonly publicKey: PublicJwk }
);

type Row = {
  id: string;
  company_id: CompanyId;
  algorithm: IdentityAlgorithm;
  sealed_secret: string | null;
  public_key: PublicJwk | null;
  created_at: Date;
};

function toDomain({
  id,
  company_id: companyId,
  algorithm,
  sealed_secret: sealedSecret,
  public_key: publicKey,
  created_at: createdAt,
}: Row): IdentityKey {
  if (algorithm === 'HS256' && sealedSecret !== null) return { id, companyId, createdAt, algorithm, sealedSecret };
  if (algorithm !== 'HS256' && publicKey !== null) return { id, companyId, createdAt, algorithm, publicKey };
  throw new Error('a key has neither secret nor public key');
}

/** Rows of `identity_key`. */
export function createIdentityKeyStore(database: Database) {
  return {
    async add(key: {
      id: string;
      companyId: CompanyId;
      algorithm: IdentityAlgorithm;
      sealedSecret?: string;
      publicKey?: PublicJwk;
    }): Promise<void> {
      await database('identity_key').insert({
        id: key.id,
        company_id: key.companyId,
        algorithm: key.algorithm,
        sealed_secret: key.sealedSecret,
        public_key: key.publicKey === undefined ? undefined : JSON.stringify(key.publicKey),
      });
    },
    /** Those in force, the newest first. */
    async list(companyId: CompanyId): Promise<IdentityKey[]> {
      const rows = await database<Row>('identity_key').where({ company_id: companyId }).orderBy('created_at', 'desc').orderBy('id');
      return rows.map(toDomain);
    },
    /** Deletes a key; false where the company has none of this id. */
    async remove(companyId: CompanyId, id: string): Promise<boolean> {
      return (await database<Row>('identity_key').where({ company_id: companyId, id }).delete()) > 0;
    },
  };
}
