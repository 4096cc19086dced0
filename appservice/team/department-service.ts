import { randomUUID } from 'node:crypto';
import type { Actor, RecordAudit } from '../audit/audit-log.ts';
import type { ChangeCompany } from '../companies/company-changes.ts';
import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { DepartmentProvisioning } from './department-provisioning.ts';
import { createDepartmentStore } from './department-store.ts';
import type { Department } from './department.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

/** A department with its members by Matrix id. */
export type StaffedDepartment = Department & { readonly members: readonly UserId[] };

type Dependencies = {
  readonly database: Database;
  readonly change: ChangeCompany;
  readonly neighbours: TeamNeighbours;
  readonly provision: DepartmentProvisioning['provision'];
  readonly recordAudit: RecordAudit;
  readonly addToOutbox: AddToOutbox;
};

type At = { readonly slug: string; readonly key: string };

/** Use cases of the operator on departments. Each change is one transaction; Matrix follows from the outbox. */
export function createDepartmentService({ database, change, neighbours, provision, recordAudit, addToOutbox }: Dependencies) {
  async function get(transaction: Database, company: Company, key: string): Promise<Department> {
    const department = await createDepartmentStore(transaction).findByKey(company.id, key);
    if (department === undefined)
      throw new ApiError('M_NOT_FOUND', 'The company has no department with this key.', { field: 'params.key' });
    return department;
  }

  const bring = ({ id }: Department, userId: UserId) => ({
    lane: `department/${id}`,
    action: 'bringDepartmentMember' as const,
    payload: { departmentId: id, userId },
  });

  /** Adds a current member of the company, or takes one out; the same again changes nothing. */
  function changeMember(actor: Actor, { slug, key }: At, userId: UserId, isIn: boolean): Promise<void> {
    return change({ actor, slug }, async (transaction, company) => {
      const department = await get(transaction, company, key);
      const member = await neighbours.members(transaction).findCurrent(company.id, userId);
      if (member === undefined) throw new ApiError('M_NOT_FOUND', 'The company has no such member.', { field: 'params.userId' });
      const store = createDepartmentStore(transaction);
      if (isIn) await store.addMember(department.id, member.id);
      else await store.removeMember(department.id, member.id);
      return {
        result: undefined,
        action: isIn ? 'department.member.add' : 'department.member.remove',
        detail: { department: department.id, member: member.id },
        outbox: [bring(department, userId)],
      };
    });
  }

  return {
    /** Makes a department and its rooms. The same key and name again finishes what was begun; another name is COM_SMOOPE_CONFLICT. */
    async create(actor: Actor, { slug, key }: At, name: string): Promise<{ department: Department; created: boolean }> {
      const made = await change({ actor, slug }, async (transaction, company) => {
        const store = createDepartmentStore(transaction);
        const created = await store.add({ id: randomUUID(), companyId: company.id, key, name });
        const department = await get(transaction, company, key);
        if (department.name !== name || department.archivedAt !== null)
          throw new ApiError('COM_SMOOPE_CONFLICT', 'body.key: belongs to another department', { field: 'body.key' });
        const detail = { department: department.id, ...(created ? {} : { repeated: true }) };
        return { result: { id: department.id, created }, action: 'department.create', detail };
      });
      await provision(made.id);
      const department = await createDepartmentStore(database).find(made.id);
      if (department === undefined) throw new Error('the department that was made is not there');
      return { department, created: made.created };
    },

    /** All departments of a company, archived ones too. */
    async list(company: Company): Promise<StaffedDepartment[]> {
      const store = createDepartmentStore(database);
      const current = await neighbours.members(database).listCurrent(company.id);
      const departments = await store.list(company.id);
      return Promise.all(
        departments.map(async (department) => {
          const ids = await store.listMemberIds(department.id);
          return { ...department, members: current.flatMap(({ id, userId }) => (ids.includes(id) ? [userId] : [])) };
        }),
      );
    },

    /** Changes the name; Matrix names follow, the key stays. */
    rename: (actor: Actor, { slug, key }: At, name: string): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        const department = await get(transaction, company, key);
        await createDepartmentStore(transaction).update(department.id, { name });
        return {
          result: undefined,
          action: 'department.rename',
          detail: { department: department.id },
          outbox: [publishDepartmentCall(department)],
        };
      }),

    /** Takes a department out of use: nothing more is handed over to it. COM_SMOOPE_CONFLICT while conversations of it are not closed. */
    archive: (actor: Actor, { slug, key }: At): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        const department = await get(transaction, company, key);
        const conversations = await neighbours.conversations(transaction).listOfDepartment(department.id);
        if (conversations.some(({ status }) => status !== 'closed'))
          throw new ApiError('COM_SMOOPE_CONFLICT', 'Conversations of the department must be closed or handed over first.', {
            field: 'params.key',
          });
        await createDepartmentStore(transaction).update(department.id, { archivedAt: department.archivedAt ?? new Date() });
        return {
          result: undefined,
          action: 'department.archive',
          detail: { department: department.id },
          outbox: [publishDepartmentCall(department)],
        };
      }),

    /**
     * For the event router: a member who leaves a department's space by own act leaves the department, in the caller's transaction.
     * `sender` is who sent the membership event; a removal by the ghost is no own act. `at` is when: a leave may be read twice.
     */
    async memberLeft(
      transaction: Database,
      { company, department, userId, sender, at }: { company: Company; department: Department; userId: UserId; sender: UserId; at: Date },
    ): Promise<void> {
      const member = sender === userId ? await neighbours.members(transaction).findCurrent(company.id, userId) : undefined;
      if (member === undefined || !(await createDepartmentStore(transaction).removeMember(department.id, member.id, at))) return;
      const detail = { department: department.id, member: member.id };
      await recordAudit(transaction, { actor: 'member', action: 'department.member.leave', companyId: company.id, detail });
      await addToOutbox(transaction, [bring(department, userId)]);
    },

    addMember: (actor: Actor, at: At, userId: UserId): Promise<void> => changeMember(actor, at, userId, true),

    /** Out of space, inbox room and conversations of the department follows from the outbox. */
    removeMember: (actor: Actor, at: At, userId: UserId): Promise<void> => changeMember(actor, at, userId, false),
  };
}

/** See `createDepartmentService`. */
export type DepartmentService = ReturnType<typeof createDepartmentService>;

/** The Matrix call that brings a department's rooms to its row. */
export function publishDepartmentCall({ id }: Pick<Department, 'id'>) {
  return { lane: `department/${id}`, action: 'publishDepartment' as const, payload: { departmentId: id } };
}
