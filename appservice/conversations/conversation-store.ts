import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId } from '../ids.ts';
import type { Channel, Conversation } from './conversation.ts';
import type { ConversationStatus } from './conversation-wire.ts';

type Row = {
  id: ConversationId;
  company_id: CompanyId;
  number: number;
  person_id: PersonId;
  room_id: RoomId;
  encrypted: boolean;
  channel: Channel;
  status: ConversationStatus;
  department: string | null;
  assignee: string | null;
  announcement_event_id: EventId | null;
  last_seq: number;
  read_by_person_seq: number;
  read_by_company_seq: number;
  opened_at: Date;
  closed_at: Date | null;
  deleted_at: Date | null;
};

const toDomain = (row: Row): Conversation => ({
  id: row.id,
  companyId: row.company_id,
  number: row.number,
  personId: row.person_id,
  roomId: row.room_id,
  encrypted: row.encrypted,
  channel: row.channel,
  status: row.status,
  department: row.department,
  assignee: row.assignee,
  announcementEventId: row.announcement_event_id,
  lastSeq: row.last_seq,
  readByPersonSeq: row.read_by_person_seq,
  readByCompanySeq: row.read_by_company_seq,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
});

/** What a new conversation is made of. */
export type NewConversation = Pick<Conversation, 'companyId' | 'number' | 'personId' | 'roomId' | 'encrypted' | 'channel'>;

/** Rows of `conversation`. */
export function createConversationStore(database: Database) {
  const find = async (where: Partial<Row>): Promise<Conversation | undefined> => {
    const row = await database<Row>('conversation').where(where).first();
    return row === undefined ? undefined : toDomain(row);
  };
  return {
    async create(conversation: NewConversation): Promise<Conversation> {
      const [row] = await database<Row>('conversation')
        .insert({
          id: randomUUID() as ConversationId,
          company_id: conversation.companyId,
          number: conversation.number,
          person_id: conversation.personId,
          room_id: conversation.roomId,
          encrypted: conversation.encrypted,
          channel: conversation.channel,
          status: 'waiting',
        })
        .returning('*');
      if (row === undefined) throw new Error('the new conversation was not returned');
      return toDomain(row);
    },
    findById: (id: ConversationId) => find({ id }),
    /** As `findById`, without those that the person has deleted for good. */
    findShown: (id: ConversationId) => find({ id, deleted_at: null }),
    findByRoom: (roomId: RoomId) => find({ room_id: roomId }),
    findByAnnouncement: (eventId: EventId) => find({ announcement_event_id: eventId }),
    /** A person's conversation; undefined also for somebody else's, so that a stranger learns nothing. */
    findOfPerson: (id: ConversationId, personId: PersonId, companyId: CompanyId) =>
      find({ id, person_id: personId, company_id: companyId, deleted_at: null }),
    /** Conversations of a person with a company, latest first. */
    async listOfPerson(personId: PersonId, companyId: CompanyId): Promise<Conversation[]> {
      const rows = await database<Row>('conversation')
        .where({ person_id: personId, company_id: companyId, deleted_at: null })
        .orderBy('last_event_at', 'desc')
        .limit(50);
      return rows.map(toDomain);
    },
    /** Changes the status if it is one of `from` at this moment, whatever the caller read before; answers whether it changed. */
    async changeStatus(id: ConversationId, from: readonly ConversationStatus[], status: ConversationStatus): Promise<boolean> {
      const changed = await database('conversation')
        .where({ id })
        .whereIn('status', from)
        .update({ status, closed_at: status === 'closed' ? database.fn.now() : null });
      return changed > 0;
    },
    /** Notes the announcement, unless there is one. */
    async setAnnouncement(id: ConversationId, eventId: EventId): Promise<void> {
      await database('conversation').where({ id }).whereNull('announcement_event_id').update({ announcement_event_id: eventId });
    },
    /** Forgets it, because the conversation is to be announced elsewhere. */
    async clearAnnouncement(id: ConversationId): Promise<void> {
      await database('conversation').where({ id }).update({ announcement_event_id: null });
    },
    /** Gives it to a member (row id), or to nobody, if it has the `from` that the caller knows; answers whether it changed. */
    async changeAssignee(id: ConversationId, from: string | null, to: string | null): Promise<boolean> {
      const changed = await database('conversation').where({ id, assignee: from }).update({ assignee: to });
      return changed > 0;
    },
    /** Moves it to a department (row id), or back to the whole company. */
    async setDepartment(id: ConversationId, department: string | null): Promise<void> {
      await database('conversation').where({ id }).update({ department });
    },
    /** Conversations of a company that nobody has and that are not closed, the oldest first. */
    async listUnassigned(companyId: CompanyId, limit: number): Promise<Conversation[]> {
      const rows = await database<Row>('conversation')
        .where({ company_id: companyId, assignee: null })
        .whereNot({ status: 'closed' })
        .where('last_seq', '>', 0)
        .orderBy('opened_at')
        .limit(limit);
      return rows.map(toDomain);
    },
    /** Conversations of a department, closed ones too. */
    async listOfDepartment(department: string): Promise<Conversation[]> {
      return (await database<Row>('conversation').where({ department }).orderBy('number')).map(toDomain);
    },
    /** Notes that the person was counted after this closing; false where it is open or they were. */
    async markRated(id: ConversationId): Promise<boolean> {
      const rated = await database('conversation')
        .where({ id, status: 'closed' })
        .whereRaw('rated_closing is distinct from closed_at')
        .update({ rated_closing: database.ref('closed_at') });
      return rated > 0;
    },
    /** Hides it from the person for good; false when it was hidden before. */
    async markDeleted(id: ConversationId): Promise<boolean> {
      return (await database('conversation').where({ id, deleted_at: null }).update({ deleted_at: database.fn.now() })) > 0;
    },
    /** Number of conversations of a person with all companies, hidden ones too. */
    async countOfPerson(personId: PersonId): Promise<number> {
      const row = await database('conversation').where({ person_id: personId }).count<{ count: string }>('* as count').first();
      return Number(row?.count ?? 0);
    },
    /** Takes out the row, with index and agents. */
    async remove(id: ConversationId): Promise<void> {
      await database('conversation_event').where({ conversation_id: id }).delete();
      await database('conversation_agent').where({ conversation_id: id }).delete();
      await database('conversation').where({ id }).delete();
    },
    /** Moves a mark of reading forward, never back; answers whether it moved. */
    async markRead(id: ConversationId, reader: 'person' | 'company', seq: number): Promise<boolean> {
      const column = reader === 'person' ? 'read_by_person_seq' : 'read_by_company_seq';
      const changed = await database('conversation')
        .where({ id })
        .where(column, '<', seq)
        .update({ [column]: seq });
      return changed > 0;
    },
    /** Next short number of a company; numbers of rooms that were never used are skipped. */
    async takeNumber(companyId: CompanyId): Promise<number> {
      const [row] = await database<{ id: CompanyId; last_number: number }>('company')
        .where({ id: companyId })
        .increment('last_number', 1)
        .returning('last_number');
      if (row === undefined) throw new Error('the company does not exist');
      return row.last_number;
    },
  };
}

/** See `createConversationStore`. */
export type ConversationStore = ReturnType<typeof createConversationStore>;
