import type { Company } from '../companies/company.ts';
import type { RoomId } from '../ids.ts';
import { matrixPath, MatrixError, type HomeserverClient } from './homeserver-client.ts';
import type { Names } from './names.ts';
import { readMembership } from './room-repair.ts';
import { POWER, serverAcl } from './room-state.ts';

/**
 * The list of companies that people can find: a silent room that everybody on our server may read, nobody may enter, and in
 * which the ghosts of all open companies are. The homeserver's user directory names who is in such a room; see `company_directory.py`.
 */
export type CompanyList = {
  /** Brings a company into the list, or out of it, as its status is now; repeatable. */
  bring(company: Company): Promise<void>;
};

/** See `CompanyList`. */
export function createCompanyList({ homeserver, names }: { homeserver: HomeserverClient; names: Names }): CompanyList {
  const owner = { userId: names.sender };
  const alias = names.companyListAlias;
  let known: Promise<RoomId> | undefined;

  async function find(): Promise<RoomId | undefined> {
    try {
      const path = matrixPath`/_matrix/client/v3/directory/room/${alias}`;
      const answer = (await homeserver.request({ method: 'GET', path, as: owner })) as { room_id: RoomId };
      return answer.room_id;
    } catch (error) {
      if (error instanceof MatrixError && error.status === 404) return undefined;
      throw error;
    }
  }

  async function create(): Promise<RoomId> {
    const silent = POWER.companyOnly;
    const body = {
      room_version: '12',
      preset: 'private_chat',
      visibility: 'private',
      room_alias_name: alias.slice(1, alias.indexOf(':')),
      initial_state: [
        { type: 'm.room.history_visibility', state_key: '', content: { history_visibility: 'world_readable' } },
        { type: 'm.room.join_rules', state_key: '', content: { join_rule: 'invite' } },
        { type: 'm.room.guest_access', state_key: '', content: { guest_access: 'forbidden' } },
        { type: 'm.room.server_acl', state_key: '', content: serverAcl([names.serverName]) },
      ],
      power_level_content_override: {
        users: {},
        users_default: POWER.person,
        events: {},
        events_default: silent,
        state_default: silent,
        invite: silent,
        kick: silent,
        ban: silent,
        redact: silent,
      },
    };
    const answer = (await homeserver.request({ method: 'POST', path: '/_matrix/client/v3/createRoom', as: owner, body })) as {
      room_id: RoomId;
    };
    return answer.room_id;
  }

  async function getRoom(): Promise<RoomId> {
    known ??= find().then((roomId) => roomId ?? create());
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  return {
    async bring({ userId, status }) {
      const roomId = await getRoom();
      const membership = await readMembership(homeserver, owner, roomId, userId);
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}`;
      const post = (action: string, as: { userId: Company['userId'] }, body: object) =>
        homeserver.request({ method: 'POST', path: `${path}/${action}`, as, body });
      if (status === 'live') {
        if (membership === 'join') return;
        if (membership !== 'invite') await post('invite', owner, { user_id: userId });
        await post('join', { userId }, {});
      } else if (membership === 'join' || membership === 'invite') {
        await post('leave', { userId }, {});
      }
    },
  };
}
