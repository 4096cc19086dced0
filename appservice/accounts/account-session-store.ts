import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { AccountId, AccountSessionId } from '../ids.ts';
import type { BrowserFamily } from './browser-family.ts';

/** A browser in which somebody is signed in. */
export type AccountSession = BrowserFamily & {
  readonly id: AccountSessionId;
  readonly accountId: AccountId;
  /** Name of the provider's session in the same browser; null until the homeserver asked for it. */
  readonly providerSession: string | null;
  readonly signedInAt: Date;
  readonly lastUsedAt: Date;
};

/** What a new session begins with, beside the browser. */
export type NewAccountSession = Pick<AccountSession, 'accountId' | 'providerSession'> & { readonly tokenHash: string; readonly at: Date };

type Row = {
  id: AccountSessionId;
  account_id: AccountId;
  token_hash: string;
  browser: string;
  system: string;
  provider_session: string | null;
  signed_in_at: Date;
  last_used_at: Date;
};

function toDomain(row: Row): AccountSession {
  const { id, account_id: accountId, browser, system, provider_session: providerSession } = row;
  return { id, accountId, browser, system, providerSession, signedInAt: row.signed_in_at, lastUsedAt: row.last_used_at };
}

/** Rows of `account_session`. */
export function createAccountSessionStore(database: Database) {
  const sessions = () => database<Row>('account_session');
  return {
    async create(session: BrowserFamily & NewAccountSession): Promise<AccountSessionId> {
      const id = randomUUID() as AccountSessionId;
      const { accountId, tokenHash, browser, system, providerSession, at } = session;
      await sessions().insert({
        id,
        account_id: accountId,
        token_hash: tokenHash,
        browser,
        system,
        provider_session: providerSession,
        signed_in_at: at,
        last_used_at: at,
      });
      return id;
    },
    /** The session of a token that was used after `usedAfter`. */
    async findByTokenHash(tokenHash: string, usedAfter: Date): Promise<AccountSession | undefined> {
      const row = await sessions().where({ token_hash: tokenHash }).where('last_used_at', '>', usedAfter).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Sessions of an account that were used after `usedAfter`, the latest used first. */
    async list(accountId: AccountId, usedAfter: Date): Promise<AccountSession[]> {
      const rows = await sessions().where({ account_id: accountId }).where('last_used_at', '>', usedAfter).orderBy('last_used_at', 'desc');
      return rows.map(toDomain);
    },
    async touch(id: AccountSessionId, at: Date): Promise<void> {
      await sessions().where({ id }).update({ last_used_at: at });
    },
    async noteProviderSession(id: AccountSessionId, providerSession: string): Promise<void> {
      await sessions().where({ id }).update({ provider_session: providerSession });
    },
    /** Deletes a session and answers it; undefined where there is none. */
    async remove(id: AccountSessionId): Promise<AccountSession | undefined> {
      const [row] = await sessions().where({ id }).delete().returning('*');
      return row === undefined ? undefined : toDomain(row);
    },
    /** Sessions not used since `usedAfter`, a page of them. */
    async listUnused(usedAfter: Date, limit: number): Promise<AccountSessionId[]> {
      return sessions().where('last_used_at', '<=', usedAfter).limit(limit).pluck('id');
    },
  };
}
