import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import { securityHeaders, type HeaderSettings } from '../http/security-headers.ts';
import type { PanelSettings } from './panel-wire.ts';
import type { VisitorSessionService } from './visitor-session-service.ts';

type Dependencies = {
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly sessions: VisitorSessionService;
  readonly fillPool: (company: Company) => void;
  /** The company's colour as it can be read on light and dark. */
  readonly colorsOf: (color: string) => Pick<PanelSettings['company'], 'color' | 'onColor' | 'darkColor' | 'onDarkColor'>;
  readonly renderPage: (settings: PanelSettings) => string;
  /** What the company asks before a conversation begins, in the language of the page. */
  readonly preChatOf: (company: Company, locale: string) => NonNullable<PanelSettings['preChat']>;
  /** Files that visitors may send. */
  readonly media: PanelSettings['media'];
  /** Whether somebody answers now by the company's hours. */
  readonly isAttended: (company: Company) => boolean;
  readonly publicOrigin: string;
  readonly serviceName: string;
  readonly headers: HeaderSettings;
};

const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like de or pt-BR (BCP 47)');

/** The page of a company's panel, and what it is made of. */
export function panelRoutes({
  findCompany,
  sessions,
  fillPool,
  colorsOf,
  renderPage,
  preChatOf,
  media,
  isAttended,
  publicOrigin,
  serviceName,
  headers,
}: Dependencies): Route[] {
  async function settingsOf(company: Company, channel: 'widget' | 'form', asked: string | undefined): Promise<PanelSettings> {
    const { settings } = company;
    const open = company.status === 'live';
    const attended = isAttended(company);
    const language = asked ?? settings.locale;
    const { title, greeting, outOfHours } = settings.texts[language.startsWith('de') ? 'de' : 'en'] ?? {};
    return {
      company: {
        slug: company.slug,
        name: company.name,
        logoUrl: company.logoMxc === null ? null : `/api/v1/companies/${company.slug}/logo`,
        ...colorsOf(settings.color),
        texts: { ...(title === undefined ? {} : { title }), ...(greeting === undefined ? {} : { greeting }) },
        imprintUrl: settings.imprintUrl,
        privacyUrl: settings.privacyUrl,
      },
      open,
      locale: language,
      channel,
      ticket: open ? await sessions.issueTicket(company.id, channel) : null,
      media,
      availability: { open: attended, ...(attended || outOfHours === undefined ? {} : { text: outOfHours }) },
      preChat: preChatOf(company, language),
      identity: { required: settings.identity.required },
      origins: [publicOrigin, ...settings.origins],
      service: { name: serviceName, privacyUrl: `${publicOrigin}/privacy/${company.slug}` },
    };
  }

  return [
    route(
      {
        method: 'get',
        path: '/widget/:slug',
        summary: "Page of a company's panel; as JSON when it is asked with Accept: application/json.",
        auth: 'none',
        headers: 'panel',
        params: z.object({ slug: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the slug of a company') }),
        query: z.object({ channel: z.enum(['widget', 'form']).default('widget'), locale: locale.optional() }),
        limit: 'browse',
        hidden: true,
        responses: { 200: { description: 'The page.' } },
      },
      async ({ params, query, context }) => {
        const company = await findCompany(params.slug);
        if (company === undefined) throw new ApiError('M_NOT_FOUND', 'There is no such company.');
        fillPool(company);
        const settings = await settingsOf(company, query.channel, query.locale);
        const ancestors = { ...headers, frameAncestors: ["'self'", ...company.settings.origins] };
        const common = { ...securityHeaders('panel', ancestors), 'Cache-Control': 'no-store', Vary: 'Accept' };
        if (context.accepts('text/html', 'application/json') === 'application/json') {
          return { status: 200, headers: { ...common, 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(settings) };
        }
        return { status: 200, headers: { ...common, 'Content-Type': 'text/html; charset=utf-8' }, body: renderPage(settings) };
      },
    ),
  ];
}
