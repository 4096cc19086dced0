import type { AdapterPayload } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import type { OpenidSeal } from './openid-seal.ts';

/** Kinds of records that hang on a grant and go with it. */
const OF_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

type Row = {
  kind: string;
  id_hash: string;
  sealed: string;
  grant_hash: string | null;
  uid_hash: string | null;
  account_id: string | null;
  consumed_at: Date | null;
  expires_at: Date;
};

/** Life of what the library names no life for, in seconds; nothing of ours is of that kind. */
const FALLBACK_SECONDS = 3600;

const contextOf = (kind: string, idHash: string): string => `${kind} ${idHash}`;

/** Rows of `openid_record`: ids as keyed hashes, content encrypted. */
export function createOpenidRecordStore(database: Database, { hash, records: seal }: OpenidSeal) {
  const records = () => database<Row>('openid_record');
  const live = (now: Date) => records().where('expires_at', '>', now);

  function toDomain({ kind, id_hash: idHash, sealed, consumed_at: consumedAt }: Row): AdapterPayload {
    const payload = JSON.parse(seal.open(sealed, contextOf(kind, idHash))) as AdapterPayload;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) };
  }

  return {
    /** Keeps a record, new or again; `expiresIn` in seconds. What was consumed stays so. */
    async put(kind: string, id: string, payload: AdapterPayload, expiresIn: number = FALLBACK_SECONDS): Promise<void> {
      const idHash = hash(kind, id);
      const { grantId, uid, accountId } = payload;
      const content = {
        sealed: seal.seal(JSON.stringify(payload), contextOf(kind, idHash)),
        grant_hash: OF_GRANT.has(kind) && grantId !== undefined ? hash('Grant', grantId) : null,
        uid_hash: kind === 'Session' && uid !== undefined ? hash('uid', uid) : null,
        account_id: accountId ?? null,
        expires_at: new Date(Date.now() + expiresIn * 1000),
      };
      await records()
        .insert({ kind, id_hash: idHash, ...content })
        .onConflict(['kind', 'id_hash'])
        .merge(content);
    },
    async find(kind: string, id: string, now: Date): Promise<AdapterPayload | undefined> {
      const row = await live(now)
        .where({ kind, id_hash: hash(kind, id) })
        .first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Sessions of this name: one, or for a moment two where two tabs went on at once; the latest first. */
    async listSessions(uid: string, now: Date): Promise<AdapterPayload[]> {
      const rows = await live(now)
        .where({ kind: 'Session', uid_hash: hash('uid', uid) })
        .orderBy('expires_at', 'desc');
      return rows.map(toDomain);
    },
    /** Uses a record up; false where it was before. One statement, so that of two who try at once one succeeds. */
    async consume(kind: string, id: string): Promise<boolean> {
      const used = await records()
        .where({ kind, id_hash: hash(kind, id) })
        .whereNull('consumed_at')
        .update({ consumed_at: new Date() });
      return used > 0;
    },
    async remove(kind: string, id: string): Promise<void> {
      await records()
        .where({ kind, id_hash: hash(kind, id) })
        .delete();
    },
    async removeSessions(uid: string): Promise<void> {
      await records()
        .where({ kind: 'Session', uid_hash: hash('uid', uid) })
        .delete();
    },
    /** Deletes codes and tokens of a grant. */
    async removeOfGrant(grantId: string): Promise<void> {
      await records()
        .where({ grant_hash: hash('Grant', grantId) })
        .delete();
    },
    /** Deletes all that is kept of an account. */
    async removeOfAccount(accountId: string): Promise<void> {
      await records().where({ account_id: accountId }).delete();
    },
    async deleteExpired(now: Date): Promise<void> {
      await records().where('expires_at', '<=', now).delete();
    },
  };
}

/** See `createOpenidRecordStore`. */
export type OpenidRecordStore = ReturnType<typeof createOpenidRecordStore>;
