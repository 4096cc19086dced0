import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, PersonId, UserId } from '../ids.ts';

/** Who is who in a conversation, as the person may see them. */
export type Cast = {
  readonly company: Pick<Company, 'slug' | 'name' | 'logoMxc' | 'userId'>;
  /** Those of the members who are asked about, by Matrix id, those that left included: their messages stay theirs. */
  readonly members: ReadonlyMap<UserId, CompanyMember>;
  /** Matrix ids of the person. */
  readonly identities: ReadonlySet<UserId>;
};

/** What is asked of companies and persons to know who is who in a conversation. */
export type CastSources = {
  getCompany(database: Database, id: CompanyId): Promise<Company>;
  /** Current and former members of these Matrix ids, the current entry of a user last. */
  listMembersAmong(database: Database, id: CompanyId, userIds: readonly UserId[]): Promise<CompanyMember[]>;
  listUserIds(database: Database, personId: PersonId): Promise<UserId[]>;
};

/** Loads who is who between a person and a company, among those who are shown: a company may have hundreds of members, an event has one sender. */
export function createCastLoader({ database, sources }: { database: Database; sources: CastSources }) {
  return async (companyId: CompanyId, personId: PersonId, shown: readonly UserId[]): Promise<Cast> => {
    const [company, members, identities] = await Promise.all([
      sources.getCompany(database, companyId),
      sources.listMembersAmong(database, companyId, [...new Set(shown)]),
      sources.listUserIds(database, personId),
    ]);
    return { company, members: new Map(members.map((member) => [member.userId, member])), identities: new Set(identities) };
  };
}

/** See `createCastLoader`. */
export type LoadCast = ReturnType<typeof createCastLoader>;
