import type { Conversation } from '../../appservice/conversations/conversation.ts';
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
  isRated: false,
  ...changes,
});
