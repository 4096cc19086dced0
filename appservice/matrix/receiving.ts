import type { Effect } from '../conversations/effect.ts';
import { isConflict, isUnreachable, type Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { EventId } from '../ids.ts';
import type { EventRouter } from './event-router.ts';
import { decodeEvent, type MatrixEvent } from './matrix-event.ts';
import type { OwnSends } from './own-sends.ts';
import { createReceivingStore } from './receiving-store.ts';

/** What became of an event, for the metrics. */
export type EventOutcome = 'applied' | 'duplicate' | 'ignored' | 'invalid' | 'set-aside';

/** Applies what the homeserver delivers (design 3). */
export type Receiving = {
  /** A transaction of the application service API: once, however often it comes. Throws COM_SMOOPE_DATABASE_UNAVAILABLE only. */
  receiveTransaction(txnId: string, events: readonly unknown[]): Promise<void>;
  /** Events read in another way, after an outage or one by one; those that were applied before have no effect. */
  receiveEvents(events: readonly MatrixEvent[]): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly router: EventRouter;
  /** Those of the events that have their place in the index, which they got together with all that follows from them. */
  readonly findIndexed: (eventIds: readonly EventId[]) => Promise<ReadonlySet<EventId>>;
  readonly dropPlaced: OwnSends['dropPlaced'];
  readonly publish: (effects: readonly Effect[]) => void;
  readonly countEvent: (outcome: EventOutcome) => void;
  /** The database could not be reached, so the homeserver will mark us down. */
  readonly onRefused: () => void;
  readonly log: Logger;
};

const NONE: ReadonlySet<EventId> = new Set();

/** See `Receiving`. */
export function createReceiving({
  database,
  router,
  findIndexed,
  dropPlaced,
  publish,
  countEvent,
  onRefused,
  log,
}: Dependencies): Receiving {
  /**
   * Most of what comes are messages that we sent ourselves. Those of this process are known without a look, one look for all others
   * takes the place of a transaction with a savepoint for each; whatever gets its place later is still told apart by the index.
   */
  async function dropIndexed(events: readonly MatrixEvent[]): Promise<readonly MatrixEvent[]> {
    const unsure = await dropPlaced(events);
    const indexed = unsure.length === 0 ? NONE : await findIndexed(unsure.map(({ eventId }) => eventId));
    const fresh = unsure.filter(({ eventId }) => !indexed.has(eventId));
    for (let dropped = events.length - fresh.length; dropped > 0; dropped -= 1) countEvent('duplicate');
    return fresh;
  }

  /** Each event has its own savepoint: one that fails is set aside and does not hold up the others. */
  async function applyAll(transaction: Database, events: readonly MatrixEvent[]): Promise<Effect[]> {
    const effects: Effect[] = [];
    for (const event of events) {
      try {
        const applied = await inTransaction(transaction, (savepoint) => router.apply(savepoint, event));
        effects.push(...(applied ?? []));
        countEvent(applied === undefined ? 'ignored' : 'applied');
      } catch (cause) {
        if (isUnreachable(cause) || isConflict(cause)) throw cause;
        log.error('event_set_aside', { eventId: event.eventId, roomId: event.roomId, code: codeOf(cause) }, cause);
        await createReceivingStore(transaction).setAside(event.eventId, event.roomId, codeOf(cause));
        countEvent('set-aside');
      }
    }
    return effects;
  }

  return {
    async receiveTransaction(txnId, values) {
      const events = values.flatMap((value) => {
        const event = decodeEvent(value);
        if (event === undefined) countEvent('invalid');
        return event ?? [];
      });
      try {
        const fresh = await dropIndexed(events);
        if (fresh.length === 0) return;
        const effects = await inTransaction(database, async (transaction) => {
          if (!(await createReceivingStore(transaction).addTransaction(txnId))) return [];
          return applyAll(transaction, fresh);
        });
        publish(effects);
      } catch (cause) {
        onRefused();
        throw new ApiError('COM_SMOOPE_DATABASE_UNAVAILABLE', 'The database cannot be reached.', { cause });
      }
    },
    async receiveEvents(events) {
      const fresh = await dropIndexed(events);
      if (fresh.length > 0) publish(await inTransaction(database, (transaction) => applyAll(transaction, fresh)));
    },
  };
}

/** A short code of an error, for logs and rows: never its message, which may quote data. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code.slice(0, 40);
  return error instanceof Error ? error.name.slice(0, 40) : 'unknown';
}
