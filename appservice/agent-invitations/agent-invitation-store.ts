import type { Database } from '../database/database.ts';
import type { AgentInvitationId, CompanyId } from '../ids.ts';
import type { AgentInvitation } from './agent-invitation.ts';

type Row = {
  id: AgentInvitationId;
  company_id: CompanyId;
  role: 'agent' | 'admin';
  display_name: string | null;
  way: 'sms' | 'mail';
  sealed_address: string | null;
  address_hash: string;
  hint: string;
  locale: 'de' | 'en';
  invited_by: string;
  token_hash: string | null;
  created_at: Date;
  expires_at: Date;
  sent_at: Date | null;
  revoked_at: Date | null;
  accepted_at: Date | null;
  member_id: string | null;
  terms_version: string | null;
  terms_hash: string | null;
};

const toDomain = (row: Row): AgentInvitation => ({
  id: row.id,
  companyId: row.company_id,
  role: row.role,
  displayName: row.display_name,
  way: row.way,
  sealedAddress: row.sealed_address,
  hint: row.hint,
  locale: row.locale,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  sentAt: row.sent_at,
  revokedAt: row.revoked_at,
  acceptedAt: row.accepted_at,
});

/** What a new invitation is made of. */
export type NewAgentInvitation = Omit<AgentInvitation, 'sentAt' | 'revokedAt' | 'acceptedAt'> & {
  readonly addressHash: string;
  /** Row id of the admin's membership. */
  readonly invitedBy: string;
};

/** Which terms somebody accepted, and the membership that began with it. */
export type Acceptance = { readonly at: Date; readonly memberId: string; readonly termsVersion: string; readonly termsHash: string };

const NO_MORE = { sealed_address: null, token_hash: null } as const;

/** Rows of `agent_invitation`. */
export function createAgentInvitationStore(database: Database) {
  const invitations = () => database<Row>('agent_invitation');
  const pending = () => invitations().whereNull('accepted_at').whereNull('revoked_at');
  const one = (row: Row | undefined): AgentInvitation | undefined => (row === undefined ? undefined : toDomain(row));
  return {
    async add(invitation: NewAgentInvitation): Promise<void> {
      await invitations().insert({
        id: invitation.id,
        company_id: invitation.companyId,
        role: invitation.role,
        display_name: invitation.displayName,
        way: invitation.way,
        sealed_address: invitation.sealedAddress,
        address_hash: invitation.addressHash,
        hint: invitation.hint,
        locale: invitation.locale,
        invited_by: invitation.invitedBy,
        created_at: invitation.createdAt,
        expires_at: invitation.expiresAt,
      });
    },
    /** One that is neither accepted nor revoked nor expired. */
    findPending: async (id: AgentInvitationId, now: Date): Promise<AgentInvitation | undefined> =>
      one(await pending().where({ id }).where('expires_at', '>', now).first()),
    /** The same, by its link. */
    findByTokenHash: async (tokenHash: string, now: Date): Promise<AgentInvitation | undefined> =>
      one(await pending().where({ token_hash: tokenHash }).where('expires_at', '>', now).first()),
    /** Invitations of a company, the latest first. */
    list: async (companyId: CompanyId): Promise<AgentInvitation[]> =>
      (await invitations().where({ company_id: companyId }).orderBy('created_at', 'desc').limit(200)).map(toDomain),
    /** How many went to an address, and how many a company has sent, since a time. */
    async countSince(which: { addressHash: string } | { companyId: CompanyId }, since: Date): Promise<number> {
      const where = 'addressHash' in which ? { address_hash: which.addressHash } : { company_id: which.companyId };
      const row = await invitations().where(where).where('created_at', '>', since).count<{ count: string }[]>('* as count').first();
      return Number(row?.count);
    },
    /** Keeps the hash of a link that is about to be sent; the one before is worth nothing any more. */
    async setToken(id: AgentInvitationId, tokenHash: string): Promise<void> {
      await pending().where({ id }).update({ token_hash: tokenHash });
    },
    /** Notes that the link is on its way; the address is needed no more. */
    async noteSent(id: AgentInvitationId, at: Date): Promise<void> {
      await invitations().where({ id }).update({ sent_at: at, sealed_address: null });
    },
    /** Takes an invitation back; false where there is none that is pending. */
    async revoke(which: { id: AgentInvitationId; companyId: CompanyId }, at: Date): Promise<boolean> {
      const { id, companyId } = which;
      return (
        (await pending()
          .where({ id, company_id: companyId })
          .update({ ...NO_MORE, revoked_at: at })) > 0
      );
    },
    /** Takes back what a company has sent to an address and nobody has accepted. */
    async revokeOfAddress(companyId: CompanyId, addressHash: string, at: Date): Promise<void> {
      await pending()
        .where({ company_id: companyId, address_hash: addressHash })
        .update({ ...NO_MORE, revoked_at: at });
    },
    /** Uses a link up; false where it was used, revoked or expired meanwhile. */
    async accept(tokenHash: string, { at, memberId, termsVersion, termsHash }: Acceptance): Promise<boolean> {
      const changed = await pending()
        .where({ token_hash: tokenHash })
        .where('expires_at', '>', at)
        .update({ ...NO_MORE, accepted_at: at, member_id: memberId, terms_version: termsVersion, terms_hash: termsHash });
      return changed > 0;
    },
    /** Deletes those that expired before a time and that nobody accepted. */
    async deleteExpired(before: Date): Promise<void> {
      await invitations().whereNull('accepted_at').where('expires_at', '<=', before).delete();
    },
  };
}
