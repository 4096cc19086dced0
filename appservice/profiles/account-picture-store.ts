import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';

/** A picture of an account at the homeserver. */
export type AccountPicture = {
  readonly mxc: string;
  readonly accountId: AccountId;
  /** Media type, found from the content. */
  readonly type: string;
};

type Row = { mxc: string; account_id: AccountId; type: string; created_at: Date; shown_at: Date | null };

/** Rows of `account_picture`. */
export function createAccountPictureStore(database: Database) {
  const rows = () => database<Row>('account_picture');
  return {
    /** Notes a picture that is uploaded next; nobody sees it yet. */
    async add({ mxc, accountId, type }: AccountPicture, at: Date): Promise<void> {
      await rows().insert({ mxc, account_id: accountId, type, created_at: at, shown_at: null });
    },
    /** The picture that people see. */
    async findShown(accountId: AccountId): Promise<AccountPicture | undefined> {
      const row = await rows().where({ account_id: accountId }).whereNotNull('shown_at').first();
      return row && { mxc: row.mxc, accountId: row.account_id, type: row.type };
    },
    /** Lets people see a picture from now on; answers whether it is still there. */
    async show(mxc: string, at: Date): Promise<boolean> {
      return (await rows().where({ mxc }).update({ shown_at: at })) > 0;
    },
    /** Takes the picture that people see out; answers its address, for deletion at the homeserver. */
    async removeShown(accountId: AccountId): Promise<string[]> {
      const removed = await rows().where({ account_id: accountId }).whereNotNull('shown_at').delete().returning('mxc');
      return removed.map(({ mxc }) => mxc);
    },
    /** Takes one picture out; answers its address, or nothing where it was not there. */
    async remove(mxc: string): Promise<string[]> {
      return (await rows().where({ mxc }).delete().returning('mxc')).map((row) => row.mxc);
    },
    /** Addresses of pictures that were never shown and are older. */
    async listLeftBehind(before: Date, limit: number): Promise<string[]> {
      return rows().whereNull('shown_at').where('created_at', '<', before).orderBy('created_at').limit(limit).pluck('mxc');
    },
  };
}
