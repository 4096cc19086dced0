import type { Database } from '../database/database.ts';
import type { ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';
import type { Conversation } from './conversation.ts';
import { CONVERSATION_CHANNEL, type ConversationNotice } from './conversation-channel.ts';
import type { EventRelation, RelationType } from './event-relation.ts';

/** An event as it is indexed: no content. */
export type IndexedEvent = {
  readonly conversationId: ConversationId;
  /** Place in the conversation; below zero for what is about the person and not for them. */
  readonly seq: number;
  readonly roomId: RoomId;
  readonly eventId: EventId;
  readonly type: string;
  readonly sender: UserId;
  readonly aboutPerson: PersonId | null;
  readonly mxc: readonly string[];
  /** The edit, reaction or redaction that it is; null for all else. */
  readonly relation: EventRelation | null;
  readonly at: Date;
};

type Row = {
  conversation_id: ConversationId;
  seq: number;
  room_id: RoomId;
  event_id: EventId;
  type: string;
  sender: UserId;
  about_person: PersonId | null;
  mxc: string[];
  rel_type: RelationType | null;
  related_event_id: EventId | null;
  at: Date;
};

const toDomain = (row: Row): IndexedEvent => ({
  conversationId: row.conversation_id,
  seq: row.seq,
  roomId: row.room_id,
  eventId: row.event_id,
  type: row.type,
  sender: row.sender,
  aboutPerson: row.about_person,
  mxc: row.mxc,
  relation: row.related_event_id === null ? null : { type: row.rel_type, eventId: row.related_event_id },
  at: row.at,
});

/** What is known of an event before it has its place. */
export type NewIndexedEvent = Omit<IndexedEvent, 'conversationId' | 'seq' | 'relation'> & {
  readonly relation?: EventRelation | undefined;
  /** Who says something with it; absent for events that are no new message of a human. */
  readonly spokenBy?: 'person' | 'company';
};

/** Where an event stands, and how far its conversation was then. */
export type Place = { readonly seq: number; readonly status: Conversation['status'] };

type Subject = Pick<Conversation, 'id' | 'personId'>;

/** Events to which others relate, by id; see `findTargets`. */
export type RelationTargets = ReadonlyMap<EventId, IndexedEvent & { readonly isRedacted: boolean }>;

const IS_REDACTED = `exists (select from conversation_event as redaction
  where redaction.related_event_id = target.event_id and redaction.type = 'm.room.redaction')`;

/** Rows of `conversation_event` (design 5). `processId` names this process in notices to the others. */
export function createEventIndexStore(database: Database, processId: string) {
  const about = ({ id, personId }: Subject) => ({ process: processId, conversationId: id, personId });

  async function notify(notice: ConversationNotice): Promise<void> {
    await database.raw(`select pg_notify('${CONVERSATION_CHANNEL}', ?)`, [JSON.stringify(notice)]);
  }

  return {
    /**
     * Gives an event its place in the conversation; undefined when it has one already. The lock on the conversation's row makes
     * the order of places the order of commits, so a reader that resumes after a place misses nothing; `status` is the row's
     * under that lock, whatever the caller read before. What is about the person and not for them has places below zero, so that
     * those of the person have no gaps to count.
     */
    async add(conversation: Subject, event: NewIndexedEvent): Promise<Place | undefined> {
      const result = await database.raw<{ rows: Place[] }>(
        `with locked as (select id, last_seq, last_note from conversation where id = :id for update),
         added as (
           insert into conversation_event (conversation_id, seq, room_id, event_id, type, sender, about_person, mxc, rel_type, related_event_id, at)
           select id, case when :aboutPerson::text is null then last_seq + 1 else -1 - last_note end, :roomId, :eventId, :type, :sender, :aboutPerson, :mxc, :relType, :relatedEventId, :at from locked
           on conflict (event_id) do nothing returning seq)
         update conversation set last_seq = greatest(last_seq, added.seq), last_note = greatest(last_note, -added.seq), last_event_at = greatest(last_event_at, :at),
           spoken_at = case when :spokenBy::text is null then spoken_at else greatest(spoken_at, :at) end, spoken_by = coalesce(:spokenBy, spoken_by)
         from added where conversation.id = :id
         returning added.seq, conversation.status, case when added.seq > 0
           then pg_notify('${CONVERSATION_CHANNEL}', (cast(:notice as jsonb) || jsonb_build_object('seq', added.seq))::text) end`,
        {
          id: conversation.id,
          roomId: event.roomId,
          eventId: event.eventId,
          type: event.type,
          sender: event.sender,
          aboutPerson: event.aboutPerson,
          mxc: [...event.mxc],
          relType: event.relation?.type ?? null,
          relatedEventId: event.relation?.eventId ?? null,
          at: event.at,
          spokenBy: event.spokenBy ?? null,
          notice: JSON.stringify(about(conversation)),
        },
      );
      const [row] = result.rows;
      return row === undefined ? undefined : { seq: row.seq, status: row.status };
    },
    /** Tells other processes that a conversation's row changed. */
    notifyChange: (conversation: Subject): Promise<void> => notify({ ...about(conversation), seq: null }),
    /** Tells other processes who writes in a conversation now. */
    notifyTyping: (conversation: Subject, userIds: readonly UserId[]): Promise<void> =>
      notify({ ...about(conversation), seq: null, typing: userIds }),
    /** Who has written in a conversation, members that left included. */
    listSenders: ({ id }: Pick<Conversation, 'id'>): Promise<UserId[]> =>
      database('conversation_event').where({ conversation_id: id }).where('seq', '>', 0).distinct().pluck('sender'),
    async findByEventId(eventId: EventId): Promise<IndexedEvent | undefined> {
      const row = await database<Row>('conversation_event').where({ event_id: eventId }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Events that the person can see in the conversation, by id, with whether they were taken back; for what relates to them. */
    async findTargets(conversation: Pick<Conversation, 'id' | 'roomId'>, eventIds: readonly EventId[]): Promise<RelationTargets> {
      if (eventIds.length === 0) return new Map();
      const rows = await database<Row>('conversation_event as target')
        .where({ conversation_id: conversation.id, room_id: conversation.roomId, about_person: null })
        .whereIn('event_id', eventIds)
        .select<(Row & { redacted: boolean })[]>('target.*', database.raw(`${IS_REDACTED} as redacted`));
      return new Map(rows.map((row) => [row.event_id, { ...toDomain(row), isRedacted: row.redacted }]));
    },
    /** Edits of an event, in order. */
    async listEdits(eventId: EventId): Promise<IndexedEvent[]> {
      const rows = await database<Row>('conversation_event').where({ related_event_id: eventId, rel_type: 'm.replace' }).orderBy('seq');
      return rows.map(toDomain);
    },
    /** Those of the given events that have a place. */
    async findIndexed(eventIds: readonly EventId[]): Promise<Set<EventId>> {
      const rows = await database<Row>('conversation_event').whereIn('event_id', eventIds).select('event_id');
      return new Set(rows.map((row) => row.event_id));
    },
    /** Places of those of the given events that are for the person. */
    async findSeqs(eventIds: readonly EventId[]): Promise<Map<EventId, number>> {
      const rows = await database<Row>('conversation_event')
        .whereIn('event_id', eventIds)
        .whereNull('about_person')
        .select('event_id', 'seq');
      return new Map(rows.map((row) => [row.event_id, row.seq]));
    },
    /** Events that are for the person after a place, in order. */
    async listAfter(conversation: Pick<Conversation, 'id' | 'roomId'>, seq: number, limit: number): Promise<IndexedEvent[]> {
      const rows = await database<Row>('conversation_event')
        .where({ conversation_id: conversation.id, room_id: conversation.roomId, about_person: null })
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(limit);
      return rows.map(toDomain);
    },
    /** Highest place in the conversation's own room up to a time; undefined where there is none. */
    async findLastSeq(conversation: Pick<Conversation, 'id' | 'roomId'>, until: Date): Promise<number | undefined> {
      const row = await database<Row>('conversation_event')
        .where({ conversation_id: conversation.id, room_id: conversation.roomId, about_person: null })
        .where('at', '<=', until)
        .max<{ max: number | null }>('seq as max')
        .first();
      return row?.max ?? undefined;
    },
    /** Number of messages of others that the person has not read. */
    async countUnread(conversation: Conversation): Promise<number> {
      const row = await database('conversation_event')
        .where({ conversation_id: conversation.id, room_id: conversation.roomId, about_person: null, type: 'm.room.message' })
        .where('seq', '>', conversation.readByPersonSeq)
        // An edit is the same message once more.
        .whereRaw("rel_type is distinct from 'm.replace'")
        .whereNotIn('sender', database('person_identity').where({ person_id: conversation.personId }).select('user_id'))
        .count<{ count: string }>('* as count')
        .first();
      return Number(row?.count ?? 0);
    },
  };
}

/** See `createEventIndexStore`. */
export type EventIndexStore = ReturnType<typeof createEventIndexStore>;
