import type { MatrixClient, MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import type { MessageItem } from './message-item.ts';
import { outgoingContent, type Outgoing, type Writing } from './outgoing-content.ts';

type SendEvent = (roomId: string, type: string, content: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** What one does in a room. What fails stands there with "send again"; `say` is called where nothing would show it. */
export function createRoomActions(client: MatrixClient, room: Room, say: () => void) {
  // The library knows the contents of the specification one by one; ours are made by one function each.
  const sendEvent = client.sendEvent.bind(client) as unknown as SendEvent;
  const send = (content: Outgoing): void => void sendEvent(room.roomId, 'm.room.message', content).catch(() => undefined);
  const pending = (eventId: string): MatrixEvent | undefined => room.getPendingEvents().find((event) => event.getId() === eventId);

  /** What failed and nobody sees is not tried again by itself. */
  async function orForget(sending: Promise<unknown>): Promise<void> {
    try {
      await sending;
    } catch {
      for (const event of room
        .getPendingEvents()
        .filter((each) => (each.status as string | null) === 'not_sent' && each.getType() === 'm.reaction'))
        client.cancelPendingEvent(event);
      say();
    }
  }

  return {
    send: (words: string, writing: Writing): void => send(outgoingContent(words, writing)),
    /** Gives a reaction, or takes back one's own. */
    react({ eventId, reactions }: MessageItem, key: string): void {
      const own = reactions.find((reaction) => reaction.key === key)?.ownEventId;
      // One that is still on its way is neither given twice nor taken back.
      if (own !== undefined && !own.startsWith('$')) return;
      const relation = { rel_type: 'm.annotation', event_id: eventId, key };
      const reacting =
        own === undefined ? sendEvent(room.roomId, 'm.reaction', { 'm.relates_to': relation }) : client.redactEvent(room.roomId, own);
      void orForget(reacting);
    },
    /** Deletes a message; the service deletes its edits and its file with it. */
    delete: ({ eventId }: MessageItem): void => void client.redactEvent(room.roomId, eventId).catch(() => undefined),
    sendAgain({ failed }: MessageItem): void {
      const event = failed === undefined ? undefined : pending(failed);
      if (event !== undefined) void client.resendEvent(event, room).catch(() => undefined);
    },
    discard({ failed }: MessageItem): void {
      const event = failed === undefined ? undefined : pending(failed);
      if (event !== undefined) client.cancelPendingEvent(event);
    },
  };
}

/** See `createRoomActions`. */
export type RoomActions = ReturnType<typeof createRoomActions>;
