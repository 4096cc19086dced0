import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';

/** What other nouns do for an erasure; each may be repeated. */
export type ErasureNeighbours = {
  getCompany(id: CompanyId): Promise<Company>;
  /** Deletes a file at the homeserver. */
  deleteFile(mxc: string): Promise<void>;
  /** Deletes a room with all its events, and waits until that is done; one that is gone is fine. */
  purgeRoom(roomId: RoomId): Promise<void>;
  /** Ends a ghost and what the homeserver keeps of it. */
  eraseGhost(userId: UserId): Promise<void>;
  /** Addresses of the files that were uploaded to a conversation. */
  listUploads(conversationId: ConversationId): Promise<readonly string[]>;
  /** Takes out rows of other nouns that refer to a conversation. */
  removeRows(transaction: Database, conversationId: ConversationId): Promise<void>;
  listUserIds(personId: PersonId): Promise<readonly UserId[]>;
  /** Takes out a person with identities and sessions. */
  removePerson(transaction: Database, personId: PersonId): Promise<void>;
};

type Dependencies = { readonly database: Database; readonly sending: Sending; readonly neighbours: ErasureNeighbours };

/**
 * Deletes a conversation for good: what was written about it in the team room, files, the room with all its events, the ghost
 * with the last conversation, and at the end the rows. Each step may be repeated, so a crash only makes it begin again; the rows
 * go last because they say what is still to be deleted.
 */
export function createConversationErasure({ database, sending, neighbours }: Dependencies): Pick<OutboxHandlers, 'eraseConversation'> {
  type Indexed = { conversation_id: ConversationId; event_id: EventId; room_id: RoomId; mxc: string[]; type: string };

  async function takeBack(conversation: Conversation, company: Company, events: readonly Indexed[]): Promise<void> {
    for (const { room_id: roomId, event_id: eventId, type } of events) {
      if (roomId === conversation.roomId || type === 'm.room.redaction') continue;
      await sending.redact({ as: company, roomId, eventId, txnId: `erase-${eventId}` });
    }
  }

  return {
    async eraseConversation({ conversationId }) {
      const conversation = await createConversationStore(database).findById(conversationId);
      if (conversation === undefined) return;
      const { companyId, personId, roomId } = conversation;
      const events = await database<Indexed>('conversation_event').where({ conversation_id: conversationId }).orderBy('seq');
      await takeBack(conversation, await neighbours.getCompany(companyId), events);
      const files = new Set([...events.flatMap(({ mxc }) => mxc), ...(await neighbours.listUploads(conversationId))]);
      for (const mxc of files) await neighbours.deleteFile(mxc);
      await neighbours.purgeRoom(roomId);
      const isLast = (await createConversationStore(database).countOfPerson(personId)) === 1;
      if (isLast) for (const userId of await neighbours.listUserIds(personId)) await neighbours.eraseGhost(userId);
      await inTransaction(database, async (transaction) => {
        await neighbours.removeRows(transaction, conversationId);
        await createConversationStore(transaction).remove(conversationId);
        if ((await createConversationStore(transaction).countOfPerson(personId)) === 0)
          await neighbours.removePerson(transaction, personId);
      });
    },
  };
}
