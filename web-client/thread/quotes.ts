import { textOf } from '../../appservice/conversations/formatted-text.ts';
import type { MatrixClient, MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import type { Quote } from './message-row.ts';
import { textOfNodes } from './text-template.ts';

type Found = { readonly senderId: string; readonly words: string | undefined };

/** Answers what a message said that others answer: from the room, else from the homeserver, once; `hear` is called when it is there. */
export function createQuotes(client: MatrixClient, room: Room, hear: () => void) {
  const fetched = new Map<string, Found | undefined>();

  function wordsOf(content: Readonly<Record<string, unknown>>, isGone: boolean): string | undefined {
    const nodes = isGone ? undefined : textOf({ msgtype: 'm.text', 'm.relates_to': { 'm.in_reply_to': {} }, ...content });
    return nodes === undefined ? undefined : textOfNodes(nodes);
  }

  const ofEvent = (event: MatrixEvent): Found => ({
    senderId: event.getSender() ?? '',
    words: wordsOf(event.getContent(), event.isRedacted()),
  });

  async function fetchOne(eventId: string): Promise<void> {
    fetched.set(eventId, undefined);
    // Whatever is not there, or not for this person, is not there.
    const raw = await client.fetchRoomEvent(room.roomId, eventId).catch(() => undefined);
    const isGone = raw?.unsigned?.redacted_because !== undefined;
    fetched.set(eventId, { senderId: raw?.sender ?? '', words: wordsOf(raw?.content ?? {}, isGone) });
    hear();
  }

  return (eventId: string, nameOf: (userId: string) => string): Quote | undefined => {
    const event = room.findEventById(eventId);
    if (event === undefined && !fetched.has(eventId)) void fetchOne(eventId);
    const found = event === undefined ? fetched.get(eventId) : ofEvent(event);
    return found === undefined ? undefined : { name: nameOf(found.senderId), words: found.words };
  };
}
