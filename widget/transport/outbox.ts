import { isPassing } from './api.ts';
import { backoff, type Pause } from './backoff.ts';
import type { OutboxItem, OutgoingEvent, SessionStore } from './session-store.ts';

/** Events on their way: sent in order, again and again under the same id until the server has them. */
export type Outbox = {
  /** What is not delivered yet, oldest first. */
  readonly items: () => readonly OutboxItem[];
  /** Whether the last attempt came to nothing and the next one waits. */
  readonly isInterrupted: () => boolean;
  /** Puts an event behind the others and starts sending. */
  readonly add: (event: OutgoingEvent) => void;
  /** Sends a refused message again, behind the others. */
  readonly retry: (txnId: string) => void;
  /** Takes out what turned out to be delivered. */
  readonly settle: (txnId: string) => void;
  /** Sends what is there now, without waiting any longer. */
  readonly flush: () => void;
};

/** What an outbox needs. */
export type OutboxParts = {
  readonly store: SessionStore;
  /** Delivers one event; may be called again with the same one. */
  readonly deliver: (item: OutboxItem) => Promise<void>;
  /** The server refused an event for good; called before it is marked so. */
  readonly onRefused: (error: unknown) => unknown;
  /** Called after every change. */
  readonly onChange: () => void;
  readonly pause: Pause;
  /** A new id of a message, 8 to 64 letters, digits, `_` or `-`. */
  readonly newTxnId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Makes the outbox on a store; what an earlier page left in it is sent with the first `flush`. */
export function createOutbox({ store, deliver, onRefused, onChange, pause, newTxnId, now }: OutboxParts): Outbox {
  let running = false;
  let interrupted = false;

  const items = () => store.read().outbox;

  function change(edit: (before: readonly OutboxItem[]) => readonly OutboxItem[]): void {
    store.update((kept) => ({ outbox: edit(kept.outbox) }));
    onChange();
  }

  const settle = (txnId: string) => change((before) => before.filter((item) => item.txnId !== txnId));

  async function attempt(item: OutboxItem, tries: number): Promise<number> {
    try {
      await deliver(item);
      interrupted = false;
      settle(item.txnId);
      return 0;
    } catch (error) {
      if (!isPassing(error)) {
        onRefused(error);
        // A reaction or deletion that was refused is undone by going; only words are worth keeping.
        if (item.type !== 'm.room.message') settle(item.txnId);
        else change((before) => before.map((other) => (other.txnId === item.txnId ? { ...other, failed: true } : other)));
        return 0;
      }
      interrupted = true;
      onChange();
      await pause.sleep(Math.max(error.retryAfterMs ?? 0, backoff(tries, Math.random())));
      return tries + 1;
    }
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let tries = 0;
    for (let next = items().find((item) => !item.failed); next; next = items().find((item) => !item.failed)) {
      tries = await attempt(next, tries);
    }
    running = false;
    interrupted = false;
    onChange();
  }

  function flush(): void {
    if (running) pause.wake();
    else if (items().some((item) => !item.failed)) void run();
  }

  function append(item: OutboxItem): void {
    change((before) => [...before.filter((other) => other.txnId !== item.txnId), item]);
    if (!running) void run();
  }

  return {
    items,
    isInterrupted: () => interrupted,
    add: (event) => append({ ...event, txnId: newTxnId(), at: now() }),
    retry: (txnId) => {
      const failed = items().find((other) => other.txnId === txnId);
      if (!failed) return;
      const { failed: _again, ...item } = failed;
      append({ ...item, at: now() });
    },
    settle,
    flush,
  };
}
