import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { CompanyId } from '../ids.ts';
import { list } from './audit-log.ts';

const listQuery = z.strictObject({
  company: z.string().max(40).optional().describe('Slug of a company; without it all lines.'),
  before: z.coerce.number().int().positive().optional().describe('Id of the last line of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Number of lines at most.'),
});

const auditPage = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: z.int().describe('Milliseconds since 1970.'),
      actor: z.string().describe('operator:<token id>, system, command or member.'),
      action: z.string(),
      companyId: z.string().nullable(),
      detail: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
        .describe('Ids, codes and names of settings.'),
    }),
  ),
});

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
        return {
          status: 200,
          body: { entries: entries.map((entry) => ({ ...entry, at: entry.at.getTime(), detail: mutable(entry.detail) })) },
        };
      },
    ),
  };
}

function mutable(
  detail: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]));
}
