import type {
  ConversationEvent,
  ConversationSummary,
  SendEventResponse,
  Sender,
} from '../../appservice/conversations/conversation-wire.ts';
import type { OutboxItem } from '../transport/session-store.ts';
import type { StreamMessage } from '../transport/stream.ts';
import { isMessage, relationOf } from './relations.ts';

/** An event as the panel holds it. */
export type Entry = ConversationEvent & {
  /** The content was taken back. */
  readonly isRedacted?: true;
  /** It was an edit before its content was taken back: without it, the message is as it was before. */
  readonly wasEdit?: true;
};

/** A conversation as far as the panel knows it. */
export type Thread = {
  /** How far it is. */
  readonly summary: ConversationSummary;
  /** Known events, oldest first. */
  readonly entries: readonly Entry[];
  /** Mark for older events: undefined before the first page was read, null at the beginning of the conversation. */
  readonly before: string | null | undefined;
  /** Up to where the stream has told everything: from there it resumes. The summary may be ahead of it. */
  readonly resumeSeq: number;
  /** Who of the company is writing. */
  readonly typing: readonly Sender[];
};

/** All conversations of the visitor with the company, latest first. */
export type ConversationState = readonly Thread[];

/** What changes the state. */
export type Change =
  | StreamMessage
  /** The list of conversations was read. */
  | { readonly type: 'conversations'; readonly value: readonly ConversationSummary[] }
  /** A page of events was read. */
  | {
      readonly type: 'page';
      readonly conversationId: string;
      readonly events: readonly ConversationEvent[];
      readonly before: string | null;
    }
  /** An event of our own was taken by the server. */
  | { readonly type: 'sent'; readonly value: SendEventResponse; readonly item: OutboxItem }
  /** A conversation was deleted. */
  | { readonly type: 'deleted'; readonly conversationId: string }
  /** The person has seen everything of a conversation, up to this place, which may be ahead of the summary. */
  | { readonly type: 'seen'; readonly conversationId: string; readonly seq: number }
  /** The connection was lost: who was writing then may have stopped. */
  | { readonly type: 'disconnected' };

const newThread = (summary: ConversationSummary): Thread => ({
  summary,
  entries: [],
  before: undefined,
  resumeSeq: summary.lastSeq,
  typing: [],
});

function byPlace(one: Entry, other: Entry): number {
  return (one.seq ?? Infinity) - (other.seq ?? Infinity) || one.at - other.at;
}

/** The event without its words. */
function emptied(entry: Entry): Entry {
  const { text: _text, ...rest } = entry;
  const wasEdit = entry.wasEdit ?? relationOf(entry.content).replaces !== undefined;
  return { ...rest, content: {}, isRedacted: true, ...(wasEdit && { wasEdit: true as const }) };
}

/** Adds events without doubles; what was redacted stays so, whichever came first. */
function merge(known: readonly Entry[], coming: readonly ConversationEvent[]): readonly Entry[] {
  const entries = new Map<string, Entry>(known.map((entry) => [entry.eventId, entry]));
  for (const event of coming) {
    const before = entries.get(event.eventId);
    const isEmpty = event.type === 'm.room.message' && Object.keys(event.content).length === 0;
    if (!before?.isRedacted) entries.set(event.eventId, isEmpty ? emptied({ ...before, ...event, content: before?.content ?? {} }) : event);
  }
  for (const { redacts = '' } of entries.values()) {
    const target = entries.get(redacts);
    if (target && !target.isRedacted) entries.set(redacts, emptied(target));
  }
  return [...entries.values()].sort(byPlace);
}

function update(state: ConversationState, conversationId: string, edit: (thread: Thread) => Thread): ConversationState {
  return state.map((thread) => (thread.summary.id === conversationId ? edit(thread) : thread));
}

