import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { createOpenidRecordStore } from './openid-record-store.ts';
import type { OpenidSeal } from './openid-seal.ts';

type Dependencies = { readonly seal: OpenidSeal; readonly clientId: string; readonly addToOutbox: AddToOutbox };

/** Ends sessions of the provider; the homeserver then ends the Matrix devices that were signed in by them. */
export function createOpenidSessions({ seal, clientId, addToOutbox }: Dependencies) {
  return {
    /** Ends a session by its name, in the caller's transaction; the homeserver hears of it after the commit, until it has understood. */
    async end(transaction: Database, uid: string): Promise<void> {
      const records = createOpenidRecordStore(transaction, seal);
      for (const { accountId, authorizations } of await records.listSessions(uid, new Date())) {
        const { sid, grantId } = authorizations?.[clientId] ?? {};
        if (grantId !== undefined) {
          await records.removeOfGrant(grantId);
          await records.remove('Grant', grantId);
        }
        if (accountId === undefined || sid === undefined) continue;
        const payload = { accountId: accountId as AccountId, sid };
        await addToOutbox(transaction, [{ lane: accountId, action: 'endMatrixSessions', payload }]);
      }
      await records.removeSessions(uid);
    },
    /** Deletes what the provider keeps of an account, in the caller's transaction. */
    removeOfAccount: (transaction: Database, id: AccountId): Promise<void> =>
      createOpenidRecordStore(transaction, seal).removeOfAccount(id),
  };
}

/** See `createOpenidSessions`. */
export type OpenidSessions = ReturnType<typeof createOpenidSessions>;
