import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../audit/audit-log.ts';
import { ApiError } from '../errors.ts';
import type { DeviceId, UserId } from '../ids.ts';
import { createChangeCompany, noSuchCompany, type ChangeParts } from './company-changes.ts';
import { createCompanyStore } from './company-store.ts';
import type { Company } from './company.ts';
import { membershipCall } from './member-service.ts';
import { createMemberStore } from './member-store.ts';
import { createServiceAccountStore, type ServiceAccount } from './service-account-store.ts';

type Parts = ChangeParts & {
  readonly userIdOf: (company: Company, name: string) => UserId;
  /** Registers and signs in; answers the access token. */
  readonly signIn: (account: { userId: UserId; deviceId: DeviceId; label: string }) => Promise<string>;
  /** Ends every token of the user. */
  readonly signOut: (userId: UserId) => Promise<void>;
};

/** An account with its access token, which is answered once and kept nowhere by us. */
export type IssuedAccount = { readonly account: ServiceAccount; readonly accessToken: string };

/** Issues and revokes service accounts. */
export function createServiceAccountService(parts: Parts) {
  const { database, userIdOf, signIn, signOut } = parts;
  const change = createChangeCompany(parts);

  async function getLatest(slug: string, name: string): Promise<ServiceAccount> {
    const company = await createCompanyStore(database).findBySlug(slug);
    if (company === undefined) throw noSuchCompany();
    const account = await createServiceAccountStore(database).findLatest(company.id, name);
    if (account === undefined)
      throw new ApiError('M_NOT_FOUND', 'The company has no service account of this name.', { field: 'params.name' });
    return account;
  }

  function endRows(actor: Actor, slug: string, { id, userId }: ServiceAccount): Promise<void> {
    return change({ actor, slug }, async (transaction, company) => {
      const members = createMemberStore(transaction);
      await createServiceAccountStore(transaction).revoke(id);
      const member = await members.findCurrent(company.id, userId);
      if (member !== undefined) await members.end(member.id);
      return {
        result: undefined,
        action: 'service-account.revoke',
        detail: { account: id },
        outbox: [membershipCall('removeMember', company, userId)],
      };
    });
  }

  return {
    /**
     * Makes a Matrix user of the company with an access token of its own; it is an agent, in space and team room. The row
     * comes first: nothing exists on Matrix that no row names. When the sign-in fails, the row is revoked again.
     */
    async issue(actor: Actor, slug: string, { name }: { name: string }): Promise<IssuedAccount> {
      const account = await change({ actor, slug }, async (transaction, company) => {
        const accounts = createServiceAccountStore(transaction);
        if ((await accounts.findLatest(company.id, name))?.revokedAt === null) {
          throw new ApiError('COM_SMOOPE_CONFLICT', 'body.name: is in use; revoke that service account first', { field: 'body.name' });
        }
        const userId = userIdOf(company, name);
        const deviceId = randomBytes(8).toString('hex').toUpperCase() as DeviceId;
        const id = randomUUID();
        await accounts.add({ id, companyId: company.id, name, userId, deviceId });
        await createMemberStore(transaction).add({ id: randomUUID(), companyId: company.id, userId, role: 'agent', displayName: null });
        const result = await accounts.findLatest(company.id, name);
        if (result === undefined) throw new Error('the service account that was added is not there');
        return {
          result,
          action: 'service-account.issue',
          detail: { account: id },
          outbox: [membershipCall('inviteMember', company, userId)],
        };
      });
      try {
        const accessToken = await signIn({ userId: account.userId, deviceId: account.deviceId, label: `service account ${name}` });
        return { account, accessToken };
      } catch (error) {
        await endRows(actor, slug, account);
        throw error;
      }
    },

    /** Ends token, device and membership at once; repeatable, so that it can be sent again after a 503. */
    async revoke(actor: Actor, slug: string, name: string): Promise<void> {
      const account = await getLatest(slug, name);
      if (account.revokedAt === null) await endRows(actor, slug, account);
      else
        await change({ actor, slug }, async () => ({
          result: undefined,
          action: 'service-account.revoke',
          detail: { account: account.id, repeated: true },
        }));
      await signOut(account.userId);
    },
  };
}

/** See `createServiceAccountService`. */
export type ServiceAccountService = ReturnType<typeof createServiceAccountService>;
