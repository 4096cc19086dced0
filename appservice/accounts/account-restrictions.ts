import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId } from '../ids.ts';

/** Days between the loss of a number and the end of the account, in which its owner is told and can prove a new one. */
const DAYS = 7;

const DAY_MS = 86_400_000;

/** Accounts that one look closes. */
const BATCH = 200;

type Row = { account_id: AccountId; since: Date; closes_at: Date; closed_at: Date | null };

/** An account that closes, or is closed. */
export type Restriction = { readonly closesAt: Date; readonly isClosed: boolean };

type Dependencies = {
  readonly database: Database;
  /** Ends all sessions and Matrix devices of an account, in the transaction in which it closes. */
  readonly signOutEverywhere: (transaction: Database, id: AccountId) => Promise<void>;
  /** Tells the person on every way that is left, after the commit. */
  readonly tell: (transaction: Database, id: AccountId, notice: 'restricted') => Promise<void>;
  readonly now: () => Date;
};

/** Accounts that are closed, or will be: their number belongs to somebody else now, or nobody used them. */
export function createAccountRestrictions({ database, signOutEverywhere, tell, now }: Dependencies) {
  const rows = (on: Database) => on<Row>('account_restriction');
  async function find(id: AccountId): Promise<Restriction | undefined> {
    const row = await rows(database).where({ account_id: id }).first();
    return row && { closesAt: row.closes_at, isClosed: row.closed_at !== null || row.closes_at <= now() };
  }
  return {
    find,
    /** Throws COM_SMOOPE_NOT_PROVEN for an account that is closed. */
    async requireOpen(id: AccountId): Promise<void> {
      if ((await find(id))?.isClosed !== true) return;
      throw new ApiError('COM_SMOOPE_NOT_PROVEN', 'This account is closed.');
    },
    /** Restricts an account that lost its number, in the caller's transaction. */
    async restrict(transaction: Database, id: AccountId): Promise<void> {
      const at = now();
      await rows(transaction)
        .insert({ account_id: id, since: at, closes_at: new Date(at.getTime() + DAYS * DAY_MS), closed_at: null })
        .onConflict('account_id')
        .ignore();
      await tell(transaction, id, 'restricted');
    },
    /** The account has a number again; one that is closed stays so. */
    async lift(transaction: Database, id: AccountId): Promise<void> {
      await rows(transaction).where({ account_id: id }).whereNull('closed_at').delete();
    },
    /** Closes an account at once, in the caller's transaction. */
    async close(transaction: Database, id: AccountId): Promise<void> {
      const at = now();
      await rows(transaction)
        .insert({ account_id: id, since: at, closes_at: at, closed_at: at })
        .onConflict('account_id')
        .merge(['closed_at']);
      await signOutEverywhere(transaction, id);
    },
    /** Closes accounts whose time is over. */
    async closeDue(): Promise<void> {
      const due = await rows(database).whereNull('closed_at').where('closes_at', '<=', now()).limit(BATCH).pluck('account_id');
      for (const id of due) {
        await inTransaction(database, async (transaction) => {
          await rows(transaction).where({ account_id: id }).update({ closed_at: now() });
          await signOutEverywhere(transaction, id);
        });
      }
    },
  };
}

/** See `createAccountRestrictions`. */
export type AccountRestrictions = ReturnType<typeof createAccountRestrictions>;
