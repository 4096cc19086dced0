import type { CompanyId, DeviceId, RoomId, UserId } from '../ids.ts';
import type { CompanySettings } from './company-settings.ts';

/** A tenant (design, terms). */
export type Company = {
  readonly id: CompanyId;
  /** Fixed for ever; part of Matrix ids and addresses. */
  readonly slug: string;
  readonly bucket: string;
  readonly name: string;
  /** Its ghost: what people see, creator of all its rooms. */
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** null until provisioned on Matrix. */
  readonly spaceRoomId: RoomId | null;
  readonly teamRoomId: RoomId | null;
  readonly logoMxc: string | null;
  readonly settings: CompanySettings;
  readonly createdAt: Date;
  readonly suspendedAt: Date | null;
  readonly closedAt: Date | null;
  /** Version of the processing agreement that was accepted last, null when none was. */
  readonly acceptedAgreement: string | null;
  /** Derived by `statusOf`. */
  readonly status: CompanyStatus;
};

/** A company without what follows from the rest. */
export type CompanyFacts = Omit<Company, 'status'>;

/** draft: something is missing before it may talk to people; live; suspended by the operator; closed for good. */
export type CompanyStatus = 'draft' | 'live' | 'suspended' | 'closed';

/** What a draft still lacks. */
export type MissingRequirement = 'imprint' | 'privacyContact' | 'processingAgreement' | 'rooms';

/** Names what keeps a company from being open (R11, DDG section 5). */
export function missingRequirements(company: CompanyFacts): MissingRequirement[] {
  const { settings } = company;
  const missing: MissingRequirement[] = [];
  if (settings.imprintUrl === null) missing.push('imprint');
  if (settings.privacyContact === null) missing.push('privacyContact');
  if (company.acceptedAgreement === null) missing.push('processingAgreement');
  if (company.spaceRoomId === null || company.teamRoomId === null) missing.push('rooms');
  return missing;
}

/** The status is derived, so that it cannot disagree with what it stands for. */
export function statusOf(company: CompanyFacts): CompanyStatus {
  if (company.closedAt !== null) return 'closed';
  if (company.suspendedAt !== null) return 'suspended';
  return missingRequirements(company).length > 0 ? 'draft' : 'live';
}

/** Id, names and homeserver user of a company that is being made. */
export type CompanyIdentity = Pick<Company, 'bucket' | 'userId' | 'deviceId'>;

/** A member of a company, on our homeserver or its own. */
export type CompanyMember = {
  /** Row id (UUID): names the member to visitors and in the audit log. */
  readonly id: string;
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly role: MemberRole;
  /** What visitors read; null: the company's name. */
  readonly displayName: string | null;
  readonly pictureMxc: string | null;
  readonly startedAt: Date;
  /** When the membership ended; null while it lasts. */
  readonly endedAt: Date | null;
};

/** agent: answers; admin: runs the company as well. */
export type MemberRole = 'agent' | 'admin';
