import { setTimeout as wait } from 'node:timers/promises';
import type { EventId, RoomId, UserId } from '../ids.ts';
import type { MatrixEvent } from './matrix-event.ts';

/**
 * What this process itself is sending. The homeserver delivers such an event at the moment in which it answers the send, so its row
 * is still on the way: whoever waits for it is spared a transaction that would find everything done. It only saves work; what is
 * not known here (another process, a crash) is told apart by the index as before.
 */
export type OwnSends = {
  /** Does the work that sends an event and keeps its row; `sent` is called once the homeserver has taken it. */
  during<Result>(
    send: Pick<MatrixEvent, 'roomId' | 'sender'>,
    work: (sent: (eventId: EventId) => void) => Promise<Result>,
  ): Promise<Result>;
  /** The events that are not known to have their row, once the sends that may be theirs have ended or had their time. */
  dropPlaced(events: readonly MatrixEvent[]): Promise<readonly MatrixEvent[]>;
};

/** Longest wait for a send, in milliseconds; it ends earlier unless the database or the homeserver is in trouble. */
const WAIT_MS = 500;

/** So many ids of events with a row are remembered; a transaction brings what was sent a moment ago. */
const REMEMBERED = 2_000;

type Pending = { readonly key: string; eventId: EventId | undefined; readonly known: Promise<void>; readonly ended: Promise<void> };

const keyOf = (roomId: RoomId, sender: UserId): string => `${roomId} ${sender}`;

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const isDone = new AbortController();
  const late = wait(ms, undefined, { signal: isDone.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  isDone.abort();
}

/** See `OwnSends`. */
export function createOwnSends(): OwnSends {
  const pending = new Set<Pending>();
  const placed = new Set<EventId>();

  function remember(eventId: EventId): void {
    placed.add(eventId);
    const [oldest] = placed;
    if (placed.size > REMEMBERED && oldest !== undefined) placed.delete(oldest);
  }

  /** Waits until it is clear that the event is none of the pending ones, or its row stands. */
  async function settle({ eventId, roomId, sender }: MatrixEvent): Promise<void> {
    const key = keyOf(roomId, sender);
    const own = [...pending].filter((send) => send.key === key);
    await Promise.all(own.map((send) => send.known));
    await Promise.all(own.filter((send) => send.eventId === eventId).map((send) => send.ended));
  }

  return {
    async during({ roomId, sender }, work) {
      const known = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const send: Pending = { key: keyOf(roomId, sender), eventId: undefined, known: known.promise, ended: ended.promise };
      pending.add(send);
      try {
        const result = await work((eventId) => {
          send.eventId = eventId;
          known.resolve();
        });
        if (send.eventId !== undefined) remember(send.eventId);
        return result;
      } finally {
        pending.delete(send);
        known.resolve();
        ended.resolve();
      }
    },
    async dropPlaced(events) {
      const unsure = events.filter(({ eventId }) => !placed.has(eventId));
      if (pending.size > 0) await within(WAIT_MS, Promise.all(unsure.map(settle)));
      return unsure.filter(({ eventId }) => !placed.has(eventId));
    },
  };
}
