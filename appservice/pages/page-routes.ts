import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import { localeOf } from '../http/page-locale.ts';
import { route, type Route } from '../http/route.ts';

/** Legal pages of the operator. */
export type LegalPageName = 'imprint' | 'privacy' | 'accessibility';

/** Templates of the web client, filled at wiring with everything but the reader's language. */
export type PageTemplates = {
  readonly start: (locale: string) => string;
  readonly legal: (page: LegalPageName, locale: string) => string;
  /** What a company answers for, above the notice of the service. */
  readonly companyPrivacy: (company: Company, locale: string) => string;
  /** A page whose content the browser draws by the address. */
  readonly shell: (locale: string) => string;
  /** Website of the demo company; undefined where there is no demo. */
  readonly demo: ((company: Company) => string) | undefined;
};

type Dependencies = {
  readonly templates: PageTemplates;
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly findDemoCompany: () => Promise<Company | undefined>;
  /** Host name on which the demo website stands: another one than ours, as a real website's is. */
  readonly demoHostname: string;
};

const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' } as const;

/** Pages that the server makes: start, legal pages, and the demo company's website. */
export function pageRoutes({ templates, findCompany, findDemoCompany, demoHostname }: Dependencies): Route[] {
  const page = (path: string, render: (locale: string) => string): Route =>
    route(
      {
        method: 'get',
        path,
        summary: 'A page.',
        auth: 'none',
        headers: 'page',
        hidden: true,
        responses: { 200: { description: 'The page.' } },
      },
      ({ context }) => ({ status: 200, headers: { ...HTML, Vary: 'Accept-Language' }, body: render(localeOf(context)) }),
    );
  const { demo } = templates;
  return [
    page('/', templates.start),
    page('/imprint', (locale) => templates.legal('imprint', locale)),
    page('/privacy', (locale) => templates.legal('privacy', locale)),
    page('/accessibility', (locale) => templates.legal('accessibility', locale)),
    page('/companies', templates.shell),
    page('/companies/:slug', templates.shell),
    route(
      {
        method: 'get',
        path: '/privacy/:slug',
        summary: 'Privacy notice of a company.',
        auth: 'none',
        headers: 'page',
        hidden: true,
        params: z.object({ slug: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the slug of a company') }),
        responses: { 200: { description: 'The page.' } },
      },
      async ({ params, context }) => {
        const company = await findCompany(params.slug);
        if (company === undefined) throw new ApiError('M_UNRECOGNIZED', 'There is nothing under this path.');
        return {
          status: 200,
          headers: { ...HTML, Vary: 'Accept-Language' },
          body: templates.companyPrivacy(company, localeOf(context)),
        };
      },
    ),
    route(
      {
        method: 'get',
        path: '/demo/',
        summary: 'Website of the demo company.',
        auth: 'none',
        headers: 'host-page',
        hidden: true,
        responses: { 200: { description: 'The page.' } },
      },
      async ({ context }) => {
        const company = context.hostname === demoHostname ? await findDemoCompany() : undefined;
        if (company === undefined || demo === undefined) throw new ApiError('M_UNRECOGNIZED', 'There is nothing under this path.');
        return { status: 200, headers: HTML, body: demo(company) };
      },
    ),
  ];
}
