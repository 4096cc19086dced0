import type { Company, CompanyMember } from '../companies/company.ts';
import type { Alone } from '../database/alone.ts';
import type { Database } from '../database/database.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { CompanyMembers } from '../matrix/company-members.ts';
import type { Powers } from '../matrix/company-rooms.ts';
import type { DepartmentRooms } from '../matrix/department-rooms.ts';
import { createDepartmentStore } from './department-store.ts';
import type { Department } from './department.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

type Dependencies = {
  readonly database: Database;
  readonly neighbours: TeamNeighbours;
  readonly rooms: DepartmentRooms;
  readonly onMatrix: Pick<CompanyMembers, 'bringInto' | 'takeOutOfRooms'>;
  readonly powersOf: (members: readonly CompanyMember[]) => Powers;
  /** Two who looked for the same room at once would each make one. */
  readonly alone: Alone;
  readonly log: Logger;
};

/** Brings departments to Matrix. Each step looks at what is there, so that it may be repeated after a crash at any point. */
export function createDepartmentProvisioning({ database, neighbours, rooms, onMatrix, powersOf, alone, log }: Dependencies) {
  const departments = createDepartmentStore(database);

  async function listMembers({ id, companyId }: Department): Promise<CompanyMember[]> {
    const ids = await departments.listMemberIds(id);
    return (await neighbours.members(database).listCurrent(companyId)).filter((member) => ids.includes(member.id));
  }

  /** Company and department as the rows are now; undefined where there is nothing to do on Matrix yet or any more. */
  async function find(id: string): Promise<{ company: Company; space: RoomId; department: Department } | undefined> {
    const department = await departments.find(id);
    const company = department === undefined ? undefined : await neighbours.findCompany(database, department.companyId);
    if (department === undefined || company === undefined || company.spaceRoomId === null || company.closedAt !== null) return undefined;
    return { company, space: company.spaceRoomId, department };
  }

  /** Out of the space first, then of the inbox, then of every conversation of the department. */
  async function takeOut(company: Company, { id }: Department, { space, inbox }: { space: RoomId; inbox: RoomId }, userId: UserId) {
    const conversations = await neighbours.conversations(database).listOfDepartment(id);
    await onMatrix.takeOutOfRooms(company, space, [inbox, ...conversations.map(({ roomId }) => roomId)], userId);
  }

  async function bringToMatrix(id: string): Promise<string[]> {
    const found = await find(id);
    if (found === undefined) return [];
    const { company, space: above, department } = found;
    const members = await listMembers(department);
    const users = powersOf(members);
    const ids = await rooms.ensure(company, department, users, above);
    const { changed, present } = await rooms.bringUpToDate(company, department, { rooms: ids, users, above });
    if (ids.space !== department.spaceRoomId || ids.inbox !== department.inboxRoomId) {
      await departments.update(id, { spaceRoomId: ids.space, inboxRoomId: ids.inbox });
      changed.push('created');
    }
    for (const member of members)
      if (await onMatrix.bringInto(company, [ids.space, ids.inbox], member)) changed.push(`member.${member.id}`);
    const strangers = present.filter((userId) => userId !== company.userId && users[userId] === undefined);
    for (const userId of strangers) await takeOut(company, department, ids, userId);
    return strangers.length === 0 ? changed : [...changed, 'strangers.removed'];
  }

  /** Makes what is missing and puts right what differs; returns what was done, as codes. */
  const provision = (id: string): Promise<string[]> => alone(`provision ${id}`, () => bringToMatrix(id));

  return {
    provision,

    /** Carries out `bringDepartmentMember`: in or out, as the rows say when it runs. */
    async bringMember({ departmentId, userId }: { departmentId: string; userId: UserId }): Promise<void> {
      const found = await find(departmentId);
      if (found === undefined) return;
      const { company, department } = found;
      const { spaceRoomId: space, inboxRoomId: inbox } = department;
      const isMember = (await listMembers(department)).some((member) => member.userId === userId);
      if (isMember || space === null || inbox === null) return void (await provision(departmentId));
      await takeOut(company, department, { space, inbox }, userId);
    },

    /** At start-up: finishes departments whose rooms were not finished. One that fails stops no other; false when one did. */
    async resume(): Promise<boolean> {
      let isDone = true;
      for (const id of await departments.listUnprovisioned()) {
        try {
          await provision(id);
        } catch (cause) {
          log.warn('department_provisioning_failed', {}, cause);
          isDone = false;
        }
      }
      return isDone;
    },
  };
}

/** See `createDepartmentProvisioning`. */
export type DepartmentProvisioning = ReturnType<typeof createDepartmentProvisioning>;
