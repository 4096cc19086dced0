import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { OnCompleted, Registration, RegistrationEnd, RegistrationStart } from './registration.ts';
import { createRegistrationStore, type RegistrationSeal } from './registration-store.ts';

/** Life of a registration that nobody finishes. */
const LIFE_MS = 86_400_000;

const ended = (): ApiError => new ApiError('COM_SMOOPE_SIGN_IN_ENDED', 'This registration has ended; begin again.');

type Dependencies = {
  readonly database: Database;
  readonly seal: RegistrationSeal;
  /** Makes the account, in the transaction. */
  readonly createAccount: (transaction: Database, account: Omit<RegistrationEnd, 'email'>) => Promise<AccountId>;
  /** Gives the account its number, in the transaction; throws COM_SMOOPE_CONFLICT where the number has an account since. */
  readonly keepNumber: (transaction: Database, accountId: AccountId, number: { value: MobileNumber; provedAt: Date }) => Promise<void>;
  /** Gives the account its mail address, which a link has still to prove, in the transaction. */
  readonly keepEmail: (transaction: Database, accountId: AccountId, address: string) => Promise<void>;
  /** What else belongs to an account that was made; each may add rows that refer to it. */
  readonly onCompleted: readonly OnCompleted[];
  readonly now: () => Date;
};

/** People who make an account. Nothing of them stays when they do not finish. */
export function createRegistrationService({ database, seal, createAccount, keepNumber, keepEmail, onCompleted, now }: Dependencies) {
  const find = (flowId: string): Promise<Registration | undefined> => createRegistrationStore(database, seal).find(flowId, now());

  return {
    /** Begins a registration at a sign-in, in place of an earlier one there; in the caller's transaction or one of its own. */
    begin: (flowId: string, start: RegistrationStart, on: Database = database): Promise<Registration> =>
      inTransaction(on, (transaction) => {
        const at = now();
        return createRegistrationStore(transaction, seal).replace(flowId, start, { at, expiresAt: new Date(at.getTime() + LIFE_MS) });
      }),
    find,
    /** As `find`; throws COM_SMOOPE_SIGN_IN_ENDED where there is none. */
    async get(flowId: string): Promise<Registration> {
      const registration = await find(flowId);
      if (registration === undefined) throw ended();
      return registration;
    },
    /** Adds a number that was proved after the beginning. */
    async addNumber(flowId: string, number: MobileNumber): Promise<void> {
      const registration = await find(flowId);
      if (registration === undefined) throw ended();
      await createRegistrationStore(database, seal).setNumber(registration.id, number, now());
    },
    /** Makes the account with all that was proven; the registration is gone afterwards. */
    complete: (flowId: string, { email, ...end }: RegistrationEnd): Promise<AccountId> =>
      inTransaction(database, async (transaction) => {
        const store = createRegistrationStore(transaction, seal);
        const registration = await store.lock(flowId, now());
        if (registration === undefined) throw ended();
        const accountId = await createAccount(transaction, end);
        if (registration.number !== null) await keepNumber(transaction, accountId, registration.number);
        const address = email === undefined ? registration.email : email;
        if (address !== null) await keepEmail(transaction, accountId, address);
        for (const hook of onCompleted) await hook(transaction, { accountId, registrationId: registration.id });
        await store.remove(registration.id);
        return accountId;
      }),
    /** Deletes those that nobody finished. */
    deleteExpired: (): Promise<void> => createRegistrationStore(database, seal).deleteExpired(now()),
  };
}

/** See `createRegistrationService`. */
export type RegistrationService = ReturnType<typeof createRegistrationService>;
