import type { Sender } from '../../../appservice/conversations/conversation-wire.ts';
import type { OutboxItem } from '../../transport/session-store.ts';
import { type Entry, ownEvent, type Thread } from '../conversation-state.ts';
import { type ShownMessage, shownMessages } from '../shown-messages.ts';

/** State of one of the person's own messages. */
export type Delivery = 'sending' | 'sent' | 'read' | 'failed';

/** A message as the list shows it. */
export type MessageRow = {
  readonly kind: 'message';
  /** Stays the same from the first attempt to send on, so that nothing is drawn twice. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who wrote it; undefined for the person. */
  readonly sender: Sender | undefined;
  /** The message with its edits and reactions. */
  readonly message: ShownMessage;
  /** Words, where there is no formatted text; the name of a file. */
  readonly body: string;
  /** What it answers, where that is known. */
  readonly quoted: ShownMessage | undefined;
  /** The message or its edit while the server does not have it. */
  readonly item: OutboxItem | undefined;
  /** First of a run of messages by the same sender. */
  readonly isFirst: boolean;
  /** Last of such a run. */
  readonly isLast: boolean;
  /** State to show below the message; undefined where a later message shows it. */
  readonly delivery: Delivery | undefined;
};

/** A line between two days. */
export type DayRow = { readonly kind: 'day'; readonly key: string; readonly at: number };

/** A line of the message list. */
export type Row = MessageRow | DayRow;

const GROUP_MS = 5 * 60_000;

const dayOf = (at: number): string => new Date(at).toDateString();

/** Words of a message; empty where there are none. */
export const bodyOf = ({ content }: ShownMessage): string => (typeof content['body'] === 'string' ? content['body'] : '');

type Draft = Omit<MessageRow, 'isFirst' | 'isLast' | 'delivery'> & { readonly delivery: Delivery };

/** What is on its way, as if it had come already: a reaction shows at once, and so does an edit. */
const pendingEntry = (item: OutboxItem): Entry => ownEvent(item, { conversationId: '', eventId: item.txnId, seq: null, at: item.at });

function toDraft(
  message: ShownMessage,
  byId: ReadonlyMap<string, ShownMessage>,
  items: ReadonlyMap<string, OutboxItem>,
  readSeq: number,
): Draft {
  const { entry, edit, repliesTo } = message;
  const item = items.get(edit?.eventId ?? '') ?? items.get(entry.eventId);
  return {
    kind: 'message',
    key: entry.txnId ?? entry.eventId,
    at: entry.at,
    sender: entry.sender.kind === 'person' ? undefined : entry.sender,
    message,
    body: bodyOf(message),
    quoted: byId.get(repliesTo ?? ''),
    item,
    delivery: item ? (item.failed ? 'failed' : 'sending') : entry.seq !== null && entry.seq <= readSeq ? 'read' : 'sent',
  };
}

const belongTogether = (one: Draft, other: Draft): boolean =>
  one.sender?.id === other.sender?.id && dayOf(one.at) === dayOf(other.at) && Math.abs(other.at - one.at) < GROUP_MS;

/** A state stands below the last message that has it; every failed one shows its own, because each asks for an answer. */
function shownDeliveries(drafts: readonly Draft[]): ReadonlyMap<string, Delivery> {
  const shown = new Map<string, Delivery>();
  let later: Delivery | undefined;
  for (const { key, sender, delivery } of drafts.toReversed()) {
    if (sender) continue;
    if (delivery === 'failed' || delivery !== later) shown.set(key, delivery);
    later = delivery;
  }
  return shown;
}

/** Marks as redacted what a pending deletion takes back. */
function withDeletions(entries: readonly Entry[], pending: readonly Entry[]): readonly Entry[] {
  const gone = new Set(pending.map(({ redacts }) => redacts));
  return entries.map((entry) =>
    gone.has(entry.eventId) && !entry.isRedacted ? { ...entry, content: {}, isRedacted: true as const } : entry,
  );
}

/** Lines of the list: days, runs of messages, own messages on their way. Events that are no messages have none. */
export function listRows(thread: Thread | undefined, outbox: readonly OutboxItem[]): readonly Row[] {
  const entries = thread?.entries ?? [];
  const delivered = new Set(entries.map(({ txnId }) => txnId));
  const waiting = outbox.filter(({ txnId }) => !delivered.has(txnId));
  const pending = waiting.map(pendingEntry);
  const messages = shownMessages([...withDeletions(entries, pending), ...pending]);
  const byId = new Map(messages.map((message) => [message.entry.eventId, message]));
  const items = new Map(waiting.map((item) => [item.txnId, item]));
  const drafts = messages.map((message) => toDraft(message, byId, items, thread?.summary.readByCompanySeq ?? 0));
  const deliveries = shownDeliveries(drafts);
  return drafts.flatMap((draft, index): Row[] => {
    const before = drafts[index - 1];
    const after = drafts[index + 1];
    const row: MessageRow = {
      ...draft,
      isFirst: !before || !belongTogether(before, draft),
      isLast: !after || !belongTogether(draft, after),
      delivery: deliveries.get(draft.key),
    };
    const newDay = !before || dayOf(before.at) !== dayOf(draft.at);
    return newDay ? [{ kind: 'day', key: dayOf(draft.at), at: draft.at }, row] : [row];
  });
}
