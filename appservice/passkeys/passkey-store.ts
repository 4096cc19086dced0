import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import type { Passkey } from './passkey.ts';

type Row = {
  credential_id: string;
  account_id: AccountId;
  public_key: Buffer;
  /** A bigint, which the driver answers as text. */
  counter: string | number;
  transports: string[];
  browser: string;
  system: string;
  created_at: Date;
  last_used_at: Date | null;
};

function toDomain(row: Row): Passkey {
  const { credential_id: id, account_id: accountId, transports, browser, system } = row;
  return {
    id,
    accountId,
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports,
    browser,
    system,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Rows of `account_passkey`. */
export function createPasskeyStore(database: Database) {
  const rows = () => database<Row>('account_passkey');
  return {
    /** Keeps a new one; false where its id is known already. */
    async add({ id, accountId, publicKey, counter, transports, browser, system, createdAt }: Passkey): Promise<boolean> {
      const added = await rows()
        .insert({
          credential_id: id,
          account_id: accountId,
          public_key: Buffer.from(publicKey),
          counter,
          transports: [...transports],
          browser,
          system,
          created_at: createdAt,
          last_used_at: null,
        })
        .onConflict('credential_id')
        .ignore()
        .returning('credential_id');
      return added.length > 0;
    },
    async find(id: string): Promise<Passkey | undefined> {
      const row = await rows().where({ credential_id: id }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Passkeys of an account, the oldest first. */
    async list(accountId: AccountId): Promise<Passkey[]> {
      return (await rows().where({ account_id: accountId }).orderBy(['created_at', 'credential_id'])).map(toDomain);
    },
    /** Notes a use; false where the counter has not grown, as of a copied key, or the passkey is gone. */
    async use(id: string, counter: number, at: Date): Promise<boolean> {
      const used = await rows()
        .where({ credential_id: id })
        .whereRaw('(counter < ? or (counter = 0 and ? = 0))', [counter, counter])
        .update({ counter, last_used_at: at });
      return used > 0;
    },
    /** Takes one away; false where the account has none of that id. */
    async remove(accountId: AccountId, id: string): Promise<boolean> {
      return (await rows().where({ account_id: accountId, credential_id: id }).delete()) > 0;
    },
  };
}
