import type { AgentInvitationId, CompanyId } from '../ids.ts';

/** How far an invitation is. */
export type InvitationState = 'sending' | 'open' | 'accepted' | 'revoked' | 'expired';

/** An invitation of somebody to work for a company, by a link that is good once. */
export type AgentInvitation = {
  readonly id: AgentInvitationId;
  readonly companyId: CompanyId;
  readonly role: 'agent' | 'admin';
  /** What visitors will read as name; null: the company's name. */
  readonly displayName: string | null;
  readonly way: 'sms' | 'mail';
  /** Where the link goes, encrypted; null as soon as it was sent. */
  readonly sealedAddress: string | null;
  /** What the admin knows the address by. */
  readonly hint: string;
  readonly locale: 'de' | 'en';
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly revokedAt: Date | null;
  readonly acceptedAt: Date | null;
};

/** Days for which a link is good. */
export const INVITATION_DAYS = 7;

/** How far an invitation is at a time. */
export function stateOf({ acceptedAt, revokedAt, expiresAt, sentAt }: AgentInvitation, now: Date): InvitationState {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return sentAt === null ? 'sending' : 'open';
}
