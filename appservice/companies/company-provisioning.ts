import type { Alone } from '../database/alone.ts';
import type { CompanyId, RoomId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { mapAtOnce } from '../map-at-once.ts';
import type { Company, CompanyMember } from './company.ts';
import type { CompanyRoomStore, ConversationRoom } from './company-room-store.ts';
import type { CompanyStore } from './company-store.ts';
import type { MemberStore } from './member-store.ts';

type Powers = Readonly<Record<UserId, number>>;
type RoomIds = { readonly space: RoomId; readonly team: RoomId };

/** Rooms worked on side by side; the homeserver has other work as well. */
const AT_ONCE = 8;

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
  /** Two processes that looked for the same room at once would each make one. */
  readonly alone: Alone;
  /** Adds the entry for the conversations after a number. */
  readonly continueAfter: (companyId: CompanyId, after: number) => Promise<void>;
  /** Adds the entries for its departments, whose rooms carry the company's name and rules. */
  readonly publishDepartments: (companyId: CompanyId) => Promise<void>;
  /** Adds the entries for those of the rooms in which customers write, who may, or may not, by the company's settings. */
  readonly bringWriting: (companyId: CompanyId, roomIds: readonly RoomId[]) => Promise<void>;
  readonly log: Logger;
};

/**
 * Brings a company to Matrix. Each step looks at what is there, so that it may be repeated after a crash at any point; no
 * database transaction is open meanwhile. The team room enters the row last: a row without it is not finished.
 */
export function createProvisioning({
  companies,
  members,
  conversationRooms,
  matrix,
  alone,
  continueAfter,
  publishDepartments,
  bringWriting,
  log,
}: Parts) {
  /** Brings rooms up to date, several at once; answers how many differed. */
  async function bringRooms(company: Company, space: RoomId, rooms: readonly ConversationRoom[]): Promise<number> {
    const changed = await mapAtOnce(AT_ONCE, rooms, (room) => matrix.bringConversationUpToDate(company, room.spaceRoomId ?? space, room));
    await bringWriting(
      company.id,
      rooms.map(({ roomId }) => roomId),
    );
    return changed.filter(({ length }) => length > 0).length;
  }

  async function bringConversations(company: Company, space: RoomId): Promise<number> {
    let count = 0;
    for (let rooms = await conversationRooms.page(company.id, -1); rooms.length > 0;) {
      count += await bringRooms(company, space, rooms);
      rooms = await conversationRooms.page(company.id, rooms.at(-1)?.number ?? 0);
    }
    return count;
  }

  /** Out of everything who was a member once and is none now, whatever became of the call that should have seen to it. */
  async function removeFormer(id: CompanyId, company: Company, rooms: RoomIds, current: readonly CompanyMember[]): Promise<void> {
    const present = new Set(current.map(({ userId }) => userId));
    const former = new Set((await members.listAll(id)).map(({ userId }) => userId).filter((userId) => !present.has(userId)));
    await mapAtOnce(AT_ONCE, [...former], (userId) => matrix.takeOut(company, rooms, userId));
  }

  async function bringMembers(company: Company, rooms: RoomIds, current: readonly CompanyMember[]): Promise<string[]> {
    const changed: string[] = [];
    for (const member of current) if (await matrix.bringIn(company, rooms, member)) changed.push(`member.${member.id}`);
    return changed;
  }

  async function bringToMatrix(id: CompanyId): Promise<string[]> {
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
    await removeFormer(id, company, { space, team }, current);
    if ((await bringConversations(company, space)) > 0) done.push('conversations');
    await publishDepartments(id);
    return done;
  }

  /** Makes what is missing and puts right what differs; returns what was done, as codes. Throws what Matrix threw. */
  const provision = (id: CompanyId): Promise<string[]> => alone(`provision ${id}`, () => bringToMatrix(id));

  return {
    provision,

    /** Carries out `publishCompany`: name, logo, retention and access list reach Matrix as the row has them now. */
    async publish({ companyId }: { companyId: CompanyId }): Promise<void> {
      const company = await companies.find(companyId);
      if (company === undefined || company.spaceRoomId === null || company.teamRoomId === null) return;
      await matrix.bringUpToDate(company, { space: company.spaceRoomId, team: company.teamRoomId });
      await publishDepartments(companyId);
    },

    /** Carries out `publishConversations`: one page, and the entry for the next. */
    async publishConversations({ companyId, after, last: end }: { companyId: CompanyId; after: number; last?: number }): Promise<void> {
      const company = await companies.find(companyId);
      if (company === undefined || company.spaceRoomId === null) return;
      const rooms = await conversationRooms.page(companyId, after);
      const wanted = end === undefined ? rooms : rooms.filter(({ number }) => number <= end);
      await bringRooms(company, company.spaceRoomId, wanted);
      const last = wanted.at(-1);
      if (last !== undefined && last.number !== end) await continueAfter(companyId, last.number);
    },

    /** At start-up: finishes companies whose rooms were not finished. One that fails stops no other; false when one did. */
    async resume(): Promise<boolean> {
      let isDone = true;
      for (const company of await companies.listUnprovisioned()) {
        try {
          await provision(company.id);
          log.info('company_provisioned', { companyId: company.id });
        } catch (error) {
          log.error('company_provisioning_failed', { companyId: company.id }, error);
          isDone = false;
        }
      }
      return isDone;
    },
  };
}

/** See `createProvisioning`. */
export type Provisioning = ReturnType<typeof createProvisioning>;
