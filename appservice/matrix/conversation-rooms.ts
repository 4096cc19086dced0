import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceId, RoomId, UserId } from '../ids.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { conversationRoomName } from './company-rooms.ts';
import { HomeserverUnavailable, MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';
import { bringStateUpToDate, readMembership, readState, sendState, setPower } from './room-repair.ts';
import { joinRules, lockedState, POWER, powerLevels, ROOM_BASE, spaceParent, type RetentionLimits } from './room-state.ts';

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
  /** Key of the department; null: the whole company. */
  readonly department: string | null;
  /** Matrix user id of the member it is assigned to. */
  readonly assignee: string | null;
};

/** State event type of `ConversationState`, state key empty. */
export const CONVERSATION_STATE = 'com.smoope.conversation';

/** Content of an invitation by which our module of the homeserver accepts it for the person. */
export const ACCEPT_MARK = 'com.smoope.accept';

/** How long it is waited for that, and how often it is looked; in milliseconds. */
const ACCEPT_MS = 5_000;
const LOOK_MS = 100;

/** Makes and changes rooms of conversations; each is created and owned by the company's ghost (design 6). */
export type ConversationRooms = {
  /** Makes the room and lets the person's ghost join; without one the room waits for its person. The name says number and company, never who the person is. */
  create(owner: RoomOwner, room: { number: number; visitor?: UserId }): Promise<RoomId>;
  /** Writes `com.smoope.conversation`; the same content again changes nothing. */
  publishState(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, state: ConversationState): Promise<void>;
  /** Gives a member of the company its power in the room. */
  grantPower(owner: Pick<RoomOwner, 'userId' | 'deviceId'>, roomId: RoomId, member: UserId, role: 'agent' | 'admin'): Promise<void>;
  /** Lets a person who is no member write, or keeps them from it; they read on either way. A room that is gone is passed over. */
  setWriting(owner: Pick<RoomOwner, 'userId' | 'deviceId'>, roomId: RoomId, person: UserId, mayWrite: boolean): Promise<void>;
  /** Invites a member of the company; one who is in the room already stays as is. */
  invite(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, member: UserId): Promise<void>;
  /**
   * Brings a person of our own server into the room: the homeserver accepts the invitation for them. Resolves when they are there;
   * throws `HomeserverUnavailable` where they are not yet, and another try invites again.
   */
  bringPerson(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, userId: UserId): Promise<void>;
  /** Whether somebody is in the room. */
  hasJoined(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId, userId: UserId): Promise<boolean>;
  /** Everybody who is in the room or invited; nobody where it is gone. */
  listPresent(owner: Pick<RoomOwner, 'userId'>, roomId: RoomId): Promise<readonly UserId[]>;
  /** Takes somebody out, with the reason that their client shows, and their power with them. */
  takeOut(owner: Pick<RoomOwner, 'userId' | 'deviceId'>, roomId: RoomId, member: UserId, reason: string): Promise<void>;
  /** Opens the room to the members of another space in place of the one it belonged to. */
  moveTo(owner: Pick<RoomOwner, 'userId' | 'deviceId'>, roomId: RoomId, space: RoomId): Promise<void>;
  /** Deletes a room with all that stands in it; the homeserver does so in the background. */
  remove(roomId: RoomId): Promise<void>;
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
    async setWriting(owner, roomId, person, mayWrite) {
      if ((await readMembership(homeserver, owner, roomId, owner.userId)) !== 'join') return;
      await setPower(homeserver, owner, roomId, { userId: person, power: mayWrite ? POWER.person : POWER.silenced });
    },
    async invite(owner, roomId, member) {
      try {
        await viaBridge(() => intents.of(owner.userId).invite(roomId, member));
      } catch (error) {
        // Synapse refuses to invite somebody who is in the room.
        if (!(error instanceof MatrixError && error.errcode === 'M_FORBIDDEN')) throw error;
      }
    },
    async bringPerson(owner, roomId, userId) {
      const isThere = async () => (await readMembership(homeserver, owner, roomId, userId)) === 'join';
      if (await isThere()) return;
      const content = { membership: 'invite', [ACCEPT_MARK]: true };
      await sendState(homeserver, owner, roomId, { type: 'm.room.member', state_key: userId, content });
      for (const deadline = Date.now() + ACCEPT_MS; Date.now() < deadline; await wait(LOOK_MS)) if (await isThere()) return;
      throw new HomeserverUnavailable('the invitation was not accepted yet');
    },
    async hasJoined(owner, roomId, userId) {
      return (await readMembership(homeserver, owner, roomId, userId)) === 'join';
    },
    async listPresent(owner, roomId) {
      return (await readState(homeserver, owner, roomId))?.present ?? [];
    },
    async takeOut(owner, roomId, member, reason) {
      try {
        const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/kick`;
        await homeserver.request({ method: 'POST', path, as: owner, body: { user_id: member, reason } });
        await setPower(homeserver, owner, roomId, { userId: member, power: POWER.person });
      } catch (error) {
        // They left by themselves meanwhile.
        if (!(error instanceof MatrixError && error.status === 403)) throw error;
      }
    },
    async moveTo(owner, roomId, space) {
      const state = await readState(homeserver, owner, roomId);
      if (state === undefined) return;
      const former = state.stateKeys('m.space.parent').filter((key) => key !== space);
      const wanted = [
        { type: 'm.room.join_rules', state_key: '', content: joinRules(space) },
        spaceParent(space, serverName),
        ...former.map((key) => ({ type: 'm.space.parent', state_key: key, content: {} })),
      ];
      await bringStateUpToDate(homeserver, owner, roomId, { state, wanted });
    },
    async remove(roomId) {
      // https://element-hq.github.io/synapse/latest/admin_api/rooms.html#version-2-new-version
      const path = matrixPath`/_synapse/admin/v2/rooms/${roomId}`;
      await homeserver.admin({ method: 'DELETE', path, body: { block: false, purge: true } });
    },
  };
}
