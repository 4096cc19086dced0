import type { MatrixClient, MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import type { MessageItem } from './message-item.ts';

const isSent = (event: MatrixEvent): boolean => event.getId()?.startsWith('$') === true;

/** How far somebody has read a room, on any of their devices (https://spec.matrix.org/v1.15/client-server-api/#fully-read-markers). */
export function readUpTo(room: Room, userId: string): string | undefined {
  const eventId: unknown = room.getAccountData('m.fully_read')?.getContent()['event_id'];
  const events = room.getLiveTimeline().getEvents();
  const receipt = room.getEventReadUpTo(userId) ?? undefined;
  if (typeof eventId !== 'string') return receipt;
  // Whichever of the two is later: clients without the marker send receipts only.
  const placeOf = (id: string | undefined): number => events.findIndex((event) => event.getId() === id);
  return placeOf(receipt) > placeOf(eventId) ? receipt : eventId;
}

/** The first message of others after what was read, if what was read is among the events; undefined where all was. */
export function firstUnread(read: string | undefined, events: readonly MatrixEvent[], items: readonly MessageItem[]): string | undefined {
  const place = events.findIndex((event) => event.getId() === read);
  if (place < 0) return undefined;
  const later = new Set(events.slice(place + 1).map((event) => event.getId()));
  return items.find(({ eventId, isOwn, manner }) => !isOwn && manner !== 'notice' && later.has(eventId))?.eventId;
}

/** Tells the company and one's other devices how far one has read. */
export function createReading(client: MatrixClient, room: Room, userId: string) {
  let told: string | undefined;
  return {
    /** Id of the last event that was seen here. */
    last: (): string | undefined => told,
    see(): void {
      const events = room.getLiveTimeline().getEvents();
      const ofOthers = events.findLast((event) => isSent(event) && event.getSender() !== userId);
      const eventId = ofOthers?.getId();
      if (ofOthers === undefined || eventId === undefined || eventId === told) return;
      const before = told;
      told = eventId;
      if (room.hasUserReadEvent(userId, eventId)) return;
      void client.setRoomReadMarkers(room.roomId, eventId, ofOthers).catch(() => {
        told = before;
      });
    },
    /** Messages of others after the last one that was seen. */
    countNew(items: (events: readonly MatrixEvent[]) => number): number {
      const events = room.getLiveTimeline().getEvents();
      const place = events.findIndex((event) => event.getId() === told);
      return place < 0 ? 0 : items(events.slice(place + 1));
    },
  };
}