/** Puts conversations in, keeps their events, and orders them: what was opened last stands first. */
function withSummaries(state: ConversationState, summaries: readonly ConversationSummary[]): ConversationState {
  const threads = new Map(state.map((thread) => [thread.summary.id, thread]));
  for (const summary of summaries) threads.set(summary.id, { ...(threads.get(summary.id) ?? newThread(summary)), summary });
  return [...threads.values()].sort((one, other) => other.summary.openedAt - one.summary.openedAt);
}

function receive(thread: Thread, event: ConversationEvent): Thread {
  const { summary } = thread;
  const seq = event.seq ?? summary.lastSeq;
  const isNew = seq > summary.lastSeq;
  const own = event.sender.kind === 'person';
  return {
    ...thread,
    entries: merge(thread.entries, [event]),
    typing: isMessage(event) ? thread.typing.filter(({ id }) => id !== event.sender.id) : thread.typing,
    summary: {
      ...summary,
      lastSeq: Math.max(seq, summary.lastSeq),
      unread: isNew && !own && isMessage(event) ? summary.unread + 1 : summary.unread,
    },
  };
}

/** A conversation that the server has just made for a first message; the list of conversations brings the rest. */
function openedBy({ conversationId, seq, at }: SendEventResponse): ConversationSummary {
  return {
    id: conversationId,
    number: 0,
    status: 'waiting',
    encrypted: false,
    openedAt: at,
    closedAt: null,
    lastSeq: seq,
    readByPersonSeq: seq,
    readByCompanySeq: 0,
    unread: 0,
    answering: [],
  };
}

/** An event of our own at its place, as it would come by the stream. */
export function ownEvent({ txnId, type, content }: OutboxItem, place: Omit<SendEventResponse, 'seq'> & Pick<Entry, 'seq'>): Entry {
  const { redacts } = content;
  const sender: Sender = { kind: 'person', id: '', name: '', pictureUrl: null };
  return { ...place, txnId, type, content, sender, ...(typeof redacts === 'string' && { redacts }) };
}

function takeSent(state: ConversationState, { value, item }: Extract<Change, { type: 'sent' }>): ConversationState {
  const { conversationId, eventId } = value;
  const known = state.some(({ summary }) => summary.id === conversationId);
  return update(known ? state : withSummaries(state, [openedBy(value)]), conversationId, (thread) =>
    thread.entries.some((entry) => entry.eventId === eventId) ? thread : receive(thread, ownEvent(item, value)),
  );
}

/** The state after a change. Knows neither network nor browser. */
export function changeConversations(state: ConversationState, change: Change): ConversationState {
  switch (change.type) {
    case 'conversations':
      return withSummaries(state, change.value);
    case 'conversation':
      return withSummaries(state, [change.value]);
    case 'event':
      return update(state, change.value.conversationId, (thread) => ({
        ...receive(thread, change.value),
        resumeSeq: Math.max(thread.resumeSeq, change.value.seq ?? 0),
      }));
    case 'page':
      return update(state, change.conversationId, (thread) => ({
        ...thread,
        entries: merge(merge([], change.events), thread.entries),
        before: change.before,
      }));
    case 'typing':
      return update(state, change.value.conversationId, (thread) => ({ ...thread, typing: change.value.senders }));
    case 'sent':
      return takeSent(state, change);
    case 'seen':
      return update(state, change.conversationId, (thread) => ({
        ...thread,
        summary: { ...thread.summary, unread: 0, readByPersonSeq: Math.max(thread.summary.lastSeq, change.seq) },
      }));
    case 'deleted':
      return state.filter(({ summary }) => summary.id !== change.conversationId);
    case 'disconnected':
      return state.map((thread) => ({ ...thread, typing: [] }));
    case 'ready':
      return state;
  }
}

/** Number of messages that the person has not read, over all conversations. */
export const countUnread = (state: ConversationState): number => state.reduce((sum, { summary }) => sum + summary.unread, 0);

/** What the stream has to go on from: `<conversationId>:<seq>,…`. */
export const lastEventIds = (state: ConversationState): string =>
  state.map(({ summary, resumeSeq }) => `${summary.id}:${resumeSeq}`).join(',');
