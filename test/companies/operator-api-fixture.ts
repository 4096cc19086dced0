import { record, list } from '../../appservice/audit/audit-log.ts';
import { auditRoutes } from '../../appservice/audit/audit-routes.ts';
import { auditedRoute } from '../../appservice/audit/audited-route.ts';
import { companyDirectoryRoutes } from '../../appservice/companies/company-directory-routes.ts';
import { companyOperatorRoutes, type Audited } from '../../appservice/companies/company-operator-routes.ts';
import { companyPictureRoutes } from '../../appservice/companies/company-picture-routes.ts';
import { createCompanyService } from '../../appservice/companies/company-service.ts';
import { createCompanyStore } from '../../appservice/companies/company-store.ts';
import { memberOperatorRoutes } from '../../appservice/companies/member-operator-routes.ts';
import { createMemberService } from '../../appservice/companies/member-service.ts';
import { createMemberStore } from '../../appservice/companies/member-store.ts';
import { createProcessingAgreementStore } from '../../appservice/companies/processing-agreement-store.ts';
import { createServiceAccountService } from '../../appservice/companies/service-account-service.ts';
import { createServiceAccountStore } from '../../appservice/companies/service-account-store.ts';
import { ApiError } from '../../appservice/errors.ts';
import type { Authenticators } from '../../appservice/http/auth.ts';
import type { CompanyId, DeviceId, RoomId, UserId } from '../../appservice/ids.ts';
import { addToOutbox } from '../../appservice/matrix/outbox-store.ts';
import { issueOperatorToken, operatorAuthenticator } from '../../appservice/operator/operator-token.ts';
import { availabilityOf } from '../../appservice/team/business-hours.ts';
import { startServer } from '../http/http-fixture.ts';
import { openTestDatabase } from './test-database.ts';

/** Server name of the tests. */
export const SERVER = 'smoope.localhost';

/** When it is for the directory of companies; noon in Berlin. */
export const TUESDAY_NOON = new Date('2026-11-24T11:00:00Z');

const nobody = async (): Promise<never> => {
  throw new ApiError('M_UNKNOWN_TOKEN', 'This token is not known.');
};

/** The operator API over real HTTP on a real PostgreSQL; Matrix is a stand-in whose failures a test can choose. */
export async function startOperatorApi() {
  const { database, url, close } = await openTestDatabase();
  const matrix = { down: false, images: new Map<string, Buffer>(), missing: new Set<string>(), signedOut: [] as string[] };
  const unlessDown = (): void => {
    if (matrix.down) throw new ApiError('COM_SMOOPE_HOMESERVER_UNAVAILABLE', 'The homeserver cannot be reached now.');
  };
  const companies = createCompanyStore(database);
  const members = createMemberStore(database);
  const changes = { database, recordAudit: record, addToOutbox };
  const uploadImage = async (_company: unknown, { bytes }: { bytes: Buffer }): Promise<string> => {
    unlessDown();
    const mxc = `mxc://${SERVER}/image${matrix.images.size}`;
    matrix.images.set(mxc, bytes);
    return mxc;
  };
  const service = createCompanyService({
    ...changes,
    async provision(id: CompanyId) {
      unlessDown();
      const company = await companies.get(id);
      if (company.teamRoomId !== null) return [];
      await companies.update(id, { spaceRoomId: `!space-${id}` as RoomId, teamRoomId: `!team-${id}` as RoomId });
      return ['space.created', 'team.created'];
    },
    identityOf: (slug) => ({ bucket: 'ab', userId: `@company_ab_${slug}:${SERVER}` as UserId, deviceId: 'SMOOPE' as DeviceId }),
    uploadImage,
    retentionLimits: { minDays: 1, maxDays: 730 },
    agreementVersion: '2026-11',
    serverName: SERVER,
  });
  const memberService = createMemberService({
    ...changes,
    serverName: SERVER,
    isReserved: (userId) => /^@(company|visitor|service)_/.test(userId),
    userExists: async (userId) => !matrix.missing.has(userId),
    uploadImage,
  });
  const accountService = createServiceAccountService({
    ...changes,
    userIdOf: ({ slug }, name) => `@service_ab_${slug}_${name}:${SERVER}` as UserId,
    async signIn({ userId }) {
      unlessDown();
      return `token of ${userId}`;
    },
    async signOut(userId) {
      unlessDown();
      matrix.signedOut.push(userId);
    },
  });
  const findCompanyId = async (slug: string): Promise<CompanyId | undefined> => (await companies.findBySlug(slug))?.id;
  const audited: Audited = (kind, action, route) => auditedRoute({ database, recordAudit: record, findCompanyId }, kind, action, route);
  const authenticators: Authenticators = {
    none: async () => undefined,
    page: nobody,
    account: nobody,
    api: nobody,
    visitor: nobody,
    homeserver: nobody,
    operator: operatorAuthenticator(database),
  };
  const agreements = createProcessingAgreementStore(database);
  const accounts = createServiceAccountStore(database);
  const server = await startServer({
    authenticators,
    routes: [
      ...companyOperatorRoutes({ companies, agreements, service, audited }),
      ...memberOperatorRoutes({ companies, members, accounts, memberService, accountService, audited }),
      audited('reads', 'audit.list', auditRoutes({ database, findCompanyId }).list),
      ...companyDirectoryRoutes({ companies, availabilityOf: (company) => availabilityOf(company, TUESDAY_NOON) }),
      ...companyPictureRoutes({ companies, members, readImage: async (_company, mxc) => matrix.images.get(mxc) }),
    ],
  });
  const { id: tokenId, token } = await issueOperatorToken(database, 'tests');

  return {
    database,
    matrix,
    companies,
    members,
    service,
    tokenId,
    token,
    origin: server.origin,
    url,
    /** A call with the operator's token, below `/api/v1/operator`. */
    async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
      const response = await fetch(`${server.origin}/api/v1/operator${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>) };
    },
    /** Actions of the audit log, oldest first, with what a refusal says. */
    async audit(): Promise<string[]> {
      const entries = await list(database, { limit: 500 });
      return entries
        .toReversed()
        .map(({ action, detail }) => (detail['refused'] === undefined ? action : `${action} refused ${String(detail['refused'])}`));
    },
    /** Waiting Matrix calls. */
    async outbox(): Promise<{ lane: string; action: string; payload: Record<string, string> }[]> {
      return database('outbox').select('lane', 'action', 'payload').orderBy('id');
    },
    async close(): Promise<void> {
      await server.close();
      await close();
    },
  };
}

/** See `startOperatorApi`. */
export type OperatorApiTest = Awaited<ReturnType<typeof startOperatorApi>>;
