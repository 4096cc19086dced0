import type { IEvent, MSC3575RoomData, Room } from './matrix-sdk.ts';

/** An event as the homeserver sent it. */
export type RawEvent = Partial<IEvent>;

/** What a browser keeps of a room, so that it can be read before the homeserver answers, and without it. */
export type RoomSnapshot = {
  readonly roomId: string;
  /** Current state that is shown. */
  readonly state: readonly RawEvent[];
  /** The last events without a gap between them, oldest first. */
  readonly timeline: readonly RawEvent[];
  /** Up to where each person has read, as the content of an `m.receipt`. */
  readonly receipts: Readonly<Record<string, unknown>>;
  /** Up to where the person themselves had read when they left. */
  readonly fullyRead: RawEvent | undefined;
  /** Messages that the person was told of and has not read, as the homeserver counts them. */
  readonly unread: number;
  /** Order of the last activity among all rooms of the homeserver. */
  readonly bumpStamp: number | undefined;
  /** When it was written, in milliseconds since 1970. */
  readonly keptAt: number;
};

/** How many of its last events a room is listed with; the others are read when it is opened, or 500 rooms would take seconds. */
export const LISTED_EVENTS = 4;
/** How many events of a room are kept. */
export const KEPT_EVENTS = 50;
/** What is older is not shown any more: nobody opened the page since, so nothing could tell it of an erasure. */
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

const KEPT_STATE = new Set([
  'm.room.create',
  'm.room.name',
  'm.room.avatar',
  'm.room.encryption',
  'm.room.power_levels',
  'm.room.tombstone',
  'm.room.member',
  'com.smoope.conversation',
]);

function receiptsOf(room: Room): RoomSnapshot['receipts'] {
  const content: Record<string, { 'm.read': Record<string, { ts: number }> }> = {};
  for (const { userId } of room.getJoinedMembers()) {
    const receipt = room.getReadReceiptForUserId(userId, true);
    if (receipt === null) continue;
    const read = (content[receipt.eventId] ??= { 'm.read': {} })['m.read'];
    read[userId] = { ts: receipt.data.ts };
  }
  return content;
}

/** What is to be kept of a room as the page knows it now. */
export function snapshotOf(room: Room, now: number): RoomSnapshot {
  const state = [...room.currentState.events].flatMap(([type, events]) => (KEPT_STATE.has(type) ? [...events.values()] : []));
  const timeline = room
    .getLiveTimeline()
    .getEvents()
    .filter((event) => event.getId()?.startsWith('$'));
  return {
    roomId: room.roomId,
    state: state.map(({ event }) => event),
    timeline: timeline.slice(-KEPT_EVENTS).map(({ event }) => event),
    receipts: receiptsOf(room),
    fullyRead: room.accountData.get('m.fully_read')?.event,
    unread: room.getUnreadNotificationCount(),
    bumpStamp: room.getBumpStamp(),
    keptAt: now,
  };
}

/**
 * The events to keep where another tab may have kept more of the same room: older ones that go on without a gap are taken along.
 * Whatever does not touch is left out, so that no gap is ever kept.
 */
export function joinTimelines(kept: readonly RawEvent[], now: readonly RawEvent[]): readonly RawEvent[] {
  const [first] = now;
  if (first === undefined) return kept;
  const at = kept.findIndex(({ event_id: id }) => id === first.event_id);
  return at > 0 ? [...kept.slice(0, at), ...now].slice(-KEPT_EVENTS) : now;
}

/** A snapshot in the words of sliding sync, so that the library takes it as it takes an answer of the homeserver. */
export const roomDataOf = ({ state, timeline, unread, bumpStamp }: RoomSnapshot): MSC3575RoomData =>
  ({
    initial: true,
    required_state: state,
    timeline,
    notification_count: unread,
    ...(bumpStamp === undefined ? {} : { bump_stamp: bumpStamp }),
  }) as unknown as MSC3575RoomData;
