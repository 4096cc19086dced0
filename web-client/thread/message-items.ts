import { repliedTo } from '../../appservice/conversations/event-relation.ts';
import { textOf } from '../../appservice/conversations/formatted-text.ts';
import { withoutReplyFallback } from '../../appservice/reply-fallback.ts';
import { isSaid } from '../conversations/conversation-summary.ts';
import { fileContentOf } from '../files/room-files.ts';
import type { MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import type { Delivery, Manner, MessageItem, Reaction } from './message-item.ts';

type Content = Readonly<Record<string, unknown>>;

/** How far the library is with an event that is being sent; its enumeration would bring the library along. */
const statusOf = (event: MatrixEvent): string | null => event.status;

const isObject = (value: unknown): value is Content => typeof value === 'object' && value !== null && !Array.isArray(value);

const MANNERS: ReadonlyMap<unknown, Manner> = new Map([
  ['m.emote', 'emote'],
  ['m.notice', 'notice'],
]);

/** Longer ones are no sign but words. */
const MAX_KEY = 40;

/**
 * The edit that holds now. Only the sender's own counts (https://spec.matrix.org/v1.15/client-server-api/#validity-of-replacement-events);
 * the library looks at that too, what the homeserver hands over with an event it does not.
 */
function replacementOf(event: MatrixEvent): { id: string; content: Content } | undefined {
  const local = event.replacingEvent();
  const found = local?.event ?? event.getServerAggregatedRelation<Record<string, unknown>>('m.replace');
  if (!isObject(found) || found['sender'] !== event.getSender()) return undefined;
  const { content, event_id: id } = found;
  const edited = isObject(content) ? content['m.new_content'] : undefined;
  return isObject(edited) ? { id: String(id), content: edited } : undefined;
}

/** Reactions in the order of their first one; a person counts once for each sign. */
function reactionsOf(relations: readonly MatrixEvent[], userId: string): Reaction[] {
  const found = new Map<string, Map<string, string>>();
  for (const event of [...relations].toSorted((one, other) => one.getTs() - other.getTs())) {
    const relation = event.getRelation();
    const key: unknown = relation?.key;
    if (event.isRedacted() || statusOf(event) === 'cancelled' || typeof key !== 'string' || key === '' || key.length > MAX_KEY) continue;
    const senders = found.get(key) ?? new Map<string, string>();
    if (!senders.has(event.getSender() ?? '')) senders.set(event.getSender() ?? '', event.getId() ?? '');
    found.set(key, senders);
  }
  return [...found].map(([key, senders]) => ({ key, count: senders.size, ownEventId: senders.get(userId) }));
}

/** Makes what a room shows of its events; a message that has not changed is the same object as before, so that it is not drawn again. */
export function createMessageItems(room: Room, userId: string, refusalOf: (event: MatrixEvent) => string | undefined) {
  const known = new WeakMap<MatrixEvent, { readonly stamp: string; readonly item: MessageItem }>();

  function deliveryOf(event: MatrixEvent, isLast: boolean, failed: string | undefined): Delivery {
    const status = statusOf(event);
    if (failed !== undefined) return 'failed';
    if (status === 'queued') return 'waiting';
    if (status !== null && status !== 'sent') return 'sending';
    const eventId = event.getId() ?? '';
    // Asked of the last one only: it is the one that says so.
    const isRead =
      isLast && room.getJoinedMembers().some((member) => member.userId !== userId && room.hasUserReadEvent(member.userId, eventId));
    return isRead ? 'read' : 'sent';
  }

  function itemOf(event: MatrixEvent, isLast: boolean, faults: ReadonlyMap<string, string>): MessageItem {
    const eventId = event.getId() ?? '';
    const senderId = event.getSender() ?? '';
    const isOwn = senderId === userId;
    const isGone = event.isRedacted();
    const replacement = isGone ? undefined : replacementOf(event);
    const related = room.relations.getChildEventsForEvent(eventId, 'm.annotation', 'm.reaction')?.getRelations() ?? [];
    const reactions = isGone || related.length === 0 ? [] : reactionsOf(related, userId);
    const failed = faults.get(eventId);
    const delivery = isOwn ? deliveryOf(event, isLast, failed) : undefined;
    const refusal = isOwn && failed !== undefined ? refusalOf(event) : undefined;
    const signs = reactions.map(({ key, count, ownEventId }) => [key, count, ownEventId]);
    const stamp = JSON.stringify([eventId, isGone, replacement?.id, delivery, failed, refusal, signs, event.getType()]);
    const before = known.get(event);
    if (before?.stamp === stamp) return before.item;
    const original: Content = event.getOriginalContent();
    const content = isGone ? {} : (replacement?.content ?? original);
    const replyTo = isGone ? undefined : repliedTo(original);
    // The repeated quote of older clients is looked for where the message answers one, in edits of it too.
    const relation = replyTo === undefined ? {} : { 'm.relates_to': { 'm.in_reply_to': { event_id: replyTo } } };
    const body: unknown = content['body'];
    const words = typeof body !== 'string' ? '' : replyTo === undefined ? body : withoutReplyFallback(body);
    const item: MessageItem = {
      key: event.getTxnId() ?? eventId,
      eventId,
      senderId,
      isOwn,
      manner: MANNERS.get(content['msgtype']) ?? 'said',
      file: isGone ? undefined : fileContentOf(event.getType(), content),
      nodes: textOf({ msgtype: 'm.text', ...content, ...relation }) ?? [],
      words,
      isGone,
      isEdited: replacement !== undefined,
      isThere: eventId.startsWith('$') && statusOf(event) === null,
      replyTo,
      reactions,
      at: event.getTs(),
      delivery,
      refusal,
      failed,
    };
    known.set(event, { stamp, item });
    return item;
  }

  /** What the events say, oldest first; `pending` is on the way. */
  return (events: readonly MatrixEvent[], pending: readonly MatrixEvent[]): MessageItem[] => {
    const faults = new Map<string, string>();
    for (const event of room.getPendingEvents().filter((each) => statusOf(each) === 'not_sent')) {
      const eventId = event.getId() ?? '';
      faults.set(isSaid(event) ? eventId : (event.getAssociatedId() ?? eventId), eventId);
    }
    const said = [...events, ...pending].filter((event) => isSaid(event) && statusOf(event) !== 'cancelled');
    const last = said.findLast((event) => event.getSender() === userId && statusOf(event) === null);
    return said.map((event) => itemOf(event, event === last, faults));
  };
}

/** See `createMessageItems`. */
export type MessageItems = ReturnType<typeof createMessageItems>;
