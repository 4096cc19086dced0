import type { CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, EventId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
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
  /** An event of the conversation's own room; undefined for any other. */
  readonly findEvent: (conversation: Conversation, eventId: EventId) => Promise<MatrixEvent | undefined>;
  readonly processId: string;
};

/** Moves the marks of reading forward when somebody of the company, or the person in another client, has read. */
export function createConversationReceipts({ database, publisher, findMember, findIdentity, findEvent, processId }: Dependencies) {
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);

  async function readerIn(conversation: Conversation, userId: UserId): Promise<'person' | 'company' | undefined> {
    if ((await findIdentity(userId))?.personId === conversation.personId) return 'person';
    return (await findMember(conversation.companyId, userId)) === undefined ? undefined : 'company';
  }

  /** The place up to which a receipt counts; undefined for one that names an event of another room (of the kind of CVE-2023-42453). */
  async function placeOf(conversation: Conversation, eventId: EventId): Promise<number | undefined> {
    const indexed = await index.findByEventId(eventId);
    if (indexed !== undefined) {
      if (indexed.conversationId !== conversation.id || indexed.roomId !== conversation.roomId) return undefined;
      // A command has no place of the person's: who has read it has read what stands before it.
      return indexed.seq > 0 ? indexed.seq : index.findLastSeq(conversation, indexed.at);
    }
    // Clients mark the last line they show, which may be state that has no place: who has read it has read what stands before it.
    const event = await findEvent(conversation, eventId);
    return event === undefined ? undefined : index.findLastSeq(conversation, new Date(event.at));
  }

  return async (conversation: Conversation, eventId: EventId, userIds: readonly UserId[]): Promise<void> => {
    for (const userId of userIds) {
      const reader = await readerIn(conversation, userId);
      const seq = reader === undefined ? undefined : await placeOf(conversation, eventId);
      if (reader === undefined || seq === undefined || !(await conversations.markRead(conversation.id, reader, seq))) continue;
      await index.notifyChange(conversation);
      publisher.publish([conversationChanged(conversation)]);
    }
  };
}
