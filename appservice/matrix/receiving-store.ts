import type { Database } from '../database/database.ts';
import type { EventId, RoomId } from '../ids.ts';

/** An event that failed to apply, by id only; it is read again from the homeserver. */
export type SetAsideEvent = { readonly eventId: EventId; readonly roomId: RoomId; readonly attempts: number };

/** Rows of `homeserver_transaction` and `set_aside_event`. */
export function createReceivingStore(database: Database) {
  return {
    /** Notes a transaction; false when it was applied before. */
    async addTransaction(txnId: string): Promise<boolean> {
      const added = await database('homeserver_transaction').insert({ txn_id: txnId }).onConflict('txn_id').ignore().returning('txn_id');
      return added.length > 0;
    },
    async deleteTransactions(before: Date): Promise<void> {
      await database('homeserver_transaction').where('received_at', '<', before).delete();
    },
    /** Forgets events that were given up and have lain there since before `before`. */
    async deleteGivenUp(before: Date): Promise<void> {
      await database('set_aside_event').where('created_at', '<', before).delete();
    },
    async setAside(eventId: EventId, roomId: RoomId, errorCode: string): Promise<void> {
      await database('set_aside_event')
        .insert({ event_id: eventId, room_id: roomId, error_code: errorCode })
        .onConflict('event_id')
        .ignore();
    },
    async listDue(limit: number): Promise<SetAsideEvent[]> {
      const rows = await database<{ event_id: EventId; room_id: RoomId; attempts: number; next_at: Date }>('set_aside_event')
        .where('next_at', '<=', new Date())
        .orderBy('next_at')
        .limit(limit);
      return rows.map((row) => ({ eventId: row.event_id, roomId: row.room_id, attempts: row.attempts }));
    },
    async postpone(eventId: EventId, errorCode: string, delayMs: number): Promise<void> {
      await database('set_aside_event')
        .where({ event_id: eventId })
        .update({ attempts: database.raw('attempts + 1'), error_code: errorCode, next_at: new Date(Date.now() + delayMs) });
    },
    async takeBack(eventId: EventId): Promise<void> {
      await database('set_aside_event').where({ event_id: eventId }).delete();
    },
  };
}
