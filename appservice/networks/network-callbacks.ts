import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { AccountId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { NetworkConnections } from './network-connections.ts';
import { createNetworkDeletionStore, type NetworkDeletion } from './network-deletion-store.ts';

/** A case is kept for three years after its end, to prove that it was done. */
const KEPT_MS = 3 * 366 * 86_400_000;

type Dependencies = {
  readonly database: Database;
  readonly connections: NetworkConnections;
  /** Begins the erasure of a whole profile; it may take its time, and it is asked for once. */
  readonly requestErasure: (accountId: AccountId) => Promise<void>;
  readonly log: Logger;
  readonly now: () => Date;
};

/** What a network tells of people who leave it, or us. For those it does not know here, it looks the same. */
export function createNetworkCallbacks({ database, connections, requestErasure, log, now }: Dependencies) {
  const store = createNetworkDeletionStore(database);
  return {
    /** Somebody has removed the app at the network: the account stays, the connection goes. */
    async deauthorize(network: string, subject: string): Promise<void> {
      await connections.forget({ network, subject });
      log.info('network_deauthorized', { reason: network });
    },
    /** Somebody wants what is theirs deleted; answers the code with which they can read how far it is. */
    async requestDeletion(network: string, subject: string): Promise<string> {
      const code = newToken('n');
      const accountId = (await connections.find({ network, subject }))?.accountId ?? null;
      await store.add(hashToken(code), { network, accountId, askedAt: now() });
      await connections.forget({ network, subject });
      if (accountId !== null) await requestErasure(accountId);
      log.info('network_deletion_requested', { reason: network });
      return code;
    },
    /** How far a deletion is; undefined where no code like this was given out. */
    findDeletion: (code: string): Promise<NetworkDeletion | undefined> => store.find(hashToken(code)),
    /** Deletions whose profile is still there; whoever erases profiles begins with these. */
    listOpen: (limit: number): Promise<NetworkDeletion[]> => store.listOpen(limit),
    async housekeep(): Promise<void> {
      await store.finish(now());
      await store.deleteFinished(new Date(now().getTime() - KEPT_MS));
    },
  };
}

/** See `createNetworkCallbacks`. */
export type NetworkCallbacks = ReturnType<typeof createNetworkCallbacks>;
