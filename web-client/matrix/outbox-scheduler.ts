import type { BrowserDatabase } from './browser-database.ts';
import type * as MatrixSdk from './matrix-sdk.ts';
import type { MatrixClient, MatrixEvent, MatrixScheduler, Room } from './matrix-sdk.ts';
import { openOutbox, type Outbox, type OutboxState, type Outcome } from './outbox.ts';
import { createOutboxStore, createPageOutboxStore, localId, type OutboxEntry } from './outbox-store.ts';
import type { Tabs } from './tabs.ts';

type Sdk = typeof MatrixSdk;
type Sent = { event_id: string };
type Waiter = { resolve: (sent: Sent) => void; reject: (error: unknown) => void };

/** What is sent through the library, kept by us. */
export type MatrixOutbox = {
  /** For `createClient`. */
  readonly scheduler: MatrixScheduler<Sent>;
  /** Opens what was kept, and shows it in the rooms that are known. */
  open(client: MatrixClient, database: BrowserDatabase | undefined, tabs: Tabs): Promise<void>;
  /** Code of why an event was not taken. */
  refusalOf(event: MatrixEvent): string | undefined;
  count(): number;
  wake(): void;
  stop(): void;
};

/** How an error of a try is to be read: what the homeserver answers for good, and what may be better the next time. */
function outcomeOf(error: unknown, sdk: Sdk): Outcome {
  if (!(error instanceof sdk.MatrixError)) return { again: undefined };
  const { httpStatus = 0, errcode = 'M_UNKNOWN' } = error;
  if (httpStatus === 429) return { again: error.getRetryAfterMs() ?? undefined };
  // Whose session has ended is shown another page.
  const isFinal = httpStatus >= 400 && httpStatus < 500 && ![401, 408, 425].includes(httpStatus);
  return isFinal ? { refusal: errcode } : { again: undefined };
}

