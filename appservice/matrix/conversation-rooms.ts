import type { DeviceId, RoomId, UserId } from '../ids.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { conversationRoomName } from './company-rooms.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';
import { readMembership, setPower } from './room-repair.ts';
import { lockedState, POWER, powerLevels, ROOM_BASE, spaceParent, type RetentionLimits } from './room-state.ts';

/** What a conversation's room takes from its company. */
export type RoomOwner = {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly name: string;
  readonly spaceRoomId: RoomId;
  /** The company's own homeserver, null where it has none. */
  readonly homeserver: string | null;
  readonly retentionDays: number | null;
};

/** Content of `com.smoope.conversation`: how far a conversation is, for every client that reads the room. */
export type ConversationState = {
  readonly status: 'waiting' | 'open' | 'closed';
  readonly channel: string;
  readonly department: string | null;
  /** Matrix user id of the member it is assigned to. */
  readonly assignee: string | null;
};

/** State event type of `ConversationState`, state key empty. */
export const CONVERSATION_STATE = 'com.smoope.conversation';

/** Makes and changes rooms of conversations; each is created and owned by the company's ghost (design 6). */
export type ConversationRooms = {
  /** Makes the room and lets the person's ghost join; without one the room waits for its person. The name says number and company, never who the person is. */
  create(owner: RoomOwner, room: { number: number; visitor?: UserId }): Promise<RoomId>;
  /** Writes `com.smoope.conversation`; the same content again changes nothing. */
  publishState(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, state: ConversationState): Promise<void>;
  /** Gives a member of the company its power in the room. */
  grantPower(owner: Pick<RoomOwner, 'userId' | 'deviceId'>, roomId: RoomId, member: UserId, role: 'agent' | 'admin'): Promise<void>;
  /** Invites a member of the company; one who is in the room already stays as is. */
  invite(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, member: UserId): Promise<void>;
  /** Whether somebody is in the room. */
  hasJoined(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, userId: UserId): Promise<boolean>;
};

type Dependencies = {
  readonly intents: Intents;
  readonly homeserver: HomeserverClient;
  readonly serverName: string;
  readonly retentionLimits: RetentionLimits;
};

/** See `ConversationRooms`. */
export function createConversationRooms({ intents, homeserver, serverName, retentionLimits }: Dependencies): ConversationRooms {
  return {
    async create(owner, { number, visitor }) {
      const body = {
        ...ROOM_BASE,
        name: conversationRoomName(owner, number),
        invite: visitor === undefined ? [] : [visitor],
        initial_state: [
          ...lockedState({
            users: {},
            serverNames: [serverName, owner.homeserver],
            retentionDays: owner.retentionDays,
            retentionLimits,
            openTo: owner.spaceRoomId,
          }).filter((event) => event.type !== 'm.room.power_levels'),
          spaceParent(owner.spaceRoomId, serverName),
        ],
        power_level_content_override: powerLevels({ users: {} }),
      };
      const as = { userId: owner.userId };
      const answer = (await homeserver.request({ method: 'POST', path: '/_matrix/client/v3/createRoom', as, body })) as { room_id: RoomId };
      if (visitor !== undefined) {
        const path = matrixPath`/_matrix/client/v3/join/${answer.room_id}`;
        await homeserver.request({ method: 'POST', path, as: { userId: visitor }, body: {} });
      }
      return answer.room_id;
    },
    async publishState(owner, roomId, state) {
      await viaBridge(() => intents.of(owner.userId).sendStateEvent(roomId, CONVERSATION_STATE, '', state));
    },
    async grantPower(owner, roomId, member, role) {
      await setPower(homeserver, owner, roomId, { userId: member, power: POWER[role] });
    },
    async invite(owner, roomId, member) {
      try {
        await viaBridge(() => intents.of(owner.userId).invite(roomId, member));
      } catch (error) {
        // Synapse refuses to invite somebody who is in the room.
        if (!(error instanceof MatrixError && error.errcode === 'M_FORBIDDEN')) throw error;
      }
    },
    async hasJoined(owner, roomId, userId) {
      return (await readMembership(homeserver, owner, roomId, userId)) === 'join';
    },
  };
}
