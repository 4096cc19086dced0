import type { CompanyId, RoomId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Company, CompanyMember } from './company.ts';
import type { CompanyRoomStore, ConversationRoom } from './company-room-store.ts';
import type { CompanyStore } from './company-store.ts';
import type { MemberStore } from './member-store.ts';

type Powers = Readonly<Record<UserId, number>>;
type RoomIds = { readonly space: RoomId; readonly team: RoomId };

/** What provisioning does on Matrix; `matrix/company-rooms.ts` and `matrix/company-members.ts` together. */
export type CompanyOnMatrix = {
  ensureGhost(company: Company): Promise<string[]>;
  ensureSpace(company: Company, known: RoomId | null, users: Powers): Promise<RoomId>;
  ensureTeamRoom(company: Company, known: RoomId | null, users: Powers, space: RoomId): Promise<RoomId>;
  bringUpToDate(company: Company, rooms: RoomIds): Promise<{ changed: string[]; present: UserId[] }>;
  bringConversationUpToDate(company: Company, space: RoomId, room: ConversationRoom): Promise<string[]>;
  bringIn(company: Company, rooms: RoomIds, member: CompanyMember): Promise<boolean>;
  takeOut(company: Company, rooms: RoomIds, userId: UserId): Promise<void>;
  powersOf(members: readonly CompanyMember[]): Powers;
};

type Parts = {
  readonly companies: CompanyStore;
  readonly members: MemberStore;
  readonly conversationRooms: CompanyRoomStore;
  readonly matrix: CompanyOnMatrix;
  readonly log: Logger;
};

/**
 * Brings a company to Matrix. Each step looks at what is there, so that it may be repeated after a crash at any point; no
 * database transaction is open meanwhile. The team room enters the row last: a row without it is not finished.
 */
export function createProvisioning({ companies, members, conversationRooms, matrix, log }: Parts) {
  async function bringConversations(company: Company, space: RoomId): Promise<number> {
    let count = 0;
    for await (const room of conversationRooms.each(company.id)) {
      const changed = await matrix.bringConversationUpToDate(company, space, room);
      if (changed.length > 0) count += 1;
    }
    return count;
  }

  async function bringMembers(company: Company, rooms: RoomIds, current: readonly CompanyMember[]): Promise<string[]> {
    const changed: string[] = [];
    for (const member of current) if (await matrix.bringIn(company, rooms, member)) changed.push(`member.${member.id}`);
    return changed;
  }

  /** Makes what is missing and puts right what differs; returns what was done, as codes. Throws what Matrix threw. */
  async function provision(id: CompanyId): Promise<string[]> {
    const company = await companies.get(id);
    if (company.closedAt !== null) return [];
    const current = await members.listCurrent(id);
    const powers = matrix.powersOf(current);
    const done = await matrix.ensureGhost(company);
    const space = await matrix.ensureSpace(company, company.spaceRoomId, powers);
    if (space !== company.spaceRoomId) {
      await companies.update(id, { spaceRoomId: space });
      done.push('space.created');
    }
    const team = await matrix.ensureTeamRoom(company, company.teamRoomId, powers, space);
    const { changed, present } = await matrix.bringUpToDate(company, { space, team });
    done.push(...changed);
    if (team !== company.teamRoomId) {
      await companies.update(id, { teamRoomId: team });
      done.push('team.created');
    }
    done.push(...(await bringMembers(company, { space, team }, current)));
    const strangers = present.filter((userId) => userId !== company.userId && powers[userId] === undefined);
    for (const userId of strangers) await matrix.takeOut(company, { space, team }, userId);
    if (strangers.length > 0) done.push('strangers.removed');
    if ((await bringConversations(company, space)) > 0) done.push('conversations');
    return done;
  }

  return {
    provision,

    /** Carries out `publishCompany`: name, logo, retention and access list reach Matrix as the row has them now. */
    async publish({ companyId }: { companyId: CompanyId }): Promise<void> {
      const company = await companies.find(companyId);
      if (company === undefined || company.spaceRoomId === null || company.teamRoomId === null) return;
      await matrix.bringUpToDate(company, { space: company.spaceRoomId, team: company.teamRoomId });
      await bringConversations(company, company.spaceRoomId);
    },

    /** At start-up: finishes companies whose rooms were not finished. One that fails is logged and left for the next start or a repair. */
    async resume(): Promise<void> {
      for (const company of await companies.listUnprovisioned()) {
        try {
          await provision(company.id);
          log.info('company_provisioned', { companyId: company.id });
        } catch (error) {
          log.error('company_provisioning_failed', { companyId: company.id }, error);
        }
      }
    },
  };
}

/** See `createProvisioning`. */
export type Provisioning = ReturnType<typeof createProvisioning>;
