import type { Company } from '../companies/company.ts';
import type { DeviceId, RoomId, UserId } from '../ids.ts';
import { matrixPath, MatrixError, type HomeserverClient } from './homeserver-client.ts';
import { localpart } from './names.ts';
import { bringStateUpToDate, isJoined, readState, type RoomState } from './room-repair.ts';
import { ROOM_BASE, type RoomStateEvent } from './room-state.ts';

/** The company's ghost as creator of a room. */
type RoomOwnerGhost = { readonly userId: UserId; readonly deviceId: DeviceId };

/** What a room with an alias is to be: found again by the alias, created with `body`, and kept as `state` says. */
export type RoomPlan = {
  readonly alias: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly state: readonly RoomStateEvent[];
};

/** Rooms with an alias that a company's ghost owns: made once, whatever came in between, and repaired. */
export function createOwnedRooms(homeserver: HomeserverClient) {
  async function findByAlias(owner: RoomOwnerGhost, alias: string): Promise<RoomId | undefined> {
    try {
      const path = matrixPath`/_matrix/client/v3/directory/room/${alias}`;
      const answer = (await homeserver.request({ method: 'GET', path, as: owner })) as { room_id: RoomId };
      return answer.room_id;
    } catch (error) {
      if (error instanceof MatrixError && error.status === 404) return undefined;
      throw error;
    }
  }

  async function removeAlias(owner: RoomOwnerGhost, alias: string): Promise<void> {
    await homeserver.request({ method: 'DELETE', path: matrixPath`/_matrix/client/v3/directory/room/${alias}`, as: owner });
  }

  async function create(owner: RoomOwnerGhost, { alias, body, state }: RoomPlan): Promise<RoomId> {
    const answer = await homeserver.request({
      method: 'POST',
      path: '/_matrix/client/v3/createRoom',
      as: owner,
      body: {
        ...ROOM_BASE,
        ...body,
        room_alias_name: localpart(alias),
        initial_state: state.filter(({ content }) => Object.keys(content).length > 0),
      },
    });
    return (answer as { room_id: RoomId }).room_id;
  }

  /** The room that the row names, else the one that has its alias (a crash came between creation and row), else a new one. */
  async function ensureRoom(owner: RoomOwnerGhost, known: RoomId | null, plan: RoomPlan): Promise<RoomId> {
    if (known !== null && (await isJoined(homeserver, owner, known))) return known;
    const found = await findByAlias(owner, plan.alias);
    if (found !== undefined && (await isJoined(homeserver, owner, found))) return found;
    if (found !== undefined) await removeAlias(owner, plan.alias);
    return create(owner, plan);
  }

  async function ensureAlias(owner: RoomOwnerGhost, alias: string, roomId: RoomId): Promise<boolean> {
    const found = await findByAlias(owner, alias);
    if (found === roomId) return false;
    if (found !== undefined) await removeAlias(owner, alias);
    const path = matrixPath`/_matrix/client/v3/directory/room/${alias}`;
    await homeserver.request({ method: 'PUT', path, as: owner, body: { room_id: roomId } });
    return true;
  }

  async function repairRoom(
    owner: RoomOwnerGhost,
    roomId: RoomId,
    { alias, state: wanted }: Pick<RoomPlan, 'alias' | 'state'>,
  ): Promise<{ changed: string[]; state: RoomState }> {
    const state = await readState(homeserver, owner, roomId);
    if (state === undefined) throw new MatrixError(404, 'M_NOT_FOUND', 'the room of a company is gone');
    const moved = await ensureAlias(owner, alias, roomId);
    const changed = await bringStateUpToDate(homeserver, owner, roomId, { state, wanted });
    return { changed: moved ? ['alias', ...changed] : changed, state };
  }

  return {
    ensureRoom,
    /** Compares alias and state with the plan and puts right what differs; returns what that was, and the state before. */
    repairRoom,
  };
}

/** Gives a room its name. */
export function named(name: string): RoomStateEvent {
  return { type: 'm.room.name', state_key: '', content: { name } };
}

/** Names a room's main alias. */
export function aliased(alias: string): RoomStateEvent {
  return { type: 'm.room.canonical_alias', state_key: '', content: { alias } };
}

/** Gives a room the company's logo. Matrix has no removal of state: a logo that was taken away is empty content. */
export function pictured(company: Pick<Company, 'logoMxc'>): RoomStateEvent {
  return { type: 'm.room.avatar', state_key: '', content: company.logoMxc === null ? {} : { url: company.logoMxc } };
}
