import type { ConversationEvent, ConversationSummary, Sender } from '../../appservice/conversations/conversation-wire.ts';
import type { OutboxItem, OutgoingEvent } from '../../widget/transport/session-store.ts';

/** A conversation that most tests are about. */
export const CONVERSATION = '11111111-1111-4111-8111-111111111111';

/** An agent as the person sees her. */
export const LENA: Sender = { kind: 'agent', id: 'agent-1', name: 'Lena Weber', pictureUrl: null };

/** The person. */
export const PERSON: Sender = { kind: 'person', id: 'person', name: '', pictureUrl: null };

/** A summary, with what a test changes. */
export const aSummary = (changes: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: CONVERSATION,
  number: 7,
  status: 'open',
  encrypted: false,
  openedAt: 1_000,
  closedAt: null,
  lastSeq: 0,
  readByPersonSeq: 0,
  readByCompanySeq: 0,
  unread: 0,
  answering: [],
  ...changes,
});

/** A message by the agent, with what a test changes. */
export const anEvent = (seq: number, changes: Partial<ConversationEvent> = {}): ConversationEvent => ({
  conversationId: CONVERSATION,
  seq,
  eventId: `$event${seq}`,
  type: 'm.room.message',
  at: Date.UTC(2026, 4, 4, 10, seq),
  sender: LENA,
  content: { msgtype: 'm.text', body: `message ${seq}` },
  ...changes,
});

/** A text message that is to be sent. */
export const aText = (body: string): OutgoingEvent => ({ type: 'm.room.message', content: { msgtype: 'm.text', body } });

/** A text message on its way, with what a test changes. */
export const anItem = (txnId: string, body: string, changes: Partial<OutboxItem> = {}): OutboxItem => ({
  ...aText(body),
  txnId,
  at: 1,
  ...changes,
});

/** An edit of a message by the one who wrote it. */
export const anEdit = (seq: number, target: string, body: string, changes: Partial<ConversationEvent> = {}): ConversationEvent =>
  anEvent(seq, {
    content: {
      msgtype: 'm.text',
      body: `* ${body}`,
      'm.new_content': { msgtype: 'm.text', body },
      'm.relates_to': { rel_type: 'm.replace', event_id: target },
    },
    ...changes,
  });

/** A reaction to a message. */
export const aReaction = (seq: number, target: string, key: string, changes: Partial<ConversationEvent> = {}): ConversationEvent =>
  anEvent(seq, {
    type: 'm.reaction',
    content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: target, key } },
    ...changes,
  });

/** A redaction of an event. */
export const aRedaction = (seq: number, redacts: string, changes: Partial<ConversationEvent> = {}): ConversationEvent =>
  anEvent(seq, { type: 'm.room.redaction', content: {}, redacts, ...changes });
