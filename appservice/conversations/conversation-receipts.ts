import type { CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, EventId, UserId } from '../ids.ts';
import type { PersonIdentity } from '../persons/person.ts';
import type { ConversationPublisher } from './conversation-publisher.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';
import { conversationChanged } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly publisher: ConversationPublisher;
  readonly findMember: (companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
  readonly findIdentity: (userId: UserId) => Promise<PersonIdentity | undefined>;
  readonly processId: string;
};

/** Moves the marks of reading forward when somebody of the company, or the person in another client, has read. */
export function createConversationReceipts({ database, publisher, findMember, findIdentity, processId }: Dependencies) {
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);

  async function readerIn(conversation: Conversation, userId: UserId): Promise<'person' | 'company' | undefined> {
    if ((await findIdentity(userId))?.personId === conversation.personId) return 'person';
    return (await findMember(conversation.companyId, userId)) === undefined ? undefined : 'company';
  }

  return async (conversation: Conversation, eventId: EventId, userIds: readonly UserId[]): Promise<void> => {
    const event = await index.findByEventId(eventId);
    // A receipt may name an event of another room; it says nothing about this one (CVE-2023-42453 is of that kind).
    if (event?.conversationId !== conversation.id || event.roomId !== conversation.roomId) return;
    for (const userId of userIds) {
      const reader = await readerIn(conversation, userId);
      if (reader !== undefined && (await conversations.markRead(conversation.id, reader, event.seq))) {
        publisher.publish([conversationChanged(conversation)]);
      }
    }
  };
}
