import { waitAfter, waitOrOnline } from './connection.ts';
import type { OutboxEntry, OutboxStore, Written } from './outbox-store.ts';
import type { Tabs } from './tabs.ts';

/** What became of one try. `again` says after how many milliseconds, where the homeserver said so. */
export type Outcome = { readonly eventId: string } | { readonly refusal: string } | { readonly again: number | undefined };

/** How far an entry is. */
export type OutboxState = 'waiting' | 'sending' | 'refused';

/** What is told of entries, of those of other tabs as well. */
export type OutboxHearer = {
  onEntry(entry: OutboxEntry): void;
  onState(entry: OutboxEntry, state: OutboxState): void;
  onSent(entry: OutboxEntry, eventId: string): void;
  /** It was discarded. */
  onGone(entry: OutboxEntry): void;
};

type Parts = {
  readonly store: OutboxStore;
  readonly tabs: Tabs;
  readonly send: (entry: OutboxEntry) => Promise<Outcome>;
  readonly hearer: OutboxHearer;
  readonly now?: () => number;
};

type Told =
  | { readonly what: 'changed' }
  | { readonly what: 'sending' | 'gone'; readonly txnId: string }
  | { readonly what: 'sent'; readonly txnId: string; readonly eventId: string };

/**
 * The homeserver knows a transaction id for a day (Synapse: 24 hours). What was tried before that and never confirmed may have arrived and
 * would arrive twice: the person decides.
 */
const CERTAIN_MS = 20 * 60 * 60 * 1000;
/** Refusal of an entry of which nobody knows whether it arrived. */
export const UNCERTAIN = 'COM_SMOOPE_UNCERTAIN';

