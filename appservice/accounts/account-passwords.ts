import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId, AccountSessionId } from '../ids.ts';
import { createTurns } from '../turns.ts';
import { createAccountLinkStore } from './account-link-store.ts';
import { createAccountPasswordStore } from './account-password-store.ts';
import { createAccountStore } from './account-store.ts';
import type { ContactSeal } from './contact-seal.ts';
import { acceptPassword } from './password-rules.ts';
import type { PasswordTries } from './password-tries.ts';
import type { Passwords } from './password.ts';

type Dependencies = {
  readonly database: Database;
  readonly seal: ContactSeal;
  readonly passwords: Passwords;
  readonly tries: PasswordTries;
  /** Words of the person that a password must not be made of, beside the names: number, addresses, name of the service. */
  readonly listOwnWords: (id: AccountId) => Promise<string[]>;
  /** Ends sessions and Matrix devices but those of the kept session, in the transaction; null keeps none. */
  readonly endOthers: (transaction: Database, id: AccountId, kept: AccountSessionId | null) => Promise<void>;
  /** Tells the owner on every way, after the transaction. */
  readonly tell: (transaction: Database, id: AccountId, notice: 'passwordChanged') => Promise<void>;
  readonly now: () => Date;
};

/** What somebody enters beside a password: the accounts it may be of, and how many it could be of at most. */
type Identifier = { readonly identifier: string; readonly owners: readonly AccountId[]; readonly places: number };

const wrong = (field: string): ApiError =>
  new ApiError('COM_SMOOPE_NOT_PROVEN', `${field}: number or address and password do not fit together.`, { field });

/** People who wait for their password to be compared, in a process: about a second of work, with the rests in between. */
const MOST_WAITING = 8;

const RETRY_AFTER_MS = 2_000;

const rest = (milliseconds: number): Promise<unknown> => wait(milliseconds, undefined, { ref: false });

const busy = (): ApiError =>
  new ApiError('M_LIMIT_EXCEEDED', 'Very many people are signing in right now; wait a moment.', { retryAfterMs: RETRY_AFTER_MS });

/**
 * Passwords of accounts: voluntary, one each. What costs a hash is done by a few at a time, with the statements around it, so that a
 * burst of sign-ins takes neither the processor nor the connections to the database from conversations; when too many wait, M_LIMIT_EXCEEDED
 * says so before anything was counted as a try.
 */
export function createAccountPasswords({ database, seal, passwords, tries, listOwnWords, endOthers, tell, now }: Dependencies) {
  const inTurn = createTurns(passwords.atOnce, { mostWaiting: MOST_WAITING, refusal: busy, rest });
  const stored = (id: AccountId): Promise<string | undefined> => createAccountPasswordStore(database).find(id);

  async function isRight(id: AccountId | undefined, password: string): Promise<boolean> {
    const hash = id === undefined ? undefined : await stored(id);
    const { isRight: right, replacement } = await passwords.check(password, hash);
    if (right && id !== undefined && hash !== undefined && replacement !== undefined) {
      await createAccountPasswordStore(database).replaceHash(id, hash, replacement);
    }
    return right;
  }

  async function accept(id: AccountId, password: string): Promise<string> {
    const account = await createAccountStore(database).find(id);
    const names = account === undefined ? [] : [account.firstName, account.lastName, account.alias ?? ''];
    acceptPassword(password, { own: [...names, ...(await listOwnWords(id))].filter((word) => word !== '') });
    return passwords.hash(password);
  }

  async function put(transaction: Database, id: AccountId, hash: string, kept: AccountSessionId | null): Promise<void> {
    await createAccountPasswordStore(transaction).put(id, hash, now());
    await endOthers(transaction, id, kept);
    await tell(transaction, id, 'passwordChanged');
  }

  return {
    has: async (id: AccountId): Promise<boolean> => (await stored(id)) !== undefined,
    /**
     * Which of the accounts of a number or address has this password. `places` passwords are compared, whether so many accounts have it,
     * fewer or none, and whether one of them has none: the time tells nothing, and the refusal is the same.
     */
    prove: ({ identifier, owners, places }: Identifier, password: string): Promise<AccountId> =>
      inTurn(async () => {
        await tries.count(identifier);
        let proved: AccountId | undefined;
        for (let place = 0; place < places; place += 1) {
          if (await isRight(owners[place], password)) proved ??= owners[place];
        }
        if (proved === undefined) throw wrong('body.password');
        await tries.forget(identifier);
        return proved;
      }),
    /** Sets or changes the password from a session, which stays; a password that is there must be given. All others end. */
    change: (
      id: AccountId,
      session: AccountSessionId,
      { current, password }: { current?: string | undefined; password: string },
    ): Promise<void> =>
      inTurn(async () => {
        const hash = await stored(id);
        if (hash !== undefined) {
          await tries.count(`account ${id}`);
          if (!(await isRight(id, current ?? ''))) {
            throw new ApiError('COM_SMOOPE_NOT_PROVEN', 'body.current: is not the password.', { field: 'body.current' });
          }
          await tries.forget(`account ${id}`);
        }
        const fresh = await accept(id, password);
        await inTransaction(database, (transaction) => put(transaction, id, fresh, session));
      }),
    /** Sets a password with the proof of "forgot password": signs nobody in, and ends every session. Throws COM_SMOOPE_CODE_USED. */
    async recover(token: string, password: string): Promise<void> {
      const used = (): ApiError => new ApiError('COM_SMOOPE_CODE_USED', 'This proof was used or is too old; begin again.');
      const link = await createAccountLinkStore(database, seal).find('recover', token, now());
      if (link === undefined) throw used();
      // Before the proof is used up: a password that is refused must not cost it.
      const hash = await inTurn(() => accept(link.accountId, password));
      await inTransaction(database, async (transaction) => {
        const taken = await createAccountLinkStore(transaction, seal).take('recover', token, now());
        if (taken === undefined) throw used();
        await put(transaction, taken.accountId, hash, null);
      });
    },
  };
}

/** See `createAccountPasswords`. */
export type AccountPasswords = ReturnType<typeof createAccountPasswords>;
