import type { Database } from '../database/database.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { ContactSeal } from './contact-seal.ts';

/** The mobile number of an account. */
export type AccountNumber = { readonly accountId: AccountId; readonly value: MobileNumber; readonly provedAt: Date };

type Row = { account_id: AccountId; number_sealed: string; number_hash: string; proved_at: Date };

const contextOf = (id: AccountId): string => `number ${id}`;

/** Rows of `account_number`. */
export function createAccountNumberStore(database: Database, { hashNumber, seal }: ContactSeal) {
  const rows = () => database<Row>('account_number');
  const toDomain = (row: Row | undefined): AccountNumber | undefined =>
    row && {
      accountId: row.account_id,
      value: seal.open(row.number_sealed, contextOf(row.account_id)) as MobileNumber,
      provedAt: row.proved_at,
    };
  return {
    find: async (accountId: AccountId): Promise<AccountNumber | undefined> =>
      toDomain(await rows().where({ account_id: accountId }).first()),
    findByNumber: async (number: MobileNumber): Promise<AccountNumber | undefined> =>
      toDomain(
        await rows()
          .where({ number_hash: hashNumber(number) })
          .first(),
      ),
    /** Held until the transaction ends, so that a number is given to one account after the other. */
    async lock(number: MobileNumber): Promise<void> {
      await database.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`account_number ${hashNumber(number)}`]);
    },
    /** Gives an account its number, in place of an earlier one. */
    async put({ accountId, value, provedAt }: AccountNumber): Promise<void> {
      const content = { number_sealed: seal.seal(value, contextOf(accountId)), number_hash: hashNumber(value), proved_at: provedAt };
      await rows()
        .insert({ account_id: accountId, ...content })
        .onConflict('account_id')
        .merge(content);
    },
    /** Notes that the number was proved again. */
    async noteProof(accountId: AccountId, at: Date): Promise<void> {
      await rows().where({ account_id: accountId }).update({ proved_at: at });
    },
    async remove(accountId: AccountId): Promise<void> {
      await rows().where({ account_id: accountId }).delete();
    },
  };
}
