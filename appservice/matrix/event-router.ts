import type { Company } from '../companies/company.ts';
import type { ConversationEvents } from '../conversations/conversation-events.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { FrontDoorEvents } from '../front-door/front-door-events.ts';
import type { Department } from '../team/department.ts';
import type { TeamEvents } from '../team/team-events.ts';
import type { Database } from '../database/database.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { MatrixEvent } from './matrix-event.ts';

/** Whose room it is. */
export type KnownRoom =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  /** A team room, or the inbox room of a department. */
  | { readonly kind: 'team' | 'space'; readonly company: Company }
  | { readonly kind: 'departmentSpace'; readonly company: Company; readonly department: Department };

/** What the router asks and tells; each takes the transaction in which the event is applied. */
export type RouterNeighbours = {
  readonly findConversation: (database: Database, roomId: RoomId) => Promise<Conversation | undefined>;
  readonly findCompanyByRoom: (database: Database, roomId: RoomId) => Promise<Company | undefined>;
  readonly findDepartmentByRoom: (database: Database, roomId: RoomId) => Promise<{ company: Company; department: Department } | undefined>;
  readonly memberLeftDepartment: (
    database: Database,
    left: { company: Company; department: Department; userId: UserId; sender: UserId; at: Date },
  ) => Promise<unknown>;
  readonly memberLeftSpace: (database: Database, left: { company: Company; userId: UserId; sender: UserId; at: Date }) => Promise<unknown>;
};

/** Brings an event to the noun whose room it is in. */
export type EventRouter = {
  /** Whose room it is; undefined for one that is not ours. */
  findRoom(database: Database, roomId: RoomId): Promise<KnownRoom | undefined>;
  /** Changes rows only, and answers what open streams have to be told after commit; undefined for an event that is nothing to us. */
  apply(transaction: Database, event: MatrixEvent): Promise<Effect[] | undefined>;
};

/** See `EventRouter`. */
export function createEventRouter({
  neighbours,
  conversationEvents,
  teamEvents,
  frontDoor,
}: {
  neighbours: RouterNeighbours;
  conversationEvents: Pick<ConversationEvents, 'applyToConversation'>;
  teamEvents: Pick<TeamEvents, 'applyToTeamRoom'>;
  frontDoor: Pick<FrontDoorEvents, 'apply' | 'noteJoin'>;
}): EventRouter {
  async function findRoom(database: Database, roomId: RoomId): Promise<KnownRoom | undefined> {
    const conversation = await neighbours.findConversation(database, roomId);
    if (conversation !== undefined) return { kind: 'conversation', conversation };
    const company = await neighbours.findCompanyByRoom(database, roomId);
    if (company !== undefined) return { kind: company.teamRoomId === roomId ? 'team' : 'space', company };
    const found = await neighbours.findDepartmentByRoom(database, roomId);
    if (found === undefined) return undefined;
    return found.department.inboxRoomId === roomId ? { kind: 'team', company: found.company } : { kind: 'departmentSpace', ...found };
  }

  return {
    findRoom,
    async apply(transaction, event) {
      const room = await findRoom(transaction, event.roomId);
      switch (room?.kind) {
        case undefined:
          return frontDoor.apply(transaction, event);
        case 'conversation':
          await frontDoor.noteJoin(transaction, room.conversation, event);
          return conversationEvents.applyToConversation(transaction, room.conversation, event);
        case 'team':
          return teamEvents.applyToTeamRoom(transaction, room.company, event);
        case 'space':
          if (hasLeft(event)) await neighbours.memberLeftSpace(transaction, { company: room.company, ...leaving(event) });
          return [];
        case 'departmentSpace': {
          const { company, department } = room;
          if (hasLeft(event)) await neighbours.memberLeftDepartment(transaction, { company, department, ...leaving(event) });
          return [];
        }
      }
    },
  };
}

const leaving = ({ stateKey, sender, at }: MatrixEvent) => ({ userId: stateKey as UserId, sender, at: new Date(at) });

function hasLeft({ type, stateKey, content }: MatrixEvent): boolean {
  return type === 'm.room.member' && stateKey !== undefined && (content['membership'] === 'leave' || content['membership'] === 'ban');
}
