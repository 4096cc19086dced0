import { isUnreachable, type Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { EventRouter } from './event-router.ts';
import { inTransaction } from '../database/transaction.ts';
import { HomeserverUnavailable, type Ghost } from './homeserver-client.ts';
import type { Reading } from './reading.ts';
import { codeOf } from './receiving.ts';
import { createReceivingStore } from './receiving-store.ts';
import type { Effect } from '../conversations/effect.ts';
import type { RoomId } from '../ids.ts';

/** First wait, doubled with every try, in milliseconds. */
const FIRST_WAIT_MS = 5_000;

/** After so many tries an event stays where it is, for a person to look at. */
const MAX_ATTEMPTS = 12;

type Dependencies = {
  readonly database: Database;
  readonly reading: Reading;
  readonly router: EventRouter;
  /** The ghost that can read a room of ours. */
  readonly findReader: (roomId: RoomId) => Promise<Ghost | undefined>;
  readonly publish: (effects: readonly Effect[]) => void;
  readonly log: Logger;
};

/** Tries events again that were set aside: each is read from the homeserver, because no content is kept. One failing stops no other. */
export function createSetAsideRetry({ database, reading, router, findReader, publish, log }: Dependencies) {
  const store = createReceivingStore(database);
  return async (): Promise<void> => {
    for (const { eventId, roomId, attempts } of await store.listDue(20)) {
      if (attempts >= MAX_ATTEMPTS) {
        await store.postpone(eventId, 'given-up', 365 * 86_400_000);
        continue;
      }
      try {
        const reader = await findReader(roomId);
        const event = reader === undefined ? undefined : await reading.findEvent(reader, roomId, eventId);
        if (event !== undefined) publish((await inTransaction(database, (transaction) => router.apply(transaction, event))) ?? []);
        await store.takeBack(eventId);
      } catch (cause) {
        // What cannot be reached says nothing about the event.
        if (cause instanceof HomeserverUnavailable || isUnreachable(cause)) throw cause;
        log.warn('set_aside_again', { eventId, attempt: attempts + 1, code: codeOf(cause) }, cause);
        await store.postpone(eventId, codeOf(cause), FIRST_WAIT_MS * 2 ** attempts);
      }
    }
  };
}
