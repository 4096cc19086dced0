import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { AccountId } from '../ids.ts';
import type { NetworkSubject } from './account-network-store.ts';
import type { NetworkSeal } from './network-seal.ts';
import { createNetworkWithdrawalStore, type NetworkWithdrawal, type WithdrawalOutcome } from './network-withdrawal-store.ts';
import type { Network } from './network.ts';

const HOUR_MS = 3_600_000;

/** For so long it is tried every hour, in milliseconds; then the id at the network goes, whatever it said. */
const TRIED_MS = 72 * HOUR_MS;

/** For so long the person can read what came of it. */
const KEPT_MS = 30 * 24 * HOUR_MS;

type Dependencies = {
  readonly database: Database;
  readonly networks: readonly Network[];
  readonly seal: NetworkSeal;
  readonly log: Logger;
  readonly now: () => Date;
};

/** Gives back at a network what somebody had allowed there: tried at once, then every hour for three days, each time recorded. */
export function createNetworkWithdrawals({ database, networks, seal, log, now }: Dependencies) {
  const store = createNetworkWithdrawalStore(database, seal);
  const inAnHour = (): Date => new Date(now().getTime() + HOUR_MS);

  async function attempt(id: string, { network: name, subject }: NetworkSubject, askedAt: Date): Promise<WithdrawalOutcome> {
    // A network that is not in the settings any more cannot be asked.
    const result = (await networks.find((each) => each.name === name)?.withdraw(subject)) ?? 'not-offered';
    const isLast = now().getTime() - askedAt.getTime() >= TRIED_MS;
    const outcome = result === 'not-confirmed' ? (isLast ? 'given-up' : 'open') : result;
    await store.noteTry(id, outcome);
    log.info('network_withdrawal', { outcome, reason: name });
    return outcome;
  }

  return {
    /** Notes it in the caller's transaction; what is answered tries it, after the commit. */
    async prepare(transaction: Database, accountId: AccountId, subject: NetworkSubject): Promise<() => Promise<WithdrawalOutcome>> {
      const at = now();
      const id = await createNetworkWithdrawalStore(transaction, seal).add(accountId, subject, { at, nextTryAt: inAnHour() });
      return () => attempt(id, subject, at);
    },
    /** In the transaction in which somebody allows it anew. */
    stop: (transaction: Database, subject: NetworkSubject): Promise<void> =>
      createNetworkWithdrawalStore(transaction, seal).dropOpen(subject),
    list: (accountId: AccountId): Promise<NetworkWithdrawal[]> => store.list(accountId),
    /** Tries again what was not confirmed, and forgets what is old. */
    async housekeep(): Promise<void> {
      for (;;) {
        const due = await store.takeDue(now(), inAnHour());
        if (due === undefined) break;
        await attempt(due.id, due, due.askedAt);
      }
      await store.deleteOld(new Date(now().getTime() - KEPT_MS));
    },
  };
}

/** See `createNetworkWithdrawals`. */
export type NetworkWithdrawals = ReturnType<typeof createNetworkWithdrawals>;
