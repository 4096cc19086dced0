import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import type { Company } from './company.ts';
import { noSuchCompany } from './company-changes.ts';
import type { CompanyService } from './company-service.ts';
import { companySettingsPatch } from './company-settings.ts';
import type { CompanyStore } from './company-store.ts';
import { toDetails, toSummary } from './company-view.ts';
import {
  acceptAgreementRequest,
  companyDetails,
  companyParams,
  companySummary,
  createCompanyRequest,
  IMAGE_BODY_LIMIT,
  imageRequest,
  renameRequest,
} from './company-wire.ts';
import type { ProcessingAgreementStore } from './processing-agreement-store.ts';

/** Makes a route leave a line in the audit log; see `audit/audited-route.ts`. */
export type Audited = (kind: 'reads' | 'changes', action: string, route: Route) => Route;

type Parts = {
  readonly companies: CompanyStore;
  readonly agreements: ProcessingAgreementStore;
  readonly service: CompanyService;
  readonly audited: Audited;
};

const PATH = '/api/v1/operator/companies';

const listQuery = z.strictObject({
  after: z.string().max(40).optional().describe('Last slug of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Number of companies at most.'),
});

const one = { 200: { description: 'The company as it is now.', schema: companyDetails } } as const;

/** Companies in the operator API. */
export function companyOperatorRoutes({ companies, agreements, service, audited }: Parts): Route[] {
  async function show(slug: string) {
    const company = await companies.findBySlug(slug);
    if (company === undefined) throw noSuchCompany();
    return { status: 200 as const, body: await details(company) };
  }

  async function details(company: Company) {
    return toDetails(company, await agreements.list(company.id));
  }

  return [
    audited(
      'reads',
      'company.list',
      route(
        {
          method: 'get',
          path: PATH,
          summary: 'Lists companies by slug.',
          auth: 'operator',
          query: listQuery,
          responses: { 200: { description: 'A page of companies.', schema: z.object({ companies: z.array(companySummary) }) } },
        },
        async ({ query: { after, limit } }) => {
          const page = await companies.list({ limit, ...(after === undefined ? {} : { after }) });
          return { status: 200, body: { companies: page.map(toSummary) } };
        },
      ),
    ),
    audited(
      'changes',
      'company.create',
      route(
        {
          method: 'post',
          path: PATH,
          summary:
            'Makes a company with its rooms on Matrix. Slug and name sent again finish what was interrupted and change nothing else.',
          auth: 'operator',
          body: createCompanyRequest,
          responses: {
            200: { description: 'The company was there already.', schema: companyDetails },
            201: { description: 'The new company.', schema: companyDetails },
          },
        },
        async ({ auth, body }) => {
          const { company, created } = await service.create(auth.actor, body);
          return { status: created ? 201 : 200, body: await details(company) };
        },
      ),
    ),
    audited(
      'reads',
      'company.show',
      route(
        { method: 'get', path: `${PATH}/:slug`, summary: 'Shows a company.', auth: 'operator', params: companyParams, responses: one },
        ({ params }) => show(params.slug),
      ),
    ),
    audited(
      'changes',
      'company.rename',
      route(
        {
          method: 'put',
          path: `${PATH}/:slug/name`,
          summary: 'Renames a company; the slug stays.',
          auth: 'operator',
          params: companyParams,
          body: renameRequest,
          responses: one,
        },
        async ({ auth, params, body }) => {
          await service.rename(auth.actor, params.slug, body.name);
          return show(params.slug);
        },
      ),
    ),
    audited(
      'changes',
      'company.set',
      route(
        {
          method: 'patch',
          path: `${PATH}/:slug/settings`,
          summary: 'Changes the settings that are given.',
          auth: 'operator',
          params: companyParams,
          body: companySettingsPatch,
          responses: one,
        },
        async ({ auth, params, body }) => {
          await service.updateSettings(auth.actor, params.slug, body);
          return show(params.slug);
        },
      ),
    ),
    audited(
      'changes',
      'company.logo',
      route(
        {
          method: 'put',
          path: `${PATH}/:slug/logo`,
          summary: 'Sets or takes away the logo.',
          auth: 'operator',
          params: companyParams,
          body: imageRequest,
          bodyLimit: IMAGE_BODY_LIMIT,
          responses: one,
        },
        async ({ auth, params, body }) => {
          await service.setLogo(auth.actor, params.slug, body.image);
          return show(params.slug);
        },
      ),
    ),
    audited(
      'changes',
      'company.agreement.accept',
      route(
        {
          method: 'post',
          path: `${PATH}/:slug/agreement`,
          summary: 'Records who accepted the processing agreement for a company (GDPR article 28).',
          auth: 'operator',
          params: companyParams,
          body: acceptAgreementRequest,
          responses: one,
        },
        async ({ auth, params, body }) => {
          await service.acceptAgreement(auth.actor, params.slug, body);
          return show(params.slug);
        },
      ),
    ),
    ...(['suspend', 'resume', 'close'] as const).map((verb) =>
      audited(
        'changes',
        `company.${verb}`,
        route(
          {
            method: 'post',
            path: `${PATH}/:slug/${verb}`,
            summary: SUMMARY[verb],
            auth: 'operator',
            params: companyParams,
            responses: one,
          },
          async ({ auth, params }) => {
            await service[verb](auth.actor, params.slug);
            return show(params.slug);
          },
        ),
      ),
    ),
    audited(
      'changes',
      'company.repair',
      route(
        {
          method: 'post',
          path: `${PATH}/:slug/repair`,
          summary: 'Puts back on Matrix what is missing or differs.',
          auth: 'operator',
          params: companyParams,
          responses: { 200: { description: 'What was put back, as codes.', schema: z.object({ changed: z.array(z.string()) }) } },
        },
        async ({ auth, params }) => ({ status: 200, body: { changed: await service.repair(auth.actor, params.slug) } }),
      ),
    ),
  ];
}

const SUMMARY = {
  suspend: 'Shuts widget and form of a company until it is resumed.',
  resume: 'Ends a suspension.',
  close: 'Closes a company for good: widget shut, members and service accounts out.',
} as const;
