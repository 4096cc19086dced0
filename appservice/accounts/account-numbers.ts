import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import { createAccountNumberStore, type AccountNumber } from './account-number-store.ts';
import type { ContactSeal } from './contact-seal.ts';

const DAY_MS = 86_400_000;

/** Whose number it is. `isFresh`: it was proved so lately that a code alone opens the account. */
export type NumberOwner = { readonly accountId: AccountId; readonly isFresh: boolean };

type Dependencies = {
  readonly database: Database;
  readonly seal: ContactSeal;
  /** Days after the last proof for which a number alone opens its account. */
  readonly reproveDays: number;
  /** Restricts an account that loses its number, in the transaction. */
  readonly restrict: (transaction: Database, id: AccountId) => Promise<void>;
  /** An account has a number again. */
  readonly lift: (transaction: Database, id: AccountId) => Promise<void>;
  readonly now: () => Date;
};

const taken = (): ApiError =>
  new ApiError('COM_SMOOPE_CONFLICT', 'This number belongs to another account; sign in with it, or take another number.', {
    field: 'body.phone',
  });

/** Which number belongs to which account. */
export function createAccountNumbers({ database, seal, reproveDays, restrict, lift, now }: Dependencies) {
  const isFresh = ({ provedAt }: AccountNumber): boolean => now().getTime() - provedAt.getTime() <= reproveDays * DAY_MS;

  /** Takes a number from an account that has not proved it for long, or throws COM_SMOOPE_CONFLICT. */
  async function vacate(transaction: Database, number: MobileNumber, forWhom: AccountId): Promise<void> {
    const numbers = createAccountNumberStore(transaction, seal);
    await numbers.lock(number);
    const owner = await numbers.findByNumber(number);
    if (owner === undefined || owner.accountId === forWhom) return;
    if (isFresh(owner)) throw taken();
    await numbers.remove(owner.accountId);
    await restrict(transaction, owner.accountId);
  }

  return {
    find: (id: AccountId): Promise<AccountNumber | undefined> => createAccountNumberStore(database, seal).find(id),
    /** Whether the account has a number that opens it alone. */
    async hasFresh(on: Database, id: AccountId): Promise<boolean> {
      const number = await createAccountNumberStore(on, seal).find(id);
      return number !== undefined && isFresh(number);
    },
    /** Whose number it is; undefined where it has no account. */
    async findOwner(number: MobileNumber): Promise<NumberOwner | undefined> {
      const owner = await createAccountNumberStore(database, seal).findByNumber(number);
      return owner && { accountId: owner.accountId, isFresh: isFresh(owner) };
    },
    /** Notes that the owner has proved the number again. */
    noteProof: (id: AccountId): Promise<void> => createAccountNumberStore(database, seal).noteProof(id, now()),
    /**
     * Gives a new account the number that was proved for it, in the caller's transaction. An account that has not proved it for long
     * loses it; throws COM_SMOOPE_CONFLICT where the number has an account since.
     */
    async keep(transaction: Database, accountId: AccountId, { value, provedAt }: { value: MobileNumber; provedAt: Date }): Promise<void> {
      await vacate(transaction, value, accountId);
      await createAccountNumberStore(transaction, seal).put({ accountId, value, provedAt });
    },
    /** Changes the number of an account to one that was proved just now; answers the old one. Throws COM_SMOOPE_CONFLICT. */
    change: (accountId: AccountId, value: MobileNumber): Promise<MobileNumber | undefined> =>
      inTransaction(database, async (transaction) => {
        await vacate(transaction, value, accountId);
        const numbers = createAccountNumberStore(transaction, seal);
        const before = await numbers.find(accountId);
        await numbers.put({ accountId, value, provedAt: now() });
        await lift(transaction, accountId);
        return before?.value;
      }),
  };
}

/** See `createAccountNumbers`. */
export type AccountNumbers = ReturnType<typeof createAccountNumbers>;
