import { mapAtOnce } from '../map-at-once.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Company, CompanyMember } from '../companies/company.ts';
import type { CompanyId, RoomId, UserId } from '../ids.ts';
import type { CompanyRoomIds, CompanyRooms, Powers } from './company-rooms.ts';
import { matrixPath, MatrixError, type HomeserverClient } from './homeserver-client.ts';
import { ACCEPT_MARK } from './conversation-rooms.ts';
import { sendState, setPower } from './room-repair.ts';
import { POWER } from './room-state.ts';
import { isServiceAccount, type ServiceAccounts } from './service-accounts.ts';

/** What of the rows this needs; given at wiring. */
type Sources = {
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly listMembers: (id: CompanyId) => Promise<readonly CompanyMember[]>;
  /** Those of the rooms that are the company's beside its space and team room: conversations, and inbox rooms of departments. */
  readonly onlyConversations: (id: CompanyId, roomIds: readonly RoomId[]) => Promise<readonly RoomId[]>;
  /** Spaces of the company's departments. */
  readonly listDepartmentSpaces: (id: CompanyId) => Promise<readonly RoomId[]>;
};

type Parts = Sources & {
  readonly homeserver: HomeserverClient;
  readonly rooms: CompanyRooms;
  readonly serverName: string;
  readonly serviceAccounts: ServiceAccounts;
};

/** Whose membership; `hasAgreed`: they accepted on a page of ours, and the homeserver accepts the invitations for them. */
type MembershipCall = { readonly companyId: CompanyId; readonly userId: UserId; readonly hasAgreed?: boolean };

/** Rooms worked on side by side. */
const AT_ONCE = 8;

const PRESENT = new Set(['join', 'invite', 'knock']);

/** Powers of today's members in space and team room. */
export function powersOf(members: readonly CompanyMember[]): Powers {
  return Object.fromEntries(members.map(({ userId, role }) => [userId, POWER[role]]));
}

/**
 * Membership of a company on Matrix. Both functions bring Matrix to what the rows say when they run, so that they may be
 * repeated, and a removal that is overtaken by a new invitation does no harm.
 */
