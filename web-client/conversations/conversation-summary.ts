import type { MatrixEvent, Room } from '../matrix/matrix-sdk.ts';

/** How far a conversation is; what `com.smoope.conversation` says. */
export type ConversationStatus = 'waiting' | 'open' | 'closed';

/** One line of the list of conversations. */
export type ConversationSummary = {
  readonly roomId: string;
  /** Name of the company. */
  readonly company: string;
  readonly status: ConversationStatus | undefined;
  /** Last words, undefined where there are none yet or they cannot be read. */
  readonly preview: string | undefined;
  /** Whether the last words are the person's own. */
  readonly isOwn: boolean;
  /** Last activity in milliseconds since 1970: words, or what happened where they are not known yet; 0 where nothing is. */
  readonly at: number;
  /** Whether something was written that the person has not seen. */
  readonly isUnread: boolean;
};

const STATUSES: readonly unknown[] = ['waiting', 'open', 'closed'];

/** The name of a room is that of the company with the number of the conversation, which says nothing to a customer. */
export const companyName = (roomName: string): string => roomName.replace(/ · \d+$/, '');

/**
 * Whether the service itself emptied an event: it does so with the edits of a message that was deleted, and nothing in them tells any more
 * that they were edits.
 */
const isCleared = (event: MatrixEvent): boolean => event.getUnsigned().redacted_because?.sender.startsWith('@company_') === true;

/** Whether an event is something that somebody said. */
export const isSaid = (event: MatrixEvent): boolean =>
  ['m.room.message', 'm.sticker', 'm.room.encrypted'].includes(event.getType()) &&
  event.getRelation()?.rel_type !== 'm.replace' &&
  !isCleared(event);

function previewOf(event: MatrixEvent | undefined): string | undefined {
  const body: unknown = event?.getContent()['body'];
  return typeof body === 'string' && !event?.isRedacted() ? body.replaceAll(/\s+/g, ' ').trim().slice(0, 200) : undefined;
}

/** What the list shows of a room. */
export function summaryOf(room: Room, userId: string): ConversationSummary {
  const status: unknown = room.currentState.getStateEvents('com.smoope.conversation', '')?.getContent()['status'];
  const events = room.getLiveTimeline().getEvents().filter(isSaid);
  const last = [...events, ...room.getPendingEvents().filter(isSaid)].at(-1);
  const lastOfOthers = events.findLast((event) => event.getSender() !== userId);
  const seen = lastOfOthers === undefined || room.hasUserReadEvent(userId, lastOfOthers.getId() ?? '');
  return {
    roomId: room.roomId,
    company: companyName(room.name),
    status: STATUSES.includes(status) ? (status as ConversationStatus) : undefined,
    preview: previewOf(last),
    isOwn: last?.getSender() === userId,
    at: (last ?? room.getLiveTimeline().getEvents().at(-1))?.getTs() ?? 0,
    isUnread: !seen && last?.getSender() !== userId,
  };
}

/** Conversations in the order of the list: what happened last comes first. */
export const inOrder = (summaries: readonly ConversationSummary[]): ConversationSummary[] =>
  summaries.toSorted((one, other) => other.at - one.at || one.company.localeCompare(other.company));
