import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/audit-log.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { createChangeCompany, noSuchCompany, type ChangeParts } from './company-changes.ts';
import { decodeImage } from './company-image.ts';
import { createCompanyStore } from './company-store.ts';
import type { Company, CompanyMember, MemberRole } from './company.ts';
import { createMemberStore } from './member-store.ts';
import { createServiceAccountStore } from './service-account-store.ts';

type Parts = ChangeParts & {
  readonly serverName: string;
  /** Whether a Matrix id belongs to the service itself: ghosts and service accounts. */
  readonly isReserved: (userId: UserId) => boolean;
  /** Whether a user of our own server exists. */
  readonly userExists: (userId: UserId) => Promise<boolean>;
  readonly uploadImage: (company: Company, image: { bytes: Buffer; type: string }) => Promise<string>;
};

/** A member as it is added; `displayName` undefined leaves what a present member has. */
export type MemberInput = { readonly userId: UserId; readonly role: MemberRole; readonly displayName?: string | null | undefined };

/** Adds a member, or changes role and display name of one who is there; in the caller's transaction. */
export async function putMember(
  transaction: Database,
  company: Company,
  { userId, role, displayName }: MemberInput,
): Promise<CompanyMember> {
  const members = createMemberStore(transaction);
  const present = await members.findCurrent(company.id, userId);
  const id = present?.id ?? randomUUID();
  if (present === undefined) await members.add({ id, companyId: company.id, userId, role, displayName: displayName ?? null });
  else await members.update(id, { role, ...(displayName === undefined ? {} : { displayName }) });
  const result = await members.findCurrent(company.id, userId);
  if (result === undefined) throw new Error('the member that was added is not there');
  return result;
}

/** Use cases of operator and admins on members of companies. */
export function createMemberService(parts: Parts) {
  const { database, serverName, isReserved, userExists, uploadImage } = parts;
  const change = createChangeCompany(parts);

  async function assertPossible(slug: string, userId: UserId): Promise<void> {
    const company = await createCompanyStore(database).findBySlug(slug);
    if (company === undefined) throw noSuchCompany();
    const server = userId.slice(userId.indexOf(':') + 1);
    if (isReserved(userId)) throw invalid('belongs to the service itself; bots and integrations are service accounts');
    if (server !== serverName && server !== company.settings.homeserver) {
      throw invalid(
        `must be on ${serverName}${company.settings.homeserver === null ? '' : ` or ${company.settings.homeserver}`}; the setting "homeserver" lets another server in`,
      );
    }
    if (server === serverName && !(await userExists(userId))) throw invalid('does not exist on this server');
  }

  return {
    /** Adds a member, or changes role and display name of one who is there; invitations follow from the outbox. */
    async add(actor: Actor, slug: string, { userId, role, displayName }: MemberInput): Promise<CompanyMember> {
      await assertPossible(slug, userId);
      return change({ actor, slug }, async (transaction, company) => {
        const result = await putMember(transaction, company, { userId, role, displayName });
        const outbox = [membershipCall('inviteMember', company, userId)];
        return { result, action: 'member.add', detail: { member: result.id, role }, outbox };
      });
    },

    /** Ends a membership; out of space, team room and conversations follows from the outbox. M_NOT_FOUND for one who is no member. */
    remove: (actor: Actor, slug: string, userId: UserId): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        const members = createMemberStore(transaction);
        const member = await members.findCurrent(company.id, userId);
        if (member === undefined) throw noSuchMember();
        const accounts = await createServiceAccountStore(transaction).listCurrent(company.id);
        if (accounts.some((account) => account.userId === userId)) {
          throw new ApiError('COM_SMOOPE_CONFLICT', 'This member is a service account: revoke it.', { field: 'params.userId' });
        }
        await members.end(member.id);
        return {
          result: undefined,
          action: 'member.remove',
          detail: { member: member.id },
          outbox: [membershipCall('removeMember', company, userId)],
        };
      }),

    /** Sets the picture that visitors see (base64), or takes it away with null: the company's logo stands in its place. */
    async setPicture(actor: Actor, slug: string, userId: UserId, image: string | null): Promise<void> {
      const decoded = image === null ? null : decodeImage(image);
      const company = await createCompanyStore(database).findBySlug(slug);
      if (company === undefined) throw noSuchCompany();
      if ((await createMemberStore(database).findCurrent(company.id, userId)) === undefined) throw noSuchMember();
      const pictureMxc = decoded === null ? null : await uploadImage(company, decoded);
      await change({ actor, slug }, async (transaction) => {
        const members = createMemberStore(transaction);
        const member = await members.findCurrent(company.id, userId);
        if (member === undefined) throw noSuchMember();
        await members.update(member.id, { pictureMxc });
        return { result: undefined, action: 'member.picture', detail: { member: member.id, present: pictureMxc !== null } };
      });
    },
  };
}

/** See `createMemberService`. */
export type MemberService = ReturnType<typeof createMemberService>;

/**
 * For the event router: a member who leaves a company's space by own act ends the membership, in the caller's transaction.
 * `sender` is who sent the membership event; a removal by the ghost (another sender) is no own act. `at` is when: a leave may
 * be read twice, and one from before the present membership began does not end it. Returns whether a membership ended.
 */
export async function memberLeftSpace(
  transaction: Database,
  { company, userId, sender, at }: { company: Pick<Company, 'id'>; userId: UserId; sender: UserId; at: Date },
  { recordAudit, addToOutbox }: Pick<ChangeParts, 'recordAudit' | 'addToOutbox'>,
): Promise<boolean> {
  if (sender !== userId) return false;
  const members = createMemberStore(transaction);
  const member = await members.findCurrent(company.id, userId);
  if (member === undefined || at < member.startedAt || !(await members.end(member.id))) return false;
  await recordAudit(transaction, { actor: 'member', action: 'member.leave', companyId: company.id, detail: { member: member.id } });
  await addToOutbox(transaction, [membershipCall('removeMember', company, userId)]);
  return true;
}

/** The Matrix call that follows a change of a membership. A lane of its own: a company's homeserver that is down must not hold up others. */
export function membershipCall(action: 'inviteMember' | 'removeMember', { id }: Pick<Company, 'id'>, userId: UserId) {
  return { lane: `${id}/${userId}`, action, payload: { companyId: id, userId } };
}

function invalid(message: string): ApiError {
  return new ApiError('M_INVALID_PARAM', `body.userId: ${message}`, { field: 'body.userId' });
}

function noSuchMember(): ApiError {
  return new ApiError('M_NOT_FOUND', 'The company has no such member.', { field: 'params.userId' });
}
