import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/audit-log.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId } from '../ids.ts';
import { createChangeCompany, noSuchCompany, type Change, type ChangeParts } from './company-changes.ts';
import { decodeImage } from './company-image.ts';
import type { Provisioning } from './company-provisioning.ts';
import { applyPatch, changedSettings, companySettings, type CompanySettings, type CompanySettingsPatch } from './company-settings.ts';
import { createCompanyStore } from './company-store.ts';
import type { Company, CompanyIdentity } from './company.ts';
import { membershipCall } from './member-service.ts';
import { createMemberStore } from './member-store.ts';
import { createProcessingAgreementStore } from './processing-agreement-store.ts';
import { createServiceAccountStore } from './service-account-store.ts';

type Parts = ChangeParts & {
  readonly provision: Provisioning['provision'];
  /** Bucket, ghost and device of a new company. */
  readonly identityOf: (slug: string) => CompanyIdentity;
  readonly uploadImage: (company: Company, image: { bytes: Buffer; type: string }) => Promise<string>;
  /** The operator's limits of retention, in days (R23). */
  readonly retentionLimits: { readonly minDays: number; readonly maxDays: number };
  /** Version of the processing agreement that is accepted now. */
  readonly agreementVersion: string;
  /** Our own server name. */
  readonly serverName: string;
};

/** Settings that rooms of conversations show: their state, or who may write there. */
const REACHING: ReadonlySet<string> = new Set(['retentionDays', 'homeserver', 'identity']);

