import type { z } from 'zod';
import { missingRequirements, type Company, type CompanyMember } from './company.ts';
import type { companyDetails, companySummary, memberDetails, serviceAccountDetails } from './company-wire.ts';
import type { AgreementAcceptance } from './processing-agreement-store.ts';
import type { ServiceAccount } from './service-account-store.ts';

/** A company in a list of the operator. */
export function toSummary(company: Company): z.input<typeof companySummary> {
  const { slug, name, status, createdAt } = company;
  return { slug, name, status, createdAt: createdAt.getTime() };
}

/** A company with all that the operator may see; `acceptances` latest first. */
export function toDetails(company: Company, acceptances: readonly AgreementAcceptance[]): z.input<typeof companyDetails> {
  const [latest] = acceptances;
  return {
    ...toSummary(company),
    id: company.id,
    missing: missingRequirements(company),
    userId: company.userId,
    spaceId: company.spaceRoomId,
    teamRoomId: company.teamRoomId,
    hasLogo: company.logoMxc !== null,
    settings: company.settings,
    agreement: latest === undefined ? null : { ...latest, acceptedAt: latest.acceptedAt.getTime() },
  };
}

/** A member as the operator sees it. */
export function toMemberDetails({ id, userId, role, displayName, pictureMxc }: CompanyMember): z.input<typeof memberDetails> {
  return { id, userId, role, displayName, hasPicture: pictureMxc !== null };
}

/** A service account as the operator sees it. */
export function toServiceAccountDetails({ id, name, userId, issuedAt }: ServiceAccount): z.input<typeof serviceAccountDetails> {
  return { id, name, userId, issuedAt: issuedAt.getTime() };
}