/** The queue of matrix-js-sdk, replaced by one that outlives the page: everything that is sent with the client passes here. */
export function createMatrixOutbox(sdk: Sdk): MatrixOutbox {
  const { EventStatus, MatrixEvent: Event, MatrixEventEvent, RoomEvent, ClientEvent } = sdk;
  const waiters = new Map<string, Waiter>();
  const events = new Map<string, MatrixEvent>();
  const settling: { txnId: string; eventId: string }[] = [];
  let process: ((event: MatrixEvent) => Promise<Sent>) | undefined;
  let outbox: Outbox | undefined;
  let client: MatrixClient | undefined;

  const roomOf = (roomId: string): Room | undefined => client?.getRoom(roomId) ?? undefined;
  const setStatus = (event: MatrixEvent, status: (typeof EventStatus)[keyof typeof EventStatus]): void => {
    // Without a status it has come back from the homeserver already.
    const isOver = event.status === null || event.status === EventStatus.SENT || event.status === EventStatus.CANCELLED;
    if (isOver || event.status === status) return;
    roomOf(event.getRoomId() ?? '')?.updatePendingEvent(event, status);
  };

  /** The event of an entry, in its room as soon as that is known. */
  function eventOf(entry: OutboxEntry): MatrixEvent {
    const { txnId, roomId, type, content, redacts, writtenAt, refusal } = entry;
    const present = events.get(txnId);
    const room = roomOf(roomId);
    const isOver = present?.status === null || present?.status === EventStatus.SENT;
    if (present !== undefined && (isOver || room === undefined || room.getEventForTxnId(txnId) !== undefined)) return present;
    const userId = client?.getUserId() ?? '';
    const shown = { type, content: { ...content }, ...(redacts === undefined ? {} : { redacts }) };
    const event =
      present ?? new Event({ ...shown, event_id: localId(entry), room_id: roomId, sender: userId, origin_server_ts: writtenAt });
    events.set(txnId, event);
    event.setTxnId(txnId);
    event.setStatus(EventStatus.SENDING);
    if (room === undefined) return event;
    room.reEmitter.reEmit(event, [MatrixEventEvent.BeforeRedaction]);
    const target = event.getAssociatedId();
    if (target?.startsWith('~'))
      room
        .getPendingEvents()
        .find((each) => each.getId() === target)
        ?.once(MatrixEventEvent.LocalEventIdReplaced, (replaced) => event.updateAssociatedId(replaced.getId() ?? target));
    room.addPendingEvent(event, txnId);
    setStatus(event, refusal === undefined ? EventStatus.QUEUED : EventStatus.NOT_SENT);
    return event;
  }

  function show(entry: OutboxEntry): void {
    const arrived = roomOf(entry.roomId)
      ?.getLiveTimeline()
      .getEvents()
      .find((event) => event.getUnsigned().transaction_id === entry.txnId);
    if (arrived === undefined) eventOf(entry);
    else settling.push({ txnId: entry.txnId, eventId: arrived.getId() ?? '' });
    settle();
  }

  /** What the homeserver has already needs no sending; the outbox may still be opening. */
  function settle(): void {
    if (outbox === undefined) return;
    for (const { txnId, eventId } of settling.splice(0)) void outbox.settle(txnId, eventId);
  }

  function onState(entry: OutboxEntry, state: OutboxState): void {
    const event = eventOf(entry);
    if (state === 'sending') return setStatus(event, EventStatus.SENDING);
    if (state === 'waiting') return setStatus(event, EventStatus.QUEUED);
    waiters.get(entry.txnId)?.reject(new Error(entry.refusal));
    waiters.delete(entry.txnId);
    setStatus(event, EventStatus.NOT_SENT);
  }

  function onSent(entry: OutboxEntry, eventId: string): void {
    const event = events.get(entry.txnId);
    const room = roomOf(entry.roomId);
    if (event !== undefined && room !== undefined && event.status !== null && event.status !== EventStatus.SENT) {
      setStatus(event, EventStatus.SENDING);
      room.updatePendingEvent(event, EventStatus.SENT, eventId);
    }
    waiters.get(entry.txnId)?.resolve({ event_id: eventId });
    waiters.delete(entry.txnId);
    events.delete(entry.txnId);
  }

  function onGone({ txnId }: OutboxEntry): void {
    const event = events.get(txnId);
    events.delete(txnId);
    waiters.delete(txnId);
    if (event === undefined || event.status === null) return;
    setStatus(event, EventStatus.QUEUED);
    setStatus(event, EventStatus.CANCELLED);
  }

  async function send(entry: OutboxEntry): Promise<Outcome> {
    const event = eventOf(entry);
    try {
      return { eventId: (await process?.(event))?.event_id ?? '' };
    } catch (error) {
      return outcomeOf(error, sdk);
    }
  }

  function handleEcho(event: MatrixEvent, room: Room): void {
    const txnId = event.getTxnId() ?? '';
    const isKept = outbox?.has(txnId) === true;
    if (isKept && event.status === null) return void outbox?.settle(txnId, event.getId() ?? '');
    if (isKept && event.status === EventStatus.CANCELLED) return void outbox?.drop(txnId);
    // The library sends nothing in a room where something was refused: the refusal of one says nothing about the next.
    if (!isKept && event.status === EventStatus.NOT_SENT && event.error === null)
      queueMicrotask(() => {
        if (event.status === EventStatus.NOT_SENT && outbox?.has(txnId) === false)
          void client?.resendEvent(event, room).catch(() => undefined);
      });
  }

  class OutboxScheduler extends sdk.MatrixScheduler<Sent> {
    override setProcessFunction(work: (event: MatrixEvent) => Promise<Sent>): void {
      process = work;
    }
    override getQueueForEvent(event: MatrixEvent): MatrixEvent[] {
      return [event];
    }
    override removeEventFromQueue(): boolean {
      return true;
    }
    override queueEvent(event: MatrixEvent): Promise<Sent> | null {
      const txnId = event.getTxnId();
      const roomId = event.getRoomId();
      if (outbox === undefined || txnId === undefined || roomId === undefined) return null;
      const result = new Promise<Sent>((resolve, reject) => waiters.set(txnId, { resolve, reject }));
      events.set(txnId, event);
      const { redacts } = event.event;
      // What is encrypted is kept encrypted.
      const written = { txnId, roomId, type: event.getWireType(), content: event.getWireContent(), writtenAt: event.getTs() };
      void (outbox.has(txnId) ? outbox.retry(txnId) : outbox.add(redacts === undefined ? written : { ...written, redacts }));
      return result;
    }
  }

  return {
    scheduler: new OutboxScheduler(),
    async open(of, database, tabs) {
      client = of;
      of.on(RoomEvent.LocalEchoUpdated, handleEcho);
      const store = database === undefined ? createPageOutboxStore() : createOutboxStore(database);
      outbox = await openOutbox({ store, tabs, send, hearer: { onEntry: show, onState, onSent, onGone } });
      settle();
      of.on(ClientEvent.Room, ({ roomId }) => {
        for (const [txnId, event] of events) {
          const entry = outbox?.find(txnId);
          if (entry !== undefined && event.getRoomId() === roomId) show(entry);
        }
      });
    },
    refusalOf: (event) => outbox?.find(event.getTxnId() ?? '')?.refusal,
    count: () => outbox?.count() ?? 0,
    wake: () => outbox?.wake(),
    stop: () => outbox?.stop(),
  };
}
