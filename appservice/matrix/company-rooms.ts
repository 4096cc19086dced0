import type { Company } from '../companies/company.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { Ghosts } from './ghosts.ts';
import { matrixPath, type HomeserverClient } from './homeserver-client.ts';
import type { Names } from './names.ts';
import { aliased, createOwnedRooms, named, pictured, type RoomPlan } from './owned-rooms.ts';
import { bringStateUpToDate, readState } from './room-repair.ts';
import { lockedState, shorterLife, spaceChild, spaceParent, type RetentionLimits, type RoomStateEvent } from './room-state.ts';

/** Powers of a company's members, by Matrix id; see `POWER`. */
export type Powers = Readonly<Record<UserId, number>>;

/** Space and team room of a company. */
export type CompanyRoomIds = { readonly space: RoomId; readonly team: RoomId };

/** Name of the team room. */
export function teamRoomName(company: Pick<Company, 'name'>): string {
  return `${company.name} · Team`;
}

/** Name of a conversation's room: a number, never a person's name (design 6). */
export function conversationRoomName(company: Pick<Company, 'name'>, number: number): string {
  return `${company.name} · ${number}`;
}

type Parts = {
  readonly homeserver: HomeserverClient;
  readonly ghosts: Ghosts;
  readonly names: Names;
  readonly retentionLimits: RetentionLimits;
};

/** Ghost, space, team room and the rules of conversation rooms of a company. Every function compares first and changes only what differs. */
export function createCompanyRooms({ homeserver, ghosts, names, retentionLimits }: Parts) {
  const { ensureRoom, repairRoom } = createOwnedRooms(homeserver);
  const ghostOf = (company: Company) => ({ userId: company.userId, deviceId: company.deviceId });

  function locked(company: Company, users: Powers, openTo: RoomId | null, ownDays: number | null = null): RoomStateEvent[] {
    const { homeserver: ownServer } = company.settings;
    const retentionDays = shorterLife(ownDays, company.settings.retentionDays, retentionLimits);
    return lockedState({ users, serverNames: [names.serverName, ownServer], retentionDays, retentionLimits, openTo });
  }

  function spacePlan(company: Company, users: Powers): RoomPlan {
    const alias = names.spaceAlias(company.bucket, company.slug);
    const state = [...locked(company, users, null), named(company.name), pictured(company), aliased(alias)];
    return { alias, body: { creation_content: { type: 'm.space' } }, state };
  }

  function teamPlan(company: Company, users: Powers, space: RoomId): RoomPlan {
    const alias = names.teamAlias(company.bucket, company.slug);
    const parent = spaceParent(space, names.serverName);
    return {
      alias,
      body: {},
      state: [...locked(company, users, space), named(teamRoomName(company)), pictured(company), aliased(alias), parent],
    };
  }

  async function ensureProfile(company: Company): Promise<string[]> {
    const path = matrixPath`/_matrix/client/v3/profile/${company.userId}`;
    const profile = (await homeserver.request({ method: 'GET', path, as: ghostOf(company) })) as {
      displayname?: string;
      avatar_url?: string;
    };
    if (profile.displayname === company.name && (profile.avatar_url ?? '') === (company.logoMxc ?? '')) return [];
    const avatarMxc = (profile.avatar_url ?? '') === (company.logoMxc ?? '') ? null : (company.logoMxc ?? '');
    await ghosts.setProfile(company.userId, { displayName: company.name, avatarMxc });
    return ['ghost.profile'];
  }

  return {
    /**
     * Registers the ghost, with the device under which it sends, its name and logo: before the rooms, so that they show it from
     * the start. Returns what of the profile was put right.
     */
    async ensureGhost(company: Company): Promise<string[]> {
      await ghosts.make(company.userId, company.deviceId);
      return ensureProfile(company);
    },

    /** Id of the company's space, which is made where there is none; `known` is the one in the row. */
    ensureSpace: (company: Company, known: RoomId | null, users: Powers): Promise<RoomId> =>
      ensureRoom(company, known, spacePlan(company, users)),

    /** As `ensureSpace`, for the team room: members of the space join it by themselves. */
    ensureTeamRoom: (company: Company, known: RoomId | null, users: Powers, space: RoomId): Promise<RoomId> =>
      ensureRoom(company, known, teamPlan(company, users, space)),

    /**
     * Compares ghost, space and team room with the row and puts right what differs. Returns what was put right, as
     * `<place>.<what>`, and who is in the two rooms.
     */
    async bringUpToDate(company: Company, rooms: CompanyRoomIds, users: Powers): Promise<{ changed: string[]; present: UserId[] }> {
      const profile = await ensureProfile(company);
      const spaceWanted = spacePlan(company, users);
      const space = await repairRoom(company, rooms.space, {
        ...spaceWanted,
        state: [...spaceWanted.state, spaceChild(rooms.team, names.serverName)],
      });
      const team = await repairRoom(company, rooms.team, teamPlan(company, users, rooms.space));
      const changed = [...profile, ...space.changed.map((type) => `space.${type}`), ...team.changed.map((type) => `team.${type}`)];
      return { changed, present: [...new Set([...space.state.present, ...team.state.present])] };
    },

    /**
     * Brings a conversation's room to the company's name, retention, access list and space; powers and status are not touched.
     * A room that is gone is passed over.
     */
    async bringConversationUpToDate(
      company: Company,
      space: RoomId,
      { roomId, number, retentionDays }: { roomId: RoomId; number: number; retentionDays: number | null },
    ): Promise<string[]> {
      const state = await readState(homeserver, ghostOf(company), roomId);
      if (state === undefined) return [];
      const rules = locked(company, {}, space, retentionDays).filter(({ type }) => type !== 'm.room.power_levels');
      const wanted = [...rules, named(conversationRoomName(company, number)), spaceParent(space, names.serverName)];
      return bringStateUpToDate(homeserver, ghostOf(company), roomId, { state, wanted });
    },
  };
}

/** See `createCompanyRooms`. */
export type CompanyRooms = ReturnType<typeof createCompanyRooms>;
