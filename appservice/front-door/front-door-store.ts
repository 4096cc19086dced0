import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';
import type { FrontDoor } from './front-door.ts';

type Row = {
  room_id: RoomId;
  company_id: CompanyId;
  user_id: UserId;
  person_id: PersonId | null;
  invite_event_id: EventId;
  conversation_id: ConversationId | null;
  opened_at: Date;
  leave_at: Date;
  left_at: Date | null;
};

const toDomain = (row: Row): FrontDoor => ({
  roomId: row.room_id,
  companyId: row.company_id,
  userId: row.user_id,
  personId: row.person_id,
  inviteEventId: row.invite_event_id,
  conversationId: row.conversation_id,
});

/** Rows of `front_door` and `carried_event`. */
export function createFrontDoorStore(database: Database) {
  const open = () => database<Row>('front_door').whereNull('left_at');

  return {
    /** Notes an invitation; false where it is noted already. */
    async open(door: Omit<FrontDoor, 'conversationId'>, leaveAt: Date): Promise<boolean> {
      const row = {
        room_id: door.roomId,
        company_id: door.companyId,
        user_id: door.userId,
        person_id: door.personId,
        invite_event_id: door.inviteEventId,
        conversation_id: null,
        opened_at: new Date(),
        leave_at: leaveAt,
        left_at: null,
      };
      const added = await database<Row>('front_door')
        .insert(row)
        .onConflict('room_id')
        .merge()
        .where('front_door.invite_event_id', '<>', door.inviteEventId)
        .returning('room_id');
      return added.length > 0;
    },
    /** Gives another person the rooms of one. */
    async moveToPerson(from: PersonId, to: PersonId): Promise<void> {
      await database<Row>('front_door').where({ person_id: from }).update({ person_id: to });
    },
    /** The room while the ghost is, or is about to be, in it. */
    async find(roomId: RoomId): Promise<FrontDoor | undefined> {
      const row = await open().where({ room_id: roomId }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    async countSince(userId: UserId, companyId: CompanyId, since: Date): Promise<number> {
      const row = await database<Row>('front_door')
        .where({ user_id: userId, company_id: companyId })
        .where('opened_at', '>', since)
        .count<{ count: string }>('* as count')
        .first();
      return Number(row?.count ?? 0);
    },
    async setConversation(roomId: RoomId, conversationId: ConversationId): Promise<void> {
      await open().where({ room_id: roomId }).update({ conversation_id: conversationId });
    },
    /** Lets the ghost leave at a time, unless it leaves before. */
    async hasten(where: { roomId: RoomId } | { conversationId: ConversationId; userId: UserId }, leaveAt: Date): Promise<void> {
      const columns = 'roomId' in where ? { room_id: where.roomId } : { conversation_id: where.conversationId, user_id: where.userId };
      await open().where(columns).where('leave_at', '>', leaveAt).update({ leave_at: leaveAt });
    },
    /** As `find`, also where the ghost is about to leave: what was noted before is still carried over. */
    async findLeaving(roomId: RoomId): Promise<FrontDoor | undefined> {
      const row = await database<Row>('front_door').where({ room_id: roomId }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Closes the rooms that it is time to leave, and answers them. */
    async closeDue(now: Date): Promise<FrontDoor[]> {
      return (await open().where('leave_at', '<=', now).update({ left_at: now }).returning('*')).map(toDomain);
    },
    async close(roomId: RoomId): Promise<void> {
      await open().where({ room_id: roomId }).update({ left_at: new Date() });
    },
    /** Forgets rooms that the ghost left before a time. */
    async deleteLeft(before: Date): Promise<void> {
      await database<Row>('front_door').where('left_at', '<', before).delete();
    },
    async addCarried(roomId: RoomId, eventId: EventId, carriedEventId: EventId): Promise<void> {
      await database('carried_event')
        .insert({ event_id: eventId, room_id: roomId, carried_event_id: carriedEventId })
        .onConflict('event_id')
        .ignore();
    },
    /** What became of an event in the conversation; undefined where it was not carried over. */
    async findCarried(roomId: RoomId, eventId: EventId): Promise<EventId | undefined> {
      const row = await database<{ room_id: RoomId; event_id: EventId; carried_event_id: EventId }>('carried_event')
        .where({ room_id: roomId, event_id: eventId })
        .first();
      return row?.carried_event_id;
    },
    async countCarried(roomId: RoomId): Promise<number> {
      const row = await database('carried_event').where({ room_id: roomId }).count<{ count: string }>('* as count').first();
      return Number(row?.count ?? 0);
    },
  };
}
