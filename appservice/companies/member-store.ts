import type { Database } from '../database/database.ts';
import type { CompanyId, UserId } from '../ids.ts';
import type { CompanyMember, MemberRole } from './company.ts';

type Row = {
  id: string;
  company_id: string;
  user_id: string;
  role: MemberRole;
  display_name: string | null;
  picture_mxc: string | null;
  valid_from: Date;
  valid_to: Date | null;
};

const COLUMNS = ['id', 'company_id', 'user_id', 'role', 'display_name', 'picture_mxc', 'valid_from', 'valid_to'] as const;

function toDomain(row: Row): CompanyMember {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    userId: row.user_id as UserId,
    role: row.role,
    displayName: row.display_name,
    pictureMxc: row.picture_mxc,
    startedAt: row.valid_from,
    endedAt: row.valid_to,
  };
}

/** A member as it is added. */
export type NewMember = Pick<CompanyMember, 'id' | 'companyId' | 'userId' | 'role' | 'displayName'>;

/** Members of companies; an ended membership stays as a row, a new one for the same Matrix id is another row. */
export function createMemberStore(database: Database) {
  const select = () => database<Row>('company_member').select(...COLUMNS);

  return {
    async add({ id, companyId, userId, role, displayName }: NewMember): Promise<void> {
      await database('company_member').insert({ id, company_id: companyId, user_id: userId, role, display_name: displayName });
    },
    /** The membership that lasts. */
    async findCurrent(companyId: CompanyId, userId: UserId): Promise<CompanyMember | undefined> {
      const row = await select().where({ company_id: companyId, user_id: userId }).whereNull('valid_to').first();
      return row === undefined ? undefined : toDomain(row);
    },
    async findById(companyId: CompanyId, id: string): Promise<CompanyMember | undefined> {
      const row = await select().where({ company_id: companyId, id }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Members of today. */
    async listCurrent(companyId: CompanyId): Promise<CompanyMember[]> {
      const rows = await select().where({ company_id: companyId }).whereNull('valid_to').orderBy('valid_from').orderBy('id');
      return rows.map(toDomain);
    },
    /** Companies that are not closed and of which a Matrix id is a member now. */
    async listCompaniesOf(userId: UserId): Promise<{ slug: string; name: string; role: MemberRole }[]> {
      return database('company_member')
        .join('company', 'company.id', 'company_member.company_id')
        .where('company_member.user_id', userId)
        .whereNull('company_member.valid_to')
        .whereNull('company.closed_at')
        .orderBy('company.slug')
        .select<{ slug: string; name: string; role: MemberRole }[]>('company.slug', 'company.name', 'company_member.role');
    },
    /** Members of all times, the current membership of a Matrix id last: whose name stands on an old message. */
    async listAll(companyId: CompanyId): Promise<CompanyMember[]> {
      const rows = await select().where({ company_id: companyId }).orderByRaw('valid_to nulls last, valid_from, id');
      return rows.map(toDomain);
    },
    /** Those of `listAll` with one of these Matrix ids. */
    async listAmong(companyId: CompanyId, userIds: readonly UserId[]): Promise<CompanyMember[]> {
      if (userIds.length === 0) return [];
      const rows = await select()
        .where({ company_id: companyId })
        .whereIn('user_id', userIds)
        .orderByRaw('valid_to nulls last, valid_from, id');
      return rows.map(toDomain);
    },
    async update(id: string, changes: { role?: MemberRole; displayName?: string | null; pictureMxc?: string | null }): Promise<void> {
      const row = {
        ...(changes.role === undefined ? {} : { role: changes.role }),
        ...(changes.displayName === undefined ? {} : { display_name: changes.displayName }),
        ...(changes.pictureMxc === undefined ? {} : { picture_mxc: changes.pictureMxc }),
      };
      if (Object.keys(row).length > 0) await database('company_member').where({ id }).update(row);
    },
    /** Ends a membership; false when it had ended before. */
    async end(id: string): Promise<boolean> {
      const ended = await database('company_member').where({ id }).whereNull('valid_to').update({ valid_to: database.fn.now() });
      return ended === 1;
    },
  };
}

/** See `createMemberStore`. */
export type MemberStore = ReturnType<typeof createMemberStore>;
