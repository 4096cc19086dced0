import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import type { ContactSeal } from './contact-seal.ts';

/** The mail address of an account; null: no link has proved it yet, and it is of no use. */
export type AccountEmail = { readonly accountId: AccountId; readonly address: string; readonly provedAt: Date | null };

type Row = { account_id: AccountId; address_sealed: string; address_hash: string; proved_at: Date | null };

const contextOf = (id: AccountId): string => `email ${id}`;

/** Rows of `account_email`. */
export function createAccountEmailStore(database: Database, { hashEmail, seal }: ContactSeal) {
  const rows = () => database<Row>('account_email');
  const toDomain = (row: Row): AccountEmail => ({
    accountId: row.account_id,
    address: seal.open(row.address_sealed, contextOf(row.account_id)),
    provedAt: row.proved_at,
  });
  return {
    async find(accountId: AccountId): Promise<AccountEmail | undefined> {
      const row = await rows().where({ account_id: accountId }).first();
      return row && toDomain(row);
    },
    /** Accounts for which this address was proved, those that proved it first before the others; several people may share one. */
    async listProved(address: string, limit: number): Promise<AccountEmail[]> {
      const found = await rows()
        .where({ address_hash: hashEmail(address) })
        .whereNotNull('proved_at')
        .orderBy(['proved_at', 'account_id'])
        .limit(limit);
      return found.map(toDomain);
    },
    /** Gives an account its address, in place of an earlier one. */
    async put({ accountId, address, provedAt }: AccountEmail): Promise<void> {
      const content = { address_sealed: seal.seal(address, contextOf(accountId)), address_hash: hashEmail(address), proved_at: provedAt };
      await rows()
        .insert({ account_id: accountId, ...content })
        .onConflict('account_id')
        .merge(content);
    },
    async remove(accountId: AccountId): Promise<void> {
      await rows().where({ account_id: accountId }).delete();
    },
  };
}
