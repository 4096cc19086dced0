import { route, type Route } from '../http/route.ts';
import { agreementText } from './agreement-text.ts';
import type { AgreementFacts } from './agreement-wording.ts';
import { companyColors, contrast } from './company-colors.ts';
import { companyParams } from './company-wire.ts';
import { agreementQuery, agreementView, colorsQuery, colorsView } from './manage-wire.ts';
import type { MemberAccess } from './member-access.ts';
import type { ProcessingAgreementStore } from './processing-agreement-store.ts';

type Parts = {
  readonly access: MemberAccess;
  readonly agreements: ProcessingAgreementStore;
  readonly agreementVersion: string;
  readonly agreementFacts: AgreementFacts;
};

const BASE = '/api/v1/companies/:slug/manage';
const WHITE = '#ffffff';
const DARK = '#1b2428';

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What admins of a company read beside what the operator reads: the agreement in words, and what a colour becomes. */
export function manageRoutes({ access, agreements, agreementVersion, agreementFacts }: Parts): Route[] {
  return [
    route(
      {
        method: 'get',
        path: `${BASE}/agreement`,
        summary: 'The processing agreement in force with its annexes, and who of your company accepted which version; for admins.',
        auth: 'api',
        limit: 'read',
        params: companyParams,
        query: agreementQuery,
        responses: { 200: { description: 'The agreement.', schema: agreementView } },
      },
      async ({ auth, params, query }) => {
        const { company } = await access(auth.userId, params.slug, 'admin');
        const acceptances = (await agreements.list(company.id)).map((each) => ({ ...each, acceptedAt: each.acceptedAt.getTime() }));
        const text = agreementText(agreementVersion, query.language, company.name, agreementFacts);
        return { status: 200, body: { version: agreementVersion, text, acceptances } };
      },
    ),
    route(
      {
        method: 'get',
        path: `${BASE}/colors`,
        summary: 'What a colour becomes on the panel, with the contrasts; for admins.',
        auth: 'api',
        limit: 'read',
        params: companyParams,
        query: colorsQuery,
        responses: { 200: { description: 'The colours.', schema: colorsView } },
      },
      async ({ auth, params, query }) => {
        await access(auth.userId, params.slug, 'admin');
        const colors = companyColors(query.color);
        const asked = { onWhite: rounded(contrast(query.color, WHITE)), onDark: rounded(contrast(query.color, DARK)) };
        const text = {
          light: rounded(contrast(colors.onColor, colors.color)),
          dark: rounded(contrast(colors.onDarkColor, colors.darkColor)),
        };
        return { status: 200, body: { ...colors, asked, text } };
      },
    ),
  ];
}
