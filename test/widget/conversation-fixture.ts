import type { ConversationEvent, ConversationSummary, Sender } from '../../appservice/conversations/conversation-wire.ts';

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
