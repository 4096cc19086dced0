import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { AccountId, ApiSessionId, UserId } from '../ids.ts';

/** A Matrix client that uses our API. */
export type ApiSession = {
  readonly id: ApiSessionId;
  readonly userId: UserId;
  /** Null: a member of a company whose Matrix user has no account with us. */
  readonly accountId: AccountId | null;
  /** Matrix devices of the user when it was opened. */
  readonly devices: readonly string[];
  readonly expiresAt: Date;
};

type Row = {
  id: ApiSessionId;
  user_id: UserId;
  account_id: AccountId | null;
  token_hash: string;
  devices: string[];
  opened_at: Date;
  expires_at: Date;
};

const toDomain = ({ id, user_id: userId, account_id: accountId, devices, expires_at: expiresAt }: Row): ApiSession => ({
  id,
  userId,
  accountId,
  devices,
  expiresAt,
});

/**
 * Rows of `api_session` and `matrix_token_use`. Triggers of the database delete the sessions of a member whose membership ends, and
 * of an account of which a browser is signed out; those of an account that is deleted go with it.
 */
export function createApiSessionStore(database: Database) {
  const sessions = () => database<Row>('api_session');
  return {
    async create(session: Omit<ApiSession, 'id'> & { readonly tokenHash: string; readonly at: Date }): Promise<void> {
      const { userId, accountId, tokenHash, devices, at, expiresAt } = session;
      await sessions().insert({
        id: randomUUID() as ApiSessionId,
        user_id: userId,
        account_id: accountId,
        token_hash: tokenHash,
        devices: [...devices],
        opened_at: at,
        expires_at: expiresAt,
      });
    },
    /** The session of a token that is still good. */
    async findByTokenHash(tokenHash: string, now: Date): Promise<ApiSession | undefined> {
      const row = await sessions().where({ token_hash: tokenHash }).where('expires_at', '>', now).first();
      return row === undefined ? undefined : toDomain(row);
    },
    async remove(id: ApiSessionId): Promise<void> {
      await sessions().where({ id }).delete();
    },
    async deleteExpired(now: Date): Promise<void> {
      await sessions().where('expires_at', '<=', now).delete();
      await database('matrix_token_use').where('expires_at', '<=', now).delete();
    },
    /** Notes that a token of the homeserver was used; false where it was before. */
    async useMatrixToken(hash: string, expiresAt: Date): Promise<boolean> {
      const added = await database('matrix_token_use')
        .insert({ hash, expires_at: expiresAt })
        .onConflict('hash')
        .ignore()
        .returning('hash');
      return added.length === 1;
    },
  };
}
