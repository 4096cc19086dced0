import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';

type Row = { account_id: AccountId; hash: string; changed_at: Date };

/** Rows of `account_password`. */
export function createAccountPasswordStore(database: Database) {
  const rows = () => database<Row>('account_password');
  return {
    /** The stored hash; undefined where the account has no password. */
    async find(accountId: AccountId): Promise<string | undefined> {
      return (await rows().where({ account_id: accountId }).first())?.hash;
    },
    async put(accountId: AccountId, hash: string, at: Date): Promise<void> {
      await rows().insert({ account_id: accountId, hash, changed_at: at }).onConflict('account_id').merge({ hash, changed_at: at });
    },
    /** The same password under another cost; nothing where it was changed meanwhile. */
    async replaceHash(accountId: AccountId, before: string, hash: string): Promise<void> {
      await rows().where({ account_id: accountId, hash: before }).update({ hash });
    },
    async remove(accountId: AccountId): Promise<void> {
      await rows().where({ account_id: accountId }).delete();
    },
  };
}
