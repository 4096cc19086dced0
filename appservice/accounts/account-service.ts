import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { AccountId, PersonId, UserId } from '../ids.ts';
import { newAccountId, type Account, type AccountNames, type SeenNotice } from './account.ts';
import { createAccountStore } from './account-store.ts';

/** What an account is made of. */
export type NewAccount = AccountNames & { readonly locale: string; readonly notice: SeenNotice };

type Dependencies = {
  readonly database: Database;
  readonly createPerson: (on: Database, person: { locale: string; kind: 'customer'; userId: UserId }) => Promise<PersonId>;
  /** Matrix id of an account; the Matrix user is made by the homeserver at the first sign-in. */
  readonly userIdOf: (id: AccountId) => UserId;
};

/** Makes accounts and says whose they are. */
export function createAccountService({ database, createPerson, userIdOf }: Dependencies) {
  return {
    /** Makes an account with the person it belongs to, in the caller's transaction or one of its own. */
    create: (account: NewAccount, on: Database = database): Promise<Account> =>
      inTransaction(on, async (transaction) => {
        const id = newAccountId();
        const personId = await createPerson(transaction, { locale: account.locale, kind: 'customer', userId: userIdOf(id) });
        const accounts = createAccountStore(transaction);
        await accounts.create({ ...account, id, personId });
        const made = await accounts.find(id);
        if (made === undefined) throw new Error('the account was not kept');
        return made;
      }),
    find: (id: AccountId): Promise<Account | undefined> => createAccountStore(database).find(id),
    userIdOf,
  };
}

/** See `createAccountService`. */
export type AccountService = ReturnType<typeof createAccountService>;
