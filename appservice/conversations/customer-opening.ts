import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { PersonId } from '../ids.ts';
import type { ConversationRooms } from '../matrix/conversation-rooms.ts';
import { createConversationStore } from './conversation-store.ts';
import { chooseConversation, type Conversation } from './conversation.ts';
import { roomOwnerOf } from './room-pool.ts';

type Dependencies = { readonly database: Database; readonly rooms: Pick<ConversationRooms, 'create'>; readonly now: () => Date };

/**
 * The conversation of a customer, who writes from a Matrix client of their own, that takes a message now; a new one where there
 * is none. The room is made empty and entered in the row before anybody is invited: what a crash leaves behind, nobody sees.
 */
export function createCustomerOpening({ database, rooms, now }: Dependencies) {
  const conversations = createConversationStore(database);
  return async (company: Company, personId: PersonId): Promise<Conversation> => {
    const latest = await conversations.listOfPerson(personId, company.id);
    const chosen = chooseConversation(latest, company.settings.reopenDays, now());
    if (chosen !== undefined) return chosen;
    const number = await conversations.takeNumber(company.id);
    const roomId = await rooms.create(roomOwnerOf(company), { number });
    return conversations.create({ companyId: company.id, number, personId, roomId, channel: 'matrix', encrypted: false });
  };
}
