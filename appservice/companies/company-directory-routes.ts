import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import { placeFromText, placeToText, toListed, toProfile, type Availability } from './company-directory.ts';
import { companyProfile, directoryPage } from './company-directory-wire.ts';
import { noSuchCompany } from './company-changes.ts';
import type { CompanyStore } from './company-store.ts';
import { companyParams } from './company-wire.ts';
import type { Company } from './company.ts';
import { line } from './setting-text.ts';

type Parts = {
  readonly companies: CompanyStore;
  /** Whether somebody of a company answers now. */
  readonly availabilityOf: (company: Company) => Availability;
};

const PATH = '/api/v1/companies';

// Long enough for somebody who looks around, short enough for who has just opened or left.
const CACHE = { 'Cache-Control': 'public, max-age=60' } as const;

const listQuery = z.object({
  search: z
    .string()
    .trim()
    .pipe(z.union([z.literal(''), line(100)]))
    .default('')
    .describe('Words that a name must hold; case and accents do not matter.'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Number of companies at most.'),
  from: z.string().max(1_000).optional().describe('`next` of the page before.'),
});

/** The public directory: live companies that let themselves be found. Who is not in it gives no answer that differs from nobody's. */
export function companyDirectoryRoutes({ companies, availabilityOf }: Parts): Route[] {
  return [
    route(
      {
        method: 'get',
        path: PATH,
        summary: 'Lists open companies that let themselves be found, by name.',
        auth: 'none',
        query: listQuery,
        responses: { 200: { description: 'A page of companies.', schema: directoryPage } },
        limit: 'browse',
      },
      async ({ query: { search, limit, from } }) => {
        const after = from === undefined ? undefined : placeFromText(from);
        const words = search.split(/\s+/).filter((word) => word !== '');
        const found = await companies.listListed({ search: words, after, limit: limit + 1 });
        const page = found.slice(0, limit);
        const last = found.length > limit ? page.at(-1) : undefined;
        return {
          status: 200,
          headers: CACHE,
          body: { companies: page.map(toListed), next: last === undefined ? null : placeToText(last) },
        };
      },
    ),
    route(
      {
        method: 'get',
        path: `${PATH}/:slug`,
        summary: 'Shows what a company of the directory tells of itself.',
        auth: 'none',
        params: companyParams,
        responses: { 200: { description: 'The company.', schema: companyProfile } },
        limit: 'browse',
      },
      async ({ params }) => {
        const company = await companies.findBySlug(params.slug);
        if (company === undefined || company.status !== 'live' || !company.settings.listed) throw noSuchCompany();
        return { status: 200, headers: CACHE, body: toProfile(company, availabilityOf(company)) };
      },
    ),
  ];
}
