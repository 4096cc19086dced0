import { isDeepStrictEqual } from 'node:util';
import type { RoomId, UserId } from '../ids.ts';
import { matrixPath, MatrixError, type Ghost, type HomeserverClient } from './homeserver-client.ts';
import { POWER, type RoomStateEvent } from './room-state.ts';

/** Memberships that let a user see something of a room. */
const PRESENT = new Set(['join', 'invite', 'knock']);

type StateEvent = { readonly type: string; readonly state_key: string; readonly content: Readonly<Record<string, unknown>> };

/** State of a room as the homeserver has it. */
export type RoomState = {
  /** Content of a state event, undefined where there is none. */
  content(type: string, stateKey?: string): Readonly<Record<string, unknown>> | undefined;
  /** State keys under which there is state of a type. */
  stateKeys(type: string): readonly string[];
  /** Users who are in the room, invited or waiting for entry. */
  readonly present: readonly UserId[];
};

/** Reads a room's state as a ghost; undefined when the ghost is not in it or it is gone. */
export async function readState(homeserver: HomeserverClient, ghost: Ghost, roomId: RoomId): Promise<RoomState | undefined> {
  const joined = await isJoined(homeserver, ghost, roomId);
  if (!joined) return undefined;
  const events = (await homeserver.request({
    method: 'GET',
    path: matrixPath`/_matrix/client/v3/rooms/${roomId}/state`,
    as: ghost,
  })) as StateEvent[];
  const byKey = new Map(events.map((event) => [keyOf(event.type, event.state_key), event.content]));
  const members = events.filter((event) => event.type === 'm.room.member' && PRESENT.has(String(event.content['membership'])));
  return {
    content: (type, stateKey = '') => byKey.get(keyOf(type, stateKey)),
    stateKeys: (type) => events.filter((event) => event.type === type).map((event) => event.state_key),
    present: members.map((event) => event.state_key as UserId),
  };
}

/** Whether the ghost is in the room; a former member may still read old state, so its membership is asked for. */
export async function isJoined(homeserver: HomeserverClient, ghost: Ghost, roomId: RoomId): Promise<boolean> {
  return (await readMembership(homeserver, ghost, roomId, ghost.userId)) === 'join';
}

/** Membership of a user as the ghost sees it; undefined where there is none, or the ghost may not see the room. */
export async function readMembership(
  homeserver: HomeserverClient,
  ghost: Ghost,
  roomId: RoomId,
  userId: UserId,
): Promise<string | undefined> {
  try {
    const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/state/m.room.member/${userId}`;
    const { membership } = (await homeserver.request({ method: 'GET', path, as: ghost })) as { membership?: unknown };
    return typeof membership === 'string' ? membership : undefined;
  } catch (error) {
    if (error instanceof MatrixError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/**
 * Sends those of `wanted` that the room does not have so; returns their types. A room that is right is not touched, and empty
 * content is the same as none.
 */
export async function bringStateUpToDate(
  homeserver: HomeserverClient,
  ghost: Ghost,
  roomId: RoomId,
  { state, wanted }: { state: RoomState; wanted: readonly RoomStateEvent[] },
): Promise<string[]> {
  const different = wanted.filter(({ type, state_key: key, content }) => !isDeepStrictEqual(state.content(type, key) ?? {}, content));
  for (const { type, state_key: key, content } of different) await sendState(homeserver, ghost, roomId, { type, state_key: key, content });
  return different.map(({ type }) => type);
}

/** Sends one state event as a ghost. */
export async function sendState(homeserver: HomeserverClient, ghost: Ghost, roomId: RoomId, event: RoomStateEvent): Promise<void> {
  const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/state/${event.type}/${event.state_key}`;
  await homeserver.request({ method: 'PUT', path, as: ghost, body: event.content });
}

/** Gives one user a power in a room, or takes it (`POWER.person`), and leaves the others as they are; true when something changed. */
export async function setPower(
  homeserver: HomeserverClient,
  ghost: Ghost,
  roomId: RoomId,
  { userId, power }: { userId: UserId; power: number },
): Promise<boolean> {
  const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/state/m.room.power_levels/`;
  const levels = (await homeserver.request({ method: 'GET', path, as: ghost })) as { users?: Record<string, number> };
  if ((levels.users?.[userId] ?? POWER.person) === power) return false;
  const users = Object.fromEntries(Object.entries(levels.users ?? {}).filter(([id]) => id !== userId));
  if (power !== POWER.person) users[userId] = power;
  await sendState(homeserver, ghost, roomId, { type: 'm.room.power_levels', state_key: '', content: { ...levels, users } });
  return true;
}

function keyOf(type: string, stateKey: string): string {
  return JSON.stringify([type, stateKey]);
}
