import { ApiError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { noSuchCompany } from './company-changes.ts';
import type { CompanyStore } from './company-store.ts';
import type { Company, CompanyMember, MemberRole } from './company.ts';
import type { MemberStore } from './member-store.ts';

/**
 * Lets somebody in at a company's own routes, by what the rows say now. For whoever is no member the answer is the same as for a
 * company that does not exist; a member whose role is not enough reads M_FORBIDDEN.
 */
export type MemberAccess = (userId: UserId, slug: string, role?: MemberRole) => Promise<{ company: Company; member: CompanyMember }>;

/** See `MemberAccess`. */
export function createMemberAccess({ companies, members }: { companies: CompanyStore; members: MemberStore }): MemberAccess {
  return async (userId, slug, role = 'agent') => {
    const company = await companies.findBySlug(slug);
    const member = company === undefined ? undefined : await members.findCurrent(company.id, userId);
    if (company === undefined || member === undefined) throw noSuchCompany();
    if (role === 'admin' && member.role !== 'admin') throw new ApiError('M_FORBIDDEN', 'Only admins of the company may do this.');
    return { company, member };
  };
}
