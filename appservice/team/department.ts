import type { Company } from '../companies/company.ts';
import type { CompanyId, RoomId } from '../ids.ts';

/** A part of a company with members of its own. */
export type Department = {
  /** Row id (UUID). */
  readonly id: string;
  readonly companyId: CompanyId;
  /** Fixed for ever; part of Matrix aliases and what agents type. */
  readonly key: string;
  readonly name: string;
  /** Its space below the company's; null until provisioned. */
  readonly spaceRoomId: RoomId | null;
  /** Room in which its conversations are announced; null until provisioned. */
  readonly inboxRoomId: RoomId | null;
  readonly archivedAt: Date | null;
  /** Life of messages in its rooms and conversations, in days; null: the company's. */
  readonly retentionDays: number | null;
};

/** The department an agent means, by key or name; undefined where there is none in use. */
export function findDepartment(typed: string, departments: readonly Department[]): Department | undefined {
  const wanted = typed.normalize('NFKC').trim().toLowerCase();
  const inUse = departments.filter(({ archivedAt, inboxRoomId }) => archivedAt === null && inboxRoomId !== null);
  return inUse.find(({ key }) => key === wanted) ?? inUse.find(({ name }) => name.normalize('NFKC').toLowerCase() === wanted);
}

/** Where a conversation is announced: the inbox room of its department, else the team room; null until there is one. */
export function inboxRoomOf(company: Pick<Company, 'teamRoomId'>, department: Department | undefined): RoomId | null {
  return department === undefined ? company.teamRoomId : department.inboxRoomId;
}
