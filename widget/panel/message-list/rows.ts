import type { Sender } from '../../../appservice/conversations/conversation-wire.ts';
import type { OutboxItem } from '../../transport/session-store.ts';
import type { Entry, Thread } from '../conversation-state.ts';

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
  /** The event; undefined while the message is on its way. */
  readonly entry: Entry | undefined;
  /** Words, where there is no formatted text. */
  readonly body: string;
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

type Draft = Omit<MessageRow, 'isFirst' | 'isLast' | 'delivery'> & { readonly delivery: Delivery };

function fromEntry(entry: Entry, readSeq: number): Draft {
  const own = entry.sender.kind === 'person';
  return {
    kind: 'message',
    key: entry.txnId ?? entry.eventId,
    at: entry.at,
    sender: own ? undefined : entry.sender,
    entry,
    body: typeof entry.content['body'] === 'string' ? entry.content['body'] : '',
    delivery: entry.seq !== null && entry.seq <= readSeq ? 'read' : 'sent',
  };
}

function fromOutbox({ txnId, body, at, failed }: OutboxItem): Draft {
  return { kind: 'message', key: txnId, at, sender: undefined, entry: undefined, body, delivery: failed ? 'failed' : 'sending' };
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

/** Lines of the list: days, runs of messages, own messages on their way. Events that are no messages have none. */
export function listRows(thread: Thread | undefined, outbox: readonly OutboxItem[]): readonly Row[] {
  const entries = (thread?.entries ?? []).filter(({ type }) => type === 'm.room.message');
  const delivered = new Set(entries.map(({ txnId }) => txnId));
  const readSeq = thread?.summary.readByCompanySeq ?? 0;
  const drafts = [
    ...entries.map((entry) => fromEntry(entry, readSeq)),
    ...outbox.filter(({ txnId }) => !delivered.has(txnId)).map(fromOutbox),
  ];
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
