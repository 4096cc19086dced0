import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId } from '../ids.ts';
import { createAccountNetworkStore, type AccountNetwork, type NetworkSubject } from './account-network-store.ts';
import type { NetworkSeal } from './network-seal.ts';
import type { WithdrawalOutcome } from './network-withdrawal-store.ts';
import type { NetworkWithdrawals } from './network-withdrawals.ts';

/** How somebody gets into their account beside networks; asked of the accounts. */
export type OtherMeans = {
  /** Whether somebody could sign in without any network. */
  readonly hasOther: (accountId: AccountId) => Promise<boolean>;
  /** Whether a link has proved the mail address. */
  readonly hasProvedEmail: (accountId: AccountId) => Promise<boolean>;
  /** Lets nothing else take a way into the account away until the transaction ends. */
  readonly lockAccount: (transaction: Database, accountId: AccountId) => Promise<void>;
  /** Sends the link of "forgot password" to the proved mail address; false where none could be sent. */
  readonly sendRecovery: (accountId: AccountId) => Promise<boolean>;
};

/** How somebody gets in after a disconnection: as before, by the link that was sent, or not at all where no address is proved. */
export type Recovery = 'not-needed' | 'sent' | 'impossible';

/**
 * What came of connecting. `taken`: the person at the network has another account here; `occupied`: somebody else of this network is
 * connected already.
 */
export type Connected = 'connected' | 'taken' | 'occupied';

type Dependencies = {
  readonly database: Database;
  readonly seal: NetworkSeal;
  readonly withdrawals: NetworkWithdrawals;
  readonly means: OtherMeans;
  readonly now: () => Date;
};

/** Networks of accounts: connected, found, disconnected. */
export function createNetworkConnections({ database, seal, withdrawals, means, now }: Dependencies) {
  const store = createAccountNetworkStore(database, seal);

  async function recover(accountId: AccountId): Promise<Recovery> {
    const isNeeded = (await store.list(accountId)).length === 0 && !(await means.hasOther(accountId));
    if (!isNeeded) return 'not-needed';
    return (await means.hasProvedEmail(accountId)) && (await means.sendRecovery(accountId)) ? 'sent' : 'impossible';
  }

  async function addTo(transaction: Database, accountId: AccountId, subject: NetworkSubject): Promise<Connected> {
    const rows = createAccountNetworkStore(transaction, seal);
    await withdrawals.stop(transaction, subject);
    if (await rows.add(accountId, subject, now())) return 'connected';
    const owner = await rows.find(subject);
    if (owner === undefined) return 'occupied';
    return owner.accountId === accountId ? 'connected' : 'taken';
  }

  return {
    /** As `connect`, in the caller's transaction. */
    addTo,
    find: (subject: NetworkSubject): Promise<AccountNetwork | undefined> => store.find(subject),
    list: (accountId: AccountId): Promise<AccountNetwork[]> => store.list(accountId),
    /** Whether the account is connected with one of these networks. */
    async hasAny(on: Database, accountId: AccountId, names: ReadonlySet<string>): Promise<boolean> {
      return (await createAccountNetworkStore(on, seal).list(accountId)).some(({ network }) => names.has(network));
    },
    /** How the account is left without this network: what would happen if it were disconnected now. */
    async outlook(accountId: AccountId): Promise<{ isLastMeans: boolean; hasProvedEmail: boolean }> {
      const isLastMeans = (await store.list(accountId)).length === 1 && !(await means.hasOther(accountId));
      return { isLastMeans, hasProvedEmail: await means.hasProvedEmail(accountId) };
    },
    /** Connects an account whose owner is signed in; never done by an equal mail address. */
    connect: (accountId: AccountId, subject: NetworkSubject): Promise<Connected> =>
      inTransaction(database, (transaction) => addTo(transaction, accountId, subject)),
    /** Disconnects a network, whatever means of sign-in are left; the account stays. Throws M_NOT_FOUND. */
    async disconnect(accountId: AccountId, network: string): Promise<{ withdrawal: WithdrawalOutcome; recovery: Recovery }> {
      const attempt = await inTransaction(database, async (transaction) => {
        // Whoever takes another way away meanwhile must see that this one is gone, or be seen below.
        await means.lockAccount(transaction, accountId);
        const removed = await createAccountNetworkStore(transaction, seal).remove(accountId, network);
        return removed && withdrawals.prepare(transaction, accountId, removed);
      });
      if (attempt === undefined) throw new ApiError('M_NOT_FOUND', 'This network is not connected.', { field: 'params.network' });
      const [withdrawal, recovery] = await Promise.all([attempt(), recover(accountId)]);
      return { withdrawal, recovery };
    },
    /** The person has taken the permission back at the network itself; nothing is left to give back. */
    async forget(subject: NetworkSubject): Promise<AccountId | undefined> {
      const owner = await store.find(subject);
      if (owner === undefined) return undefined;
      await inTransaction(database, async (transaction) => {
        await means.lockAccount(transaction, owner.accountId);
        await createAccountNetworkStore(transaction, seal).remove(owner.accountId, subject.network);
      });
      await recover(owner.accountId);
      return owner.accountId;
    },
    /** Before an account is erased: gives back what is connected, in the caller's transaction. */
    async leaveAll(transaction: Database, accountId: AccountId): Promise<(() => Promise<unknown>)[]> {
      const rows = createAccountNetworkStore(transaction, seal);
      const removed: (() => Promise<unknown>)[] = [];
      for (const { network } of await rows.list(accountId)) {
        const subject = await rows.remove(accountId, network);
        if (subject !== undefined) removed.push(await withdrawals.prepare(transaction, accountId, subject));
      }
      return removed;
    },
  };
}

/** See `createNetworkConnections`. */
export type NetworkConnections = ReturnType<typeof createNetworkConnections>;
