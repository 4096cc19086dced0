import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';
import type { ConversationRooms } from '../matrix/conversation-rooms.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { FindRefusal } from './customer-admission.ts';

type Dependencies = {
  readonly database: Database;
  readonly rooms: Pick<ConversationRooms, 'setWriting'>;
  readonly findRefusal: FindRefusal;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  readonly findConversation: (id: ConversationId) => Promise<Conversation | undefined>;
  /** Matrix ids of accounts of a person; ghosts are no accounts. */
  readonly listCustomerIds: (id: PersonId) => Promise<readonly UserId[]>;
  /** A current member only. */
  readonly findMember: (companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
};

/**
 * Lets the customer of a conversation write in its room, or keeps them from it, as the rows say when it runs. Their power is
 * lowered and they are not put out: who may not write may still read what was said to them, as in the widget.
 */
export function createCustomerWriting(dependencies: Dependencies): Pick<OutboxHandlers, 'bringWriting'> {
  const { database, rooms, findRefusal, getCompany, findConversation, listCustomerIds, findMember } = dependencies;
  return {
    async bringWriting({ conversationId }) {
      const conversation = await findConversation(conversationId);
      if (conversation === undefined) return;
      const company = await getCompany(conversation.companyId);
      for (const userId of await listCustomerIds(conversation.personId)) {
        // The power of a member is the membership's.
        if ((await findMember(company.id, userId)) !== undefined) continue;
        const mayWrite = (await findRefusal(database, company, userId)) === undefined;
        await rooms.setWriting(company, conversation.roomId, userId, mayWrite);
      }
    },
  };
}

/** The call that brings it; in the lane of the room, because each writes the powers as a whole. */
export function writingCall({ id, roomId }: Pick<Conversation, 'id' | 'roomId'>) {
  return { lane: roomId, action: 'bringWriting' as const, payload: { conversationId: id } };
}
