import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId } from '../ids.ts';

/** An event in a team room that holds what a person gave. */
export type ContactFieldAnswer = { readonly eventId: EventId; readonly roomId: RoomId; readonly conversationId: ConversationId };

type Row = { event_id: EventId; room_id: RoomId; conversation_id: ConversationId };

/** Rows of `contact_field_answer`. */
export function createContactFieldAnswerStore(database: Database) {
  return {
    /** Notes an answer, once; one whose conversation is gone meanwhile went with its thread. */
    async add({ eventId, roomId, conversationId }: ContactFieldAnswer): Promise<void> {
      await database.raw(
        `insert into contact_field_answer (event_id, room_id, conversation_id)
           select :eventId, :roomId, id from conversation where id = :conversationId on conflict do nothing`,
        { eventId, roomId, conversationId },
      );
    },
    /** Answers about a person at a company. */
    async list(personId: PersonId, companyId: CompanyId): Promise<ContactFieldAnswer[]> {
      const rows = await database<Row>('contact_field_answer as answer')
        .join('conversation', 'conversation.id', 'answer.conversation_id')
        .where({ 'conversation.person_id': personId, 'conversation.company_id': companyId })
        .select<Row[]>('answer.*');
      return rows.map((row) => ({ eventId: row.event_id, roomId: row.room_id, conversationId: row.conversation_id }));
    },
    /** Forgets an answer that was taken back. */
    async remove(eventId: EventId): Promise<void> {
      await database('contact_field_answer').where({ event_id: eventId }).delete();
    },
  };
}
