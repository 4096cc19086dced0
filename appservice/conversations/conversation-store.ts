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
  rated_closing: Date | null;
  hidden_at: Date | null;
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
  isRated: row.closed_at !== null && row.rated_closing?.getTime() === row.closed_at.getTime(),
});

/** What a new conversation is made of. */
export type NewConversation = Pick<Conversation, 'companyId' | 'number' | 'personId' | 'roomId' | 'encrypted' | 'channel'>;

/** Rows of `conversation`. */
export function createConversationStore(database: Database) {
  const find = async (where: Partial<Row>): Promise<Conversation | undefined> => {
    const row = await database<Row>('conversation').where(where).first();
    return row === undefined ? undefined : toDomain(row);
  };
  // What is being deleted is found by nothing but its deletion.
  const shown = () => database<Row>('conversation').whereNull('hidden_at');
  const ofCustomers = (companyId: CompanyId) =>
    shown()
      .where({ company_id: companyId })
      .whereExists(
        database('person_identity').whereRaw('person_identity.person_id = conversation.person_id').where({ kind: 'customer' }).select('id'),
      )
      .select('id', 'room_id');
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
    findById: (id: ConversationId) => find({ id, hidden_at: null }),
    findByRoom: (roomId: RoomId) => find({ room_id: roomId, hidden_at: null }),
    findByNumber: (companyId: CompanyId, number: number) => find({ company_id: companyId, number, hidden_at: null }),
    /** A person's conversation; undefined also for somebody else's, so that a stranger learns nothing. */
    findOfPerson: (id: ConversationId, personId: PersonId, companyId: CompanyId) =>
      find({ id, person_id: personId, company_id: companyId, hidden_at: null }),
    /** Conversations of a person with a company, latest first. */
    async listOfPerson(personId: PersonId, companyId: CompanyId): Promise<Conversation[]> {
      const rows = await shown().where({ person_id: personId, company_id: companyId }).orderBy('last_event_at', 'desc').limit(50);
      return rows.map(toDomain);
    },
    /** Rooms of a person's conversations with all companies, latest first. */
    async listRoomsOfPerson(personId: PersonId, limit: number): Promise<Pick<Conversation, 'roomId' | 'companyId'>[]> {
      const rows = await shown().where({ person_id: personId }).orderBy('last_event_at', 'desc').limit(limit);
      return rows.map(({ room_id: roomId, company_id: companyId }) => ({ roomId, companyId }));
    },
    /** Gives another person all conversations, those that are being deleted too, and what the index says about them; answers those that are shown. */
    async moveToPerson(from: PersonId, to: PersonId): Promise<ConversationId[]> {
      await database('conversation_event').where({ about_person: from }).update({ about_person: to });
      const rows = await database<Row>('conversation').where({ person_id: from }).update({ person_id: to }).returning(['id', 'hidden_at']);
      return rows.filter((row) => row.hidden_at === null).map(({ id }) => id);
    },
    /** All conversations that a person with an account of their own has with a company. */
    async listOfCustomer(personId: PersonId, companyId: CompanyId): Promise<Pick<Conversation, 'id' | 'roomId'>[]> {
      const rows = await ofCustomers(companyId).where({ person_id: personId });
      return rows.map(({ id, room_id: roomId }) => ({ id, roomId }));
    },
    /** Those of the rooms of a company in which a person with an account of their own writes. */
    async listWithCustomer(companyId: CompanyId, roomIds: readonly RoomId[]): Promise<Pick<Conversation, 'id' | 'roomId'>[]> {
      const rows = await ofCustomers(companyId).whereIn('room_id', [...roomIds]);
      return rows.map(({ id, room_id: roomId }) => ({ id, roomId }));
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
      const rows = await shown()
        .where({ company_id: companyId, assignee: null })
        .whereNot({ status: 'closed' })
        .where('last_seq', '>', 0)
        .orderBy('opened_at')
        .limit(limit);
      return rows.map(toDomain);
    },
    /** Conversations of a department, closed ones too. */
    async listOfDepartment(department: string): Promise<Conversation[]> {
      return (await shown().where({ department }).orderBy('number')).map(toDomain);
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