/** What is to be sent: kept over reloads, sent once, per room in the order in which it was written, by one tab of all. */
export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** Opens it with what was kept, which is told of first. */
export async function openOutbox({ store, tabs, send, hearer, now = Date.now }: Parts) {
  const entries = new Map<string, OutboxEntry>();
  /** What is over: an answer of the store from before that must not bring it back. */
  const over = new Set<string>();
  const busy = new Set<string>();
  /** Rooms in which the next try is waited for. */
  const paused = new Set<string>();
  const stopping = new AbortController();
  let wake = new AbortController();
  let isLeading = false;
  let turn: Promise<void> = Promise.resolve();

  const find = (txnId: string): OutboxEntry | undefined => entries.get(txnId);
  const stateOf = (entry: OutboxEntry): OutboxState => (entry.refusal === undefined ? 'waiting' : 'refused');
  const tell = (message: Told): void => tabs.tell(message);

  /** One after the other, so that nothing is read that is just being changed. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work, work);
    return turn;
  }

  const refresh = (): Promise<void> =>
    inTurn(async () => {
      for (const entry of await store.list()) {
        if (over.has(entry.txnId)) continue;
        const before = find(entry.txnId);
        entries.set(entry.txnId, entry);
        if (before === undefined) {
          hearer.onEntry(entry);
          if (paused.has(entry.roomId)) hearer.onState(entry, stateOf(entry));
        } else if (stateOf(before) !== stateOf(entry)) hearer.onState(entry, stateOf(entry));
      }
      pump();
    });

  const replace = (entry: OutboxEntry): Promise<void> =>
    inTurn(async () => {
      if (over.has(entry.txnId)) return;
      entries.set(entry.txnId, entry);
      await store.replace(entry);
      tell({ what: 'changed' });
    });

  async function refuse(entry: OutboxEntry, refusal: string): Promise<void> {
    const refused = { ...entry, refusal };
    await replace(refused);
    hearer.onState(refused, 'refused');
  }

  function forget(txnId: string): boolean {
    over.add(txnId);
    return entries.delete(txnId);
  }

  async function sent(entry: OutboxEntry, eventId: string): Promise<void> {
    if (!forget(entry.txnId)) return;
    hearer.onSent(entry, eventId);
    await inTurn(async () => {
      await store.remove(entry, eventId);
      for (const each of await store.list()) if (entries.has(each.txnId)) entries.set(each.txnId, each);
      tell({ what: 'sent', txnId: entry.txnId, eventId });
    });
  }

  const waitingIn = (roomId: string): OutboxEntry[] =>
    [...entries.values()].filter((entry) => entry.roomId === roomId && entry.refusal === undefined).toSorted((a, b) => a.order - b.order);

  async function pause(roomId: string, ms: number): Promise<void> {
    paused.add(roomId);
    for (const entry of waitingIn(roomId)) hearer.onState(entry, 'waiting');
    tell({ what: 'changed' });
    await waitOrOnline(ms, AbortSignal.any([stopping.signal, wake.signal]));
    paused.delete(roomId);
  }

  async function sendRoom(roomId: string): Promise<void> {
    for (let tries = 0; !stopping.signal.aborted;) {
      const entry = waitingIn(roomId)[0];
      if (entry === undefined) return;
      if (entry.triedAt !== undefined && now() - entry.triedAt > CERTAIN_MS) {
        await refuse(entry, UNCERTAIN);
        continue;
      }
      if (!navigator.onLine) {
        await pause(roomId, waitAfter(tries++));
        continue;
      }
      const tried = { ...entry, triedAt: entry.triedAt ?? now() };
      await replace(tried);
      if (!entries.has(entry.txnId)) continue;
      hearer.onState(tried, 'sending');
      tell({ what: 'sending', txnId: entry.txnId });
      const outcome = await send(tried);
      if (stopping.signal.aborted) return;
      // It came back with the messages before its answer did.
      if (!entries.has(entry.txnId)) continue;
      if ('eventId' in outcome) {
        tries = 0;
        await sent(tried, outcome.eventId);
      } else if ('refusal' in outcome) await refuse(tried, outcome.refusal);
      else {
        await pause(roomId, outcome.again ?? waitAfter(tries));
        tries += 1;
      }
    }
  }

  function pump(): void {
    if (!isLeading || stopping.signal.aborted) return;
    for (const { roomId, refusal } of entries.values()) {
      if (refusal !== undefined || busy.has(roomId)) continue;
      busy.add(roomId);
      void sendRoom(roomId).finally(() => {
        busy.delete(roomId);
        // What was written between the last look and this.
        if (waitingIn(roomId)[0] !== undefined) pump();
      });
    }
  }

  tabs.onTold((message) => {
    const told = message as Told;
    if (told.what === 'changed') return void refresh();
    const entry = find(told.txnId);
    if (entry === undefined) return;
    if (told.what === 'sending') return hearer.onState(entry, 'sending');
    forget(told.txnId);
    if (told.what === 'sent') hearer.onSent(entry, told.eventId);
    else hearer.onGone(entry);
  });
  await refresh();
  tabs.onLeading(() => {
    isLeading = true;
    // What another tab left behind.
    void refresh();
  });

  return {
    has: (txnId: string): boolean => entries.has(txnId),
    find,
    /** How many wait to be sent or were refused. */
    count: (): number => entries.size,
    /** Takes something to send. */
    async add(written: Written): Promise<void> {
      await inTurn(() => store.add(written));
      tell({ what: 'changed' });
      await refresh();
    },
    /** Sends again what was refused. */
    async retry(txnId: string): Promise<void> {
      const entry = find(txnId);
      if (entry === undefined) return;
      const { refusal: _refusal, triedAt: _triedAt, ...rest } = entry;
      await replace(rest);
      pump();
    },
    /** The homeserver turned out to have it. */
    async settle(txnId: string, eventId: string): Promise<void> {
      const entry = find(txnId);
      if (entry !== undefined) await sent(entry, eventId);
    },
    /** Forgets what nobody wants to send any more. */
    async drop(txnId: string): Promise<void> {
      const entry = find(txnId);
      if (entry === undefined || !forget(txnId)) return;
      hearer.onGone(entry);
      await inTurn(() => store.remove(entry));
      tell({ what: 'gone', txnId });
    },
    /** Ends waiting: the connection is back. */
    wake(): void {
      wake.abort();
      wake = new AbortController();
    },
    stop: (): void => stopping.abort(),
  };
}
