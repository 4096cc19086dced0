import { fileContentOf } from '../files/room-files.ts';
import type { MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import { isSaid } from './conversation-summary.ts';

/** How far a message of one's own is. */
export type Delivery = 'waiting' | 'sending' | 'sent' | 'read' | 'failed';

/** One thing that was said in a conversation. */
export type MessageItem = {
  /** Stable while it is shown: the id of the event, or the id with which it is sent. */
  readonly key: string;
  readonly eventId: string;
  readonly isOwn: boolean;
  /** Whether the company's system said it, not a person. */
  readonly isNotice: boolean;
  readonly sender: string;
  /** What was written; undefined for what was taken back. */
  readonly body: string | undefined;
  readonly isEdited: boolean;
  /** Content of a message that is a file. */
  readonly file: Readonly<Record<string, unknown>> | undefined;
  readonly at: number;
  readonly delivery: Delivery | undefined;
  /** Code of why the homeserver did not take it. */
  readonly refusal: string | undefined;
};

/** How far the library is with an event that is being sent; its enumeration would bring the library along. */
const statusOf = (event: MatrixEvent): string | null => event.status;

function deliveryOf(event: MatrixEvent, seenByOthers: (eventId: string) => boolean): Delivery {
  const status = statusOf(event);
  if (status === 'not_sent') return 'failed';
  if (status === 'queued') return 'waiting';
  if (status !== null && status !== 'sent') return 'sending';
  return seenByOthers(event.getId() ?? '') ? 'read' : 'sent';
}

/** What the room of a conversation shows, oldest first; what is being sent comes last. */
export function messageItems(room: Room, userId: string, refusalOf: (event: MatrixEvent) => string | undefined): MessageItem[] {
  const others = room.getJoinedMembers().filter((member) => member.userId !== userId);
  const seenByOthers = (eventId: string): boolean => others.some((member) => room.hasUserReadEvent(member.userId, eventId));
  const events = [...room.getLiveTimeline().getEvents(), ...room.getPendingEvents()];
  return events
    .filter((event) => isSaid(event) && statusOf(event) !== 'cancelled')
    .map((event) => {
      const sender = event.getSender() ?? '';
      const isOwn = sender === userId;
      const content = event.getContent();
      const body: unknown = content['body'];
      return {
        key: event.getTxnId() ?? event.getId() ?? '',
        eventId: event.getId() ?? '',
        isOwn,
        isNotice: content['msgtype'] === 'm.notice',
        sender: room.getMember(sender)?.rawDisplayName ?? '',
        body: event.isRedacted() ? undefined : typeof body === 'string' ? body : '',
        isEdited: event.replacingEvent() !== null,
        file: event.isRedacted() ? undefined : fileContentOf(event.getType(), content),
        at: event.getTs(),
        refusal: isOwn ? refusalOf(event) : undefined,
        delivery: isOwn ? deliveryOf(event, seenByOthers) : undefined,
      };
    });
}
