import { randomUUID } from 'node:crypto';
import type { ChangeCompany } from '../companies/company-changes.ts';
import type { Company, CompanyMember } from '../companies/company.ts';
import type { MemberInput } from '../companies/member-service.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { AccountId, AgentInvitationId, CompanyId, UserId } from '../ids.ts';
import type { OutboxEntry } from '../matrix/outbox-store.ts';
import type { NotificationAddress } from '../notifications/notification.ts';
import { hashToken } from '../opaque-token.ts';
import { createAgentInvitationStore } from './agent-invitation-store.ts';
import type {
  AcceptedAgentInvitation,
  AcceptInvitationRequest,
  AgentInvitationPreview,
  AgentInvitationView,
  InviteRequest,
} from './agent-invitation-wire.ts';
import { INVITATION_DAYS, stateOf, type AgentInvitation } from './agent-invitation.ts';
import { agentTerms, hashOfTerms, type TermsLocale } from './agent-terms.ts';

/** What companies, accounts and Matrix do for invitations. */
export type InvitationNeighbours = {
  readonly change: ChangeCompany;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly findMember: (database: Database, companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
  /** Makes somebody a member, in the caller's transaction. */
  readonly addMember: (database: Database, company: Company, member: MemberInput) => Promise<CompanyMember>;
  readonly userIdOf: (id: AccountId) => UserId;
  /** Whether the Matrix user of an account is there: the homeserver makes it at the first sign-in. */
  readonly userExists: (userId: UserId) => Promise<boolean>;
};

type Dependencies = {
  readonly database: Database;
  readonly neighbours: InvitationNeighbours;
  /** Reads a number or a mail address that this installation can send to; undefined for anything else. */
  readonly readAddress: (entered: string) => NotificationAddress | undefined;
  readonly maskAddress: (address: NotificationAddress) => string;
  readonly hashAddress: (address: NotificationAddress) => string;
  readonly sealAddress: (address: NotificationAddress, id: AgentInvitationId) => string;
  readonly now: () => Date;
};

const DAY_MS = 86_400_000;

/** Invitations that go to one address within a day, whoever sends them: it may be somebody else's. */
const OF_ADDRESS = 3;

/** Invitations that a company sends within a day. */
const OF_COMPANY = 50;

/** One answer for a link that was used, revoked, expired, or never was: who tries learns nothing. */
const noSuchLink = (): ApiError =>
  new ApiError('COM_SMOOPE_CODE_USED', 'The link was used, was taken back or is too old; ask for a new one.', { field: 'body.token' });

/** Lets admins of a company invite people to work for it, by a link that is good once (§5). */
export function createAgentInvitations(dependencies: Dependencies) {
  const { database, neighbours, readAddress, maskAddress, hashAddress, sealAddress, now } = dependencies;
  const invitations = createAgentInvitationStore(database);

  const viewOf = (invitation: AgentInvitation): AgentInvitationView => {
    const { id, role, displayName, way, hint, createdAt, expiresAt } = invitation;
    const state = stateOf(invitation, now());
    return { id, role, displayName, way, hint, state, createdAt: createdAt.getTime(), expiresAt: expiresAt.getTime() };
  };

  async function refuseFlood(transaction: Database, companyId: CompanyId, addressHash: string): Promise<void> {
    const store = createAgentInvitationStore(transaction);
    const since = new Date(now().getTime() - DAY_MS);
    const isTooMuch =
      (await store.countSince({ addressHash }, since)) >= OF_ADDRESS || (await store.countSince({ companyId }, since)) >= OF_COMPANY;
    if (isTooMuch)
      throw new ApiError('M_LIMIT_EXCEEDED', 'Too many invitations within a day, to this address or by this company.', {
        retryAfterMs: DAY_MS / 24,
      });
  }

  /** The invitation of a link, and the company that sent it. */
  async function findOpen(token: string): Promise<{ invitation: AgentInvitation; company: Company }> {
    const invitation = await invitations.findByTokenHash(hashToken(token), now());
    const company = invitation === undefined ? undefined : await neighbours.findCompany(invitation.companyId);
    if (invitation === undefined || company === undefined || company.closedAt !== null) throw noSuchLink();
    return { invitation, company };
  }

  return {
    /** Invites somebody; an earlier invitation of the company to the same address is worth nothing any more. The link is made when it is sent. */
    async invite(admin: CompanyMember, slug: string, { to, role, displayName, locale }: InviteRequest): Promise<AgentInvitationView> {
      const address = readAddress(to);
      if (address === undefined) {
        throw new ApiError('M_INVALID_PARAM', 'body.to: must be a mobile number or a mail address to which this service can send', {
          field: 'body.to',
        });
      }
      return neighbours.change({ actor: `member:${admin.id}`, slug }, async (transaction, company) => {
        const store = createAgentInvitationStore(transaction);
        const addressHash = hashAddress(address);
        await refuseFlood(transaction, company.id, addressHash);
        await store.revokeOfAddress(company.id, addressHash, now());
        const id = randomUUID() as AgentInvitationId;
        const invitation = {
          id,
          companyId: company.id,
          role,
          displayName,
          way: address.way,
          sealedAddress: sealAddress(address, id),
          hint: maskAddress(address),
          locale: locale ?? company.settings.locale,
          createdAt: now(),
          expiresAt: new Date(now().getTime() + INVITATION_DAYS * DAY_MS),
        };
        await store.add({ ...invitation, addressHash, invitedBy: admin.id });
        const outbox: OutboxEntry[] = [{ lane: `invitation/${id}`, action: 'sendAgentInvitation', payload: { invitationId: id } }];
        const result = viewOf({ ...invitation, sentAt: null, revokedAt: null, acceptedAt: null });
        return { result, action: 'invitation.send', detail: { invitation: id, role, way: address.way }, outbox };
      });
    },

    list: async (companyId: CompanyId): Promise<AgentInvitationView[]> => (await invitations.list(companyId)).map(viewOf),

    /** Takes an invitation back; throws M_NOT_FOUND for one that is not pending. */
    revoke: (admin: CompanyMember, slug: string, id: AgentInvitationId): Promise<void> =>
      neighbours.change({ actor: `member:${admin.id}`, slug }, async (transaction, company) => {
        if (!(await createAgentInvitationStore(transaction).revoke({ id, companyId: company.id }, now())))
          throw new ApiError('M_NOT_FOUND', 'There is no such invitation.', { field: 'params.id' });
        return { result: undefined, action: 'invitation.revoke', detail: { invitation: id } };
      }),

    /** What the page of a link shows; the link stays good. */
    async preview(token: string, locale: TermsLocale): Promise<AgentInvitationPreview> {
      const { invitation, company } = await findOpen(token);
      const { version, text } = agentTerms(locale);
      const { slug, name } = company;
      return {
        company: { slug, name },
        role: invitation.role,
        expiresAt: invitation.expiresAt.getTime(),
        terms: { version, text: [...text] },
      };
    },

    /** Makes somebody a member by a link, with the terms they accepted. Throws COM_SMOOPE_CODE_USED, M_INVALID_PARAM, COM_SMOOPE_CONFLICT. */
    async accept(accountId: AccountId, { token, terms }: AcceptInvitationRequest): Promise<AcceptedAgentInvitation> {
      const { company: known, invitation } = await findOpen(token);
      const shown = agentTerms(terms.locale);
      if (terms.version !== shown.version) {
        throw new ApiError('M_INVALID_PARAM', `body.terms.version: must be ${shown.version}, the terms of today`, {
          field: 'body.terms.version',
        });
      }
      const userId = neighbours.userIdOf(accountId);
      if (!(await neighbours.userExists(userId)))
        throw new ApiError('COM_SMOOPE_CONFLICT', 'Sign in to the app once, then open the link again.');
      return neighbours.change({ actor: 'member', slug: known.slug }, async (transaction, company) => {
        if ((await neighbours.findMember(transaction, company.id, userId)) !== undefined)
          throw new ApiError('COM_SMOOPE_CONFLICT', 'You work for this company already.');
        const { role, displayName } = invitation;
        const member = await neighbours.addMember(transaction, company, { userId, role, displayName });
        const acceptance = { at: now(), memberId: member.id, termsVersion: shown.version, termsHash: hashOfTerms(shown) };
        if (!(await createAgentInvitationStore(transaction).accept(hashToken(token), acceptance))) throw noSuchLink();
        return {
          result: { company: { slug: company.slug, name: company.name }, role },
          action: 'member.join',
          detail: { member: member.id, invitation: invitation.id, role },
          outbox: [
            { lane: `${company.id}/${userId}`, action: 'inviteMember', payload: { companyId: company.id, userId, hasAgreed: true } },
          ],
        };
      });
    },

    /** Deletes what nobody accepted, a day after its end: until then it counts for the limits. */
    deleteExpired: (): Promise<void> => invitations.deleteExpired(new Date(now().getTime() - DAY_MS)),
  };
}

/** See `createAgentInvitations`. */
export type AgentInvitations = ReturnType<typeof createAgentInvitations>;
