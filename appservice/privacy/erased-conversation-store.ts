import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';

/** What of a conversation that is being deleted leads to the homeserver. */
export type ErasedConversation = { readonly id: ConversationId; readonly roomId: RoomId; readonly announcementEventId: EventId | null };

/** Something that was written about a person outside the conversation. */
export type PersonalNote = { readonly roomId: RoomId; readonly eventId: EventId };

type Row = { id: ConversationId; room_id: RoomId; announcement_event_id: EventId | null; person_id: PersonId; company_id: CompanyId };

/** Reads and deletes conversations whose deletion was asked for; nothing else finds them. */
export function createErasedConversationStore(database: Database) {
  return {
    /** Ids of all conversations of a person with a company that are not being deleted, locked until the transaction ends. */
    async lockOfPerson(personId: PersonId, companyId: CompanyId): Promise<ConversationId[]> {
      return database<Row & { hidden_at: Date | null }>('conversation')
        .where({ person_id: personId, company_id: companyId })
        .whereNull('hidden_at')
        .forUpdate()
        .pluck('id');
    },
    /** From now on nothing but the deletion finds them. */
    async hide(ids: readonly ConversationId[]): Promise<void> {
      await database('conversation').whereIn('id', ids).update({ hidden_at: database.fn.now() });
    },
    async list(ids: readonly ConversationId[]): Promise<ErasedConversation[]> {
      const rows = await database<Row>('conversation').whereIn('id', ids).orderBy('id');
      return rows.map(({ id, room_id: roomId, announcement_event_id: announcementEventId }) => ({ id, roomId, announcementEventId }));
    },
    /** Announcements and notes about the person: events of the index that stand in another room. */
    async listNotes(ids: readonly ConversationId[]): Promise<PersonalNote[]> {
      const rows = await database('conversation_event as event')
        .join('conversation', 'conversation.id', 'event.conversation_id')
        .whereIn('event.conversation_id', ids)
        .whereRaw('event.room_id <> conversation.room_id')
        .orderBy('event.at')
        .select<{ room_id: RoomId; event_id: EventId }[]>('event.room_id', 'event.event_id');
      return rows.map(({ room_id: roomId, event_id: eventId }) => ({ roomId, eventId }));
    },
    /** Addresses of files that the events of these conversations carry. */
    async listMedia(ids: readonly ConversationId[]): Promise<string[]> {
      const result = await database.raw<{ rows: { mxc: string }[] }>(
        'select distinct unnest(mxc) as mxc from conversation_event where conversation_id = any (?)',
        [[...ids]],
      );
      return result.rows.map(({ mxc }) => mxc);
    },
    /** Those of the rooms that are no room of a conversation that is being deleted, each with the person whose conversation it is. */
    async listLasting(roomIds: readonly RoomId[]): Promise<{ roomId: RoomId; personId: PersonId | null }[]> {
      const rows = await database<Row & { hidden_at: Date | null }>('conversation').whereIn('room_id', roomIds);
      const known = new Map(rows.map((row) => [row.room_id, row]));
      return roomIds
        .filter((roomId) => (known.get(roomId)?.hidden_at ?? null) === null)
        .map((roomId) => ({ roomId, personId: known.get(roomId)?.person_id ?? null }));
    },
    /** Whether a Matrix id is the person, or belongs or belonged to the company; undefined for anybody else. */
    async findSide(userId: UserId, personId: PersonId, companyId: CompanyId): Promise<'person' | 'company' | undefined> {
      const own = await database('person_identity').where({ user_id: userId, person_id: personId }).pluck('id');
      if (own.length > 0) return 'person';
      const member = await database('company_member').where({ user_id: userId, company_id: companyId }).pluck('id');
      return member.length > 0 ? 'company' : undefined;
    },
    /** Ghosts of a person: all of them, or those of sessions with this company where they write to others too. */
    async listGhosts(personId: PersonId, companyId: CompanyId): Promise<UserId[]> {
      const result = await database.raw<{ rows: { user_id: UserId }[] }>(
        `select user_id from person_identity as identity where person_id = :personId and kind = 'visitor' and (
           not exists (select from conversation where person_id = :personId and company_id <> :companyId)
           or user_id in (select user_id from visitor_session where person_id = :personId and company_id = :companyId)
           or user_id in (select user_id from verified_identity where person_id = :personId and company_id = :companyId)
           or user_id in (select ghost from continued_conversation join conversation on conversation.id = conversation_id
             where conversation.person_id = :personId and company_id = :companyId))`,
        { personId, companyId },
      );
      return result.rows.map((row) => row.user_id);
    },
    /** Deletes a conversation with what hangs on it: index, agents, waiting calls, events set aside. */
    async remove({ id, roomId }: ErasedConversation): Promise<void> {
      await database('outbox').whereRaw(`payload->>'conversationId' = ? or payload->>'roomId' = ?`, [id, roomId]).delete();
      await database('set_aside_event').where({ room_id: roomId }).delete();
      await database('conversation_event').where({ conversation_id: id }).delete();
      await database('conversation_agent').where({ conversation_id: id }).delete();
      await database('conversation').where({ id }).delete();
    },
    /** Deletes a person nothing refers to any more, with their Matrix ids; one who writes to another company stays, without these ghosts. */
    async removePerson(personId: PersonId, ghosts: readonly UserId[]): Promise<void> {
      await database('person_identity').where({ person_id: personId }).whereIn('user_id', ghosts).delete();
      await database.raw(
        `delete from person where id = :personId
           and not exists (select from conversation where person_id = :personId)
           and not exists (select from person_identity where person_id = :personId)`,
        { personId },
      );
    },
  };
}