export function createCompanyMembers({
  homeserver,
  rooms,
  serverName,
  serviceAccounts,
  findCompany,
  listMembers,
  onlyConversations,
  listDepartmentSpaces,
}: Parts) {
  const ghostOf = (company: Company) => ({ userId: company.userId, deviceId: company.deviceId });

  async function membershipsOf(userId: UserId): Promise<Record<RoomId, string>> {
    const answer = await homeserver.admin({ method: 'GET', path: matrixPath`/_synapse/admin/v1/users/${userId}/memberships` });
    return (answer as { memberships: Record<RoomId, string> }).memberships;
  }

  async function invite(company: Company, roomId: RoomId, userId: UserId, hasAgreed: boolean): Promise<void> {
    try {
      if (hasAgreed) {
        const content = { membership: 'invite', [ACCEPT_MARK]: true };
        return await sendState(homeserver, ghostOf(company), roomId, { type: 'm.room.member', state_key: userId, content });
      }
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/invite`;
      await homeserver.request({ method: 'POST', path, as: ghostOf(company), body: { user_id: userId } });
    } catch (error) {
      // The user may have come in since their membership was read; an invitation is then refused.
      if (!(error instanceof MatrixError) || error.status !== 403 || (await membershipsOf(userId))[roomId] !== 'join') throw error;
    }
  }

  // A service account is a user of ours: it enters at once, nobody has to accept for it.
  async function enter(roomId: RoomId, userId: UserId): Promise<void> {
    await serviceAccounts.register(userId);
    await homeserver.request({ method: 'POST', path: matrixPath`/_matrix/client/v3/rooms/${roomId}/join`, as: { userId }, body: {} });
  }

  /** Invites a member to rooms of the company, the space first; true when something was missing. */
  async function inviteTo(
    company: Company,
    roomIds: readonly RoomId[],
    { userId }: CompanyMember,
    memberships: Record<RoomId, string>,
    hasAgreed = false,
  ): Promise<boolean> {
    let changed = false;
    for (const roomId of roomIds) {
      const membership = memberships[roomId];
      if (membership === 'join') continue;
      changed ||= membership !== 'invite';
      if (membership !== 'invite') await invite(company, roomId, userId, hasAgreed);
      if (isServiceAccount(userId, serverName)) await enter(roomId, userId);
    }
    return changed;
  }

  /** Invites a member to space and team room, and gives the power of its role in all rooms it is in; true when something was missing. */
  async function bringIn(company: Company, { space, team }: CompanyRoomIds, member: CompanyMember, hasAgreed = false): Promise<boolean> {
    const memberships = await membershipsOf(member.userId);
    const changed = await inviteTo(company, [space, team], member, memberships, hasAgreed);
    const joined = Object.entries(memberships).flatMap(([roomId, membership]) => (membership === 'join' ? [roomId as RoomId] : []));
    const raised = await mapAtOnce(AT_ONCE, await onlyConversations(company.id, joined), (roomId) =>
      setPower(homeserver, ghostOf(company), roomId, { userId: member.userId, power: POWER[member.role] }),
    );
    return changed || raised.includes(true);
  }

  async function takeOutOf(company: Company, roomId: RoomId, userId: UserId, membership: string | undefined): Promise<void> {
    try {
      if (PRESENT.has(membership ?? '')) {
        const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/kick`;
        await homeserver.request({ method: 'POST', path, as: ghostOf(company), body: { user_id: userId } });
      }
      await setPower(homeserver, ghostOf(company), roomId, { userId, power: POWER.person });
    } catch (error) {
      // The user left in between, or the room is gone; what is left is read again by the next repair.
      if (!(error instanceof MatrixError) || (error.status !== 403 && error.status !== 404)) throw error;
    }
  }

  /** Out of the space first: while somebody is in it, the restricted rooms let them in again. */
  async function takeOut(company: Company, { space, team }: CompanyRoomIds, userId: UserId): Promise<void> {
    const before = await membershipsOf(userId);
    for (const door of [space, ...(await listDepartmentSpaces(company.id))]) {
      if (door === space || before[door] !== undefined) await takeOutOf(company, door, userId, before[door]);
    }
    const memberships = await membershipsOf(userId);
    await takeOutOf(company, team, userId, memberships[team]);
    const present = Object.entries(memberships).flatMap(([roomId, membership]) => (PRESENT.has(membership) ? [roomId as RoomId] : []));
    // Side by side: until the last room is done the former member reads on there.
    await mapAtOnce(AT_ONCE, await onlyConversations(company.id, present), (roomId) =>
      takeOutOf(company, roomId, userId, memberships[roomId]),
    );
    if (isServiceAccount(userId, serverName)) await serviceAccounts.signOut(userId);
  }

  async function bringToRows({ companyId, userId, hasAgreed = false }: MembershipCall): Promise<void> {
    const company = await findCompany(companyId);
    if (company === undefined || company.spaceRoomId === null || company.teamRoomId === null) return;
    const ids = { space: company.spaceRoomId, team: company.teamRoomId };
    const member = (await listMembers(companyId)).find((one) => one.userId === userId);
    if (member === undefined) return takeOut(company, ids, userId);
    await bringUpToDate(company, ids);
    await bringIn(company, ids, member, hasAgreed);
  }

  /**
   * Brings ghost, space and team room to the row, with the powers of today's members. Two members may be added at once: whoever
   * wrote last looks again whether the rows still say what was written.
   */
  async function bringUpToDate(company: Company, ids: CompanyRoomIds): Promise<{ changed: string[]; present: UserId[] }> {
    const changed: string[] = [];
    for (;;) {
      const powers = powersOf(await listMembers(company.id));
      const result = await rooms.bringUpToDate(company, ids, powers);
      changed.push(...result.changed);
      if (isDeepStrictEqual(powersOf(await listMembers(company.id)), powers)) return { changed, present: result.present };
    }
  }

  return {
    /** Carries out `inviteMember`: powers and invitations to space and team room; where the membership ended meanwhile, `removeMember`. */
    inviteMember: bringToRows,
    /** Carries out `removeMember`: out of space, team room and every conversation, powers gone; where the user is a member again, `inviteMember`. */
    removeMember: bringToRows,
    bringUpToDate,
    bringIn,
    /** Invites a member to further rooms of the company, the space among them first. */
    bringInto: async (company: Company, roomIds: readonly RoomId[], member: CompanyMember): Promise<boolean> =>
      inviteTo(company, roomIds, member, await membershipsOf(member.userId)),
    /** Takes somebody out of rooms of the company, powers too; out of the space first, because it is the door to the others. */
    async takeOutOfRooms(company: Company, space: RoomId, roomIds: readonly RoomId[], userId: UserId): Promise<void> {
      await takeOutOf(company, space, userId, (await membershipsOf(userId))[space]);
      const memberships = await membershipsOf(userId);
      const present = roomIds.filter((roomId) => PRESENT.has(memberships[roomId] ?? ''));
      await mapAtOnce(AT_ONCE, present, (roomId) => takeOutOf(company, roomId, userId, memberships[roomId]));
    },
    /** Whether a user of our own server exists and is not deactivated. */
    async userExists(userId: UserId): Promise<boolean> {
      try {
        const answer = await homeserver.admin({ method: 'GET', path: matrixPath`/_synapse/admin/v2/users/${userId}` });
        return (answer as { deactivated?: boolean }).deactivated !== true;
      } catch (error) {
        if (error instanceof MatrixError && error.status === 404) return false;
        throw error;
      }
    },
    takeOut,
  };
}

/** See `createCompanyMembers`. */
export type CompanyMembers = ReturnType<typeof createCompanyMembers>;
