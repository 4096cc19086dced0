import type { Database } from '../database/database.ts';
import type { CompanyId, RoomId } from '../ids.ts';
import type { Department } from './department.ts';

type Row = {
  id: string;
  company_id: CompanyId;
  key: string;
  name: string;
  space_room_id: RoomId | null;
  inbox_room_id: RoomId | null;
  archived_at: Date | null;
  retention_days: number | null;
};

const toDomain = (row: Row): Department => ({
  id: row.id,
  companyId: row.company_id,
  key: row.key,
  name: row.name,
  spaceRoomId: row.space_room_id,
  inboxRoomId: row.inbox_room_id,
  archivedAt: row.archived_at,
  retentionDays: row.retention_days,
});

/** Rows of `department` and `department_member`; members are named by their row id. */
export function createDepartmentStore(database: Database) {
  const findOne = async (where: Partial<Row>): Promise<Department | undefined> => {
    const row = await database<Row>('department').where(where).first();
    return row === undefined ? undefined : toDomain(row);
  };
  return {
    /** Adds one; false when the key is taken. */
    async add({ id, companyId, key, name }: Pick<Department, 'id' | 'companyId' | 'key' | 'name'>): Promise<boolean> {
      const added = await database('department')
        .insert({ id, company_id: companyId, key, name })
        .onConflict(['company_id', 'key'])
        .ignore()
        .returning('id');
      return added.length > 0;
    },
    find: (id: string) => findOne({ id }),
    findByKey: (companyId: CompanyId, key: string) => findOne({ company_id: companyId, key }),
    /** The department whose space or inbox room it is. */
    findByRoom: async (roomId: RoomId) => (await findOne({ space_room_id: roomId })) ?? findOne({ inbox_room_id: roomId }),
    /** Those of `roomIds` that are spaces or inbox rooms of the company's departments. */
    async onlyRooms(companyId: CompanyId, roomIds: readonly RoomId[]): Promise<RoomId[]> {
      const rows = await database<Row>('department').where({ company_id: companyId }).select('space_room_id', 'inbox_room_id');
      const rooms = new Set(rows.flatMap((row) => [row.space_room_id, row.inbox_room_id]));
      return roomIds.filter((roomId) => rooms.has(roomId));
    },
    /** Departments whose rooms on Matrix are not finished. */
    async listUnprovisioned(): Promise<string[]> {
      return database<Row>('department')
        .whereNull('archived_at')
        .whereRaw('(space_room_id is null or inbox_room_id is null)')
        .orderBy('created_at')
        .pluck('id');
    },
    /** All of a company by key, archived ones too. */
    async list(companyId: CompanyId): Promise<Department[]> {
      return (await database<Row>('department').where({ company_id: companyId }).orderBy('key')).map(toDomain);
    },
    async update(
      id: string,
      changes: { name?: string; spaceRoomId?: RoomId; inboxRoomId?: RoomId; archivedAt?: Date | null },
    ): Promise<void> {
      const row = {
        ...(changes.name === undefined ? {} : { name: changes.name }),
        ...(changes.spaceRoomId === undefined ? {} : { space_room_id: changes.spaceRoomId }),
        ...(changes.inboxRoomId === undefined ? {} : { inbox_room_id: changes.inboxRoomId }),
        ...(changes.archivedAt === undefined ? {} : { archived_at: changes.archivedAt }),
      };
      if (Object.keys(row).length > 0) await database('department').where({ id }).update(row);
    },
    /** Adds a member; false for one who is there. */
    async addMember(id: string, memberId: string): Promise<boolean> {
      const added = await database('department_member')
        .insert({ department_id: id, member_id: memberId })
        .onConflict(['department_id', 'member_id'])
        .ignore()
        .returning('member_id');
      return added.length > 0;
    },
    /** Takes a member out; false for one who was not there, or came after `before`. */
    async removeMember(id: string, memberId: string, before: Date = new Date()): Promise<boolean> {
      const row = database('department_member').where({ department_id: id, member_id: memberId });
      return (await row.where('added_at', '<=', before).delete()) > 0;
    },
    /** Row ids of the departments of a member. */
    listIdsOf: (memberId: string): Promise<string[]> =>
      database<{ member_id: string; department_id: string }>('department_member').where({ member_id: memberId }).pluck('department_id'),
    /** Row ids of its members whose membership of the company lasts. */
    async listMemberIds(id: string): Promise<string[]> {
      return database<{ member_id: string }>('department_member')
        .join('company_member', 'company_member.id', 'department_member.member_id')
        .where({ department_id: id })
        .whereNull('company_member.valid_to')
        .orderBy('added_at')
        .pluck('member_id');
    },
  };
}
