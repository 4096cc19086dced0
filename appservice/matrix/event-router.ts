import type { Company } from '../companies/company.ts';
import type { ConversationEvents } from '../conversations/conversation-events.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { FrontDoorEvents } from '../front-door/front-door-events.ts';
import type { TeamEvents } from '../team/team-events.ts';
import type { Database } from '../database/database.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { MatrixEvent } from './matrix-event.ts';

/** Whose room it is. */
export type KnownRoom =
  { readonly kind: 'conversation'; readonly conversation: Conversation } | { readonly kind: 'team' | 'space'; readonly company: Company };

/** What the router asks and tells; each takes the transaction in which the event is applied. */
export type RouterNeighbours = {
  readonly findConversation: (database: Database, roomId: RoomId) => Promise<Conversation | undefined>;
  readonly findCompanyByRoom: (database: Database, roomId: RoomId) => Promise<Company | undefined>;
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
    if (company === undefined) return undefined;
    return { kind: company.teamRoomId === roomId ? 'team' : 'space', company };
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
          if (hasLeft(event)) {
            await neighbours.memberLeftSpace(transaction, {
              company: room.company,
              userId: event.stateKey as UserId,
              sender: event.sender,
              at: new Date(event.at),
            });
          }
          return [];
      }
    },
  };
}

function hasLeft({ type, stateKey, content }: MatrixEvent): boolean {
  return type === 'm.room.member' && stateKey !== undefined && (content['membership'] === 'leave' || content['membership'] === 'ban');
}