/** Use cases of the operator on companies. Each change is one transaction; Matrix follows from the outbox. */
export function createCompanyService(parts: Parts) {
  const { database, recordAudit, provision, identityOf, uploadImage, retentionLimits, agreementVersion, serverName } = parts;
  const change = createChangeCompany(parts);
  const companies = createCompanyStore(database);

  const list = ({ id }: Pick<Company, 'id'>) => [{ lane: 'company-list', action: 'listCompany' as const, payload: { companyId: id } }];
  const publish = (company: Company) => [
    { lane: company.id, action: 'publishCompany' as const, payload: { companyId: company.id } },
    ...list(company),
  ];
  // A company may have very many conversations: they follow in a lane of their own, beside which new ones are announced.
  const publishAll = (company: Company) => [...publish(company), conversationsCall(company.id, -1)];

  async function getBySlug(slug: string): Promise<Company> {
    const company = await companies.findBySlug(slug);
    if (company === undefined) throw noSuchCompany();
    return company;
  }

  async function assertAllowed(
    at: 'body' | 'body.settings',
    { before, after }: { before: CompanySettings; after: CompanySettings },
    listForeignMembers: () => Promise<string[]>,
  ): Promise<void> {
    const { minDays, maxDays } = retentionLimits;
    const { retentionDays, homeserver } = after;
    if (retentionDays !== null && (retentionDays < minDays || retentionDays > maxDays)) {
      throw invalid(`${at}.retentionDays`, `must lie between ${minDays} and ${maxDays} days, the operator's limits`);
    }
    if (homeserver === serverName) throw invalid(`${at}.homeserver`, 'is our own server, which is in every room anyway');
    if (homeserver !== before.homeserver && (await listForeignMembers()).length > 0) {
      const field = `${at}.homeserver`;
      throw new ApiError('COM_SMOOPE_CONFLICT', `${field}: members of the server so far must be removed first`, { field });
    }
  }

  async function addRow(
    actor: Actor,
    { slug, name, settings }: { slug: string; name: string; settings: CompanySettings },
  ): Promise<boolean> {
    return database.transaction(async (transaction) => {
      const id = randomUUID() as CompanyId;
      const added = await createCompanyStore(transaction).add({ id, slug, name, settings, ...identityOf(slug) });
      if (added) await recordAudit(transaction, { actor, action: 'company.create', companyId: id, detail: { slug } });
      return added;
    });
  }

  async function endEverything(transaction: ChangeParts['database'], company: Company): Promise<Change<void>> {
    const members = createMemberStore(transaction);
    const accounts = createServiceAccountStore(transaction);
    const current = await members.listCurrent(company.id);
    for (const member of current) await members.end(member.id);
    for (const account of await accounts.listCurrent(company.id)) await accounts.revoke(account.id);
    await createCompanyStore(transaction).update(company.id, { closedAt: new Date() });
    const outbox = [...current.map(({ userId }) => membershipCall('removeMember', company, userId)), ...list(company)];
    return { result: undefined, action: 'company.close', detail: { members: current.map(({ id }) => id) }, outbox };
  }

  return {
    /**
     * Makes a company and its rooms on Matrix. The same slug and name again finishes what was begun and changes nothing else
     * (`created` false); another name, or a closed company, is COM_SMOOPE_CONFLICT.
     */
    async create(
      actor: Actor,
      { slug, name, settings: given }: { slug: string; name: string; settings: CompanySettingsPatch },
    ): Promise<{ company: Company; created: boolean }> {
      const fresh = companySettings.parse({});
      const settings = applyPatch(fresh, given);
      await assertAllowed('body.settings', { before: fresh, after: settings }, async () => []);
      const created = await addRow(actor, { slug, name, settings });
      const company = await getBySlug(slug);
      if (company.name !== name || company.closedAt !== null) {
        throw new ApiError('COM_SMOOPE_CONFLICT', 'body.slug: belongs to another company', { field: 'body.slug' });
      }
      if (!created)
        await recordAudit(database, { actor, action: 'company.create', companyId: company.id, detail: { slug, repeated: true } });
      await provision(company.id);
      return { company: await getBySlug(slug), created };
    },

    /** Changes the name; Matrix names follow, the slug stays. */
    rename: (actor: Actor, slug: string, name: string): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        await createCompanyStore(transaction).update(company.id, { name });
        return { result: undefined, action: 'company.rename', outbox: publishAll(company) };
      }),

    /** Changes the settings that are given. */
    updateSettings: (actor: Actor, slug: string, patch: CompanySettingsPatch): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        const settings = applyPatch(company.settings, patch);
        await assertAllowed('body', { before: company.settings, after: settings }, async () => {
          const current = await createMemberStore(transaction).listCurrent(company.id);
          return current.flatMap(({ userId }) => (userId.endsWith(`:${serverName}`) ? [] : [userId]));
        });
        await createCompanyStore(transaction).update(company.id, { settings });
        const changed = changedSettings(company.settings, settings);
        if (actor.startsWith('member:') && changed.includes('homeserver'))
          throw new ApiError('M_FORBIDDEN', 'body.homeserver: only the operator lets another server in', { field: 'body.homeserver' });
        const reachesConversations = changed.some((name) => REACHING.has(name));
        return {
          result: undefined,
          action: 'company.set',
          detail: { settings: changed },
          outbox: reachesConversations ? publishAll(company) : publish(company),
        };
      }),

    /** Shuts widget and form until `resume`; members keep what they have. */
    suspend: (actor: Actor, slug: string): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        await createCompanyStore(transaction).update(company.id, { suspendedAt: company.suspendedAt ?? new Date() });
        return { result: undefined, action: 'company.suspend', outbox: list(company) };
      }),

    /** Ends a suspension. */
    resume: (actor: Actor, slug: string): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        await createCompanyStore(transaction).update(company.id, { suspendedAt: null });
        return { result: undefined, action: 'company.resume', outbox: list(company) };
      }),

    /** Closes for good: widget shut, members and service accounts out. Rooms stay for their retention. */
    close: (actor: Actor, slug: string): Promise<void> => change({ actor, slug }, endEverything),

    /** Records who accepted the processing agreement for the company; only the version in force can be accepted (R11). */
    acceptAgreement: (actor: Actor, slug: string, { version, acceptedBy }: { version: string; acceptedBy: string }): Promise<void> =>
      change({ actor, slug }, async (transaction, company) => {
        if (version !== agreementVersion) throw invalid('body.version', `must be ${agreementVersion}, the version in force`);
        const id = randomUUID();
        await createProcessingAgreementStore(transaction).add({ id, companyId: company.id, version, acceptedBy });
        return { result: undefined, action: 'company.agreement.accept', detail: { version, acceptance: id }, outbox: list(company) };
      }),

    /** Compares everything on Matrix with the rows and puts back what is missing; returns what that was, as codes. */
    async repair(actor: Actor, slug: string): Promise<string[]> {
      const company = await getBySlug(slug);
      const changed = await provision(company.id);
      return change({ actor, slug }, async (_transaction, { id }) => ({
        result: changed,
        action: 'company.repair',
        detail: { changed },
        outbox: list({ id }),
      }));
    },

    /** Sets the logo (PNG, JPEG or WebP in base64), or takes it away with null. */
    async setLogo(actor: Actor, slug: string, image: string | null): Promise<void> {
      const decoded = image === null ? null : decodeImage(image);
      const logoMxc = decoded === null ? null : await uploadImage(await getBySlug(slug), decoded);
      await change({ actor, slug }, async (transaction, company) => {
        await createCompanyStore(transaction).update(company.id, { logoMxc });
        return { result: undefined, action: 'company.logo', detail: { present: logoMxc !== null }, outbox: publish(company) };
      });
    },
  };
}

/** See `createCompanyService`. */
export type CompanyService = ReturnType<typeof createCompanyService>;

/** The Matrix call for a single conversation of a company. */
export function conversationCall(companyId: CompanyId, number: number) {
  return {
    lane: `${companyId}/conversations`,
    action: 'publishConversations' as const,
    payload: { companyId, after: number - 1, last: number },
  };
}

/** The Matrix calls for a company's conversations after a number. */
export function conversationsCall(companyId: CompanyId, after: number) {
  return { lane: `${companyId}/conversations`, action: 'publishConversations' as const, payload: { companyId, after } };
}

function invalid(field: string, message: string): ApiError {
  return new ApiError('M_INVALID_PARAM', `${field}: ${message}`, { field });
}
