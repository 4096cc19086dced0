import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { CompanyId, UserId } from '../ids.ts';
import { list, type RecordedEntry } from './audit-log.ts';
import { auditPage } from './audit-wire.ts';

const listQuery = z.strictObject({
  company: z.string().max(40).optional().describe('Slug of a company; without it all lines.'),
  before: z.coerce.number().int().positive().optional().describe('Id of the last line of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Number of lines at most.'),
});

const page = { before: listQuery.shape.before, limit: listQuery.shape.limit };

/** Query of a company's own log. */
const ownQuery = z.object(page);

/** `GET /api/v1/companies/{slug}/manage/audit`: what was done about a company, for its admins. `admit` throws for everybody else. */
export function companyAuditRoute({
  database,
  admit,
}: {
  database: Database;
  admit: (userId: UserId, slug: string) => Promise<CompanyId>;
}): Route {
  return route(
    {
      method: 'get',
      path: '/api/v1/companies/:slug/manage/audit',
      summary: 'Lists what was done about your company, newest first; for admins.',
      auth: 'api',
      limit: 'read',
      params: z.object({ slug: z.string().max(40).describe('Slug of the company.') }),
      query: ownQuery,
      responses: { 200: { description: 'A page of the audit log.', schema: auditPage } },
    },
    async ({ auth, params, query: { before, limit } }) => {
      const companyId = await admit(auth.userId, params.slug);
      return { status: 200, body: { entries: (await list(database, { companyId, before, limit })).map(shown) } };
    },
  );
}

/** `GET /api/v1/operator/audit`: the audit log, newest first. */
export function auditRoutes({
  database,
  findCompanyId,
}: {
  database: Database;
  findCompanyId: (slug: string) => Promise<CompanyId | undefined>;
}): { list: Route } {
  return {
    list: route(
      {
        method: 'get',
        path: '/api/v1/operator/audit',
        summary: 'Lists the audit log, newest first.',
        auth: 'operator',
        query: listQuery,
        responses: { 200: { description: 'A page of the audit log.', schema: auditPage } },
      },
      async ({ query: { company, before, limit } }) => {
        const companyId = company === undefined ? undefined : await findCompanyId(company);
        if (company !== undefined && companyId === undefined) {
          throw new ApiError('M_INVALID_PARAM', 'query.company: there is no company with this slug', { field: 'query.company' });
        }
        const entries = await list(database, { companyId, before, limit });
        return { status: 200, body: { entries: entries.map(shown) } };
      },
    ),
  };
}

const shown = (entry: RecordedEntry) => ({ ...entry, at: entry.at.getTime(), detail: mutable(entry.detail) });

function mutable(
  detail: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]));
}
