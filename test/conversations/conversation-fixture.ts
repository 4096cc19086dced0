import type { Conversation } from '../../appservice/conversations/conversation.ts';
import type { ConversationEvent, ConversationSummary } from '../../appservice/conversations/conversation-wire.ts';
import type { CompanyId, ConversationId, PersonId, RoomId } from '../../appservice/ids.ts';

/** A conversation with what a test changes. */
export const someConversation = (changes: Partial<Conversation> = {}): Conversation => ({
  id: 'c0000000-0000-4000-8000-000000000001' as ConversationId,
  companyId: 'a0000000-0000-4000-8000-000000000001' as CompanyId,
  number: 7,
  personId: 'b0000000-0000-4000-8000-000000000001' as PersonId,
  roomId: '!room' as RoomId,
  encrypted: false,
  channel: 'widget',
  status: 'open',
  department: null,
  assignee: null,
  announcementEventId: null,
  lastSeq: 0,
  readByPersonSeq: 0,
  readByCompanySeq: 0,
  openedAt: new Date(0),
  closedAt: null,
  ...changes,
});

/** An event of `someConversation` at a place. */
export const someEvent = (seq: number, conversationId: string = someConversation().id): ConversationEvent => ({
  conversationId,
  seq,
  eventId: `$${seq}`,
  type: 'm.room.message',
  at: seq,
  sender: { kind: 'agent', id: 'anna', name: 'Anna', pictureUrl: null },
  content: { msgtype: 'm.text', body: `Nummer ${seq}` },
});

/** A summary of `someConversation`. */
export const someSummary = (): ConversationSummary => ({
  id: someConversation().id,
  number: 7,
  status: 'open',
  encrypted: false,
  openedAt: 0,
  closedAt: null,
  lastSeq: 0,
  readByPersonSeq: 0,
  readByCompanySeq: 0,
  unread: 0,
  answering: [],
});
