import type { Accounts } from './app-accounts.ts';
import type { AgentInvitationWork } from './app-agent-invitations.ts';
import type { ApiSessionWork } from './app-api-sessions.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { ContinuationWork } from './app-continuations.ts';
import type { Conversations } from './app-conversations.ts';
import type { Team } from './app-team.ts';
import type { Networks } from './app-networks.ts';
import type { MatrixWork } from './app-matrix.ts';
import type { Media } from './app-media.ts';
import type { Erasures } from './app-erasure.ts';
import { DEMO, type Pages } from './app-pages.ts';
import type { ProfileParts } from './app-profiles.ts';
import type { PasskeyParts } from './app-passkeys.ts';
import { visitorRoutes } from './app-visitor-routes.ts';
import type { Visitors } from './app-visitors.ts';
import { record } from './audit/audit-log.ts';
import { auditedRoute } from './audit/audited-route.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { colorSheet, companyColors } from './companies/company-colors.ts';
import { IMAGE_LIMIT } from './companies/company-image.ts';
import { companyDirectoryRoutes } from './companies/company-directory-routes.ts';
import { companyOperatorRoutes, type Audited } from './companies/company-operator-routes.ts';
import { companyPictureRoutes } from './companies/company-picture-routes.ts';
import { memberOperatorRoutes } from './companies/member-operator-routes.ts';
import { contactFileRoutes } from './contact-form/contact-file-routes.ts';
import { contactFormRoutes } from './contact-form/contact-form-routes.ts';
import type { ContactFormService } from './contact-form/contact-form-service.ts';
import { conversationRoutes } from './conversations/conversation-routes.ts';
import { preChatOf } from './contact-fields/contact-fields.ts';
import type { EventStreams } from './http/event-stream.ts';
import { healthRoutes } from './http/health.ts';
import { metricsRoutes, type Metrics } from './http/metrics.ts';
import { openApiRoutes } from './http/open-api.ts';
import { createRateLimit, type RateLimit } from './http/rate-limit.ts';
import type { Route } from './http/route.ts';
import { securityHeaders, type HeaderSettings } from './http/security-headers.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { authenticateHomeserver, transactionRoutes } from './matrix/transaction-routes.ts';
import { translateErrors } from './matrix/translate-errors.ts';
import { PROVIDER_PATH } from './matrix/identity.ts';
import { answerFile } from './media/file-answer.ts';
import { mediaRoutes } from './media/media-routes.ts';
import { mountOpenid } from './openid/openid-mount.ts';
import { operatorAuthenticator } from './operator/operator-token.ts';
import { availabilityOf } from './team/business-hours.ts';
import { VERSION } from './version.ts';
import { linkPageRoutes } from './pages/link-page-routes.ts';
import { appInstallRoutes } from './pages/app-install-routes.ts';
import { pageRoutes } from './pages/page-routes.ts';
import type { Management } from './app-management.ts';
import { retentionRoutes } from './retention/retention-routes.ts';
import type { Secrets } from './secrets.ts';
import { FORM_SESSION_SECONDS } from './visitors/form-session-service.ts';
import { panelRoutes } from './visitors/panel-routes.ts';
import { departmentRoutes } from './team/department-routes.ts';
import { visitorSessionRoutes } from './visitors/visitor-session-routes.ts';

type Parts = {
  readonly companies: Companies;
  readonly conversations: Conversations;
  readonly visitors: Visitors;
  readonly accounts: Accounts;
  readonly passkeys: Pick<PasskeyParts, 'routes'>;
  readonly networks: Networks;
  readonly profiles: ProfileParts;
  readonly apiSessions: ApiSessionWork;
  readonly customers: { readonly routes: Route[] };
  readonly inbox: { readonly routes: Route[] };
  readonly continuations: ContinuationWork;
  readonly agentInvitations: AgentInvitationWork;
  readonly erasures: Erasures;
  readonly contactForm: ContactFormService;
  readonly media: Media;
  readonly team: Team;
  readonly management: Management;
  readonly matrix: MatrixWork;
  readonly pages: Pages;
  readonly metrics: Metrics;
  readonly streams: EventStreams;
};

/** Every route of the API; the OpenAPI document is made of them. */
function apiRoutes({ metricsToken }: Secrets, connections: Connections, parts: Parts, rateLimit: RateLimit): Route[] {
  const { database, media: pictures, homeserver } = connections;
  const { companies, conversations, media, metrics } = parts;
  const findCompanyId = async (slug: string) => (await companies.companies.findBySlug(slug))?.id;
  const audited: Audited = (kind, action, route) => auditedRoute({ database, recordAudit: record, findCompanyId }, kind, action, route);
  const { companies: store, members, agreements, accounts, service, memberService, accountService } = companies;
  const { list: auditList } = auditRoutes({ database, findCompanyId });
  const ofOperator = [
    ...companyOperatorRoutes({ companies: store, agreements, service, audited }),
    ...memberOperatorRoutes({ companies: store, members, accounts, memberService, accountService, audited }),
    ...departmentRoutes({ findCompany: (slug) => store.findBySlug(slug), service: parts.team.departments, audited }),
    ...retentionRoutes({ service: parts.management.retention, audited }),
  ];
  const ofVisitors = visitorRoutes(connections, { ...parts, audited });
  return [
    ...visitorSessionRoutes({ sessions: conversations.sessions, redeemCode: parts.visitors.codes.redeem, rateLimit }),
    ...ofVisitors,
    ...ofOperator,
    ...parts.management.routes([...ofOperator, ...ofVisitors]),
    ...parts.accounts.routes,
    ...parts.passkeys.routes,
    ...parts.networks.routes,
    ...parts.profiles.routes,
    ...parts.accounts.trialRoutes(audited),
    ...parts.apiSessions.routes,
    ...parts.customers.routes,
    ...parts.inbox.routes,
    ...parts.continuations.routes,
    ...parts.agentInvitations.routes,
    ...conversationRoutes({ conversations: conversations.service, reader: conversations.reader, streams: conversations.streams }),
    ...mediaRoutes(media),
    ...companyDirectoryRoutes({ companies: store, availabilityOf: (company) => availabilityOf(company, new Date()) }),
    ...companyPictureRoutes({ companies: store, members, readImage: (company, mxc) => pictures.read(company, mxc, IMAGE_LIMIT) }),
    audited('reads', 'audit.list', auditList),
    ...healthRoutes({
      database: async () => void (await database.raw('select 1')),
      homeserver: async () => void (await homeserver.request({ method: 'GET', path: '/_matrix/client/versions' })),
    }),
    ...metricsRoutes({ metrics, token: metricsToken }),
  ];
}

/** The HTTP server with all routes, pages and files. */
export function wireHttp(settings: AppSettings, connections: Connections, parts: Parts): HttpServer {
  const { config, secrets, log } = settings;
  const { conversations, companies, accounts, matrix, pages, metrics, streams } = parts;
  // Our web client speaks to the homeserver by itself.
  const headers: HeaderSettings = { publicOrigin: config.publicOrigin, connectTo: [new URL(config.homeserver.publicUrl).origin] };
  const rateLimit = createRateLimit({ hashKey: secrets.hashKey, db: connections.database });
  const api = apiRoutes(secrets, connections, parts, rateLimit);
  const routes = [
    ...api,
    ...openApiRoutes(api, { title: `${config.brand.name} API`, version: VERSION, publicOrigin: config.publicOrigin }),
    ...appInstallRoutes(pages.install),
    ...pageRoutes({
      templates: pages.templates,
      findCompany: (slug) => companies.companies.findBySlug(slug),
      findDemoCompany: () => companies.companies.findBySlug(DEMO.slug),
      demoHostname: DEMO.hostname,
    }),
    ...linkPageRoutes({ renderPage: pages.signIn.signIn }),
    ...panelRoutes({
      findCompany: (slug) => companies.companies.findBySlug(slug),
      sessions: conversations.sessions,
      fillPool: conversations.pool.fill,
      colorsOf: companyColors,
      isAttended: (company) => availabilityOf(company, new Date()).open,
      renderPage: pages.panel,
      media: { maxBytes: config.media.maxBytes, types: config.media.types },
      preChatOf,
      publicOrigin: config.publicOrigin,
      serviceName: config.brand.name,
      headers,
    }),
    ...contactFileRoutes({
      findCompany: (slug) => companies.companies.findBySlug(slug),
      service: parts.contactForm,
      answerFile: (session, wanted, context) => answerFile(parts.media.downloads, session, wanted, context),
      rateLimit,
    }),
    ...contactFormRoutes({
      findCompany: (slug) => companies.companies.findBySlug(slug),
      service: parts.contactForm,
      templates: pages.contact,
      colorSheet: (company) => colorSheet(companyColors(company.settings.color)),
      rateLimit,
      cookieSeconds: FORM_SESSION_SECONDS,
      headers,
      serviceName: config.brand.name,
      publicOrigin: config.publicOrigin,
    }),
    ...transactionRoutes({
      receiving: matrix.receiving,
      receiveEphemeral: matrix.ephemeral.receive,
      onTransaction: matrix.gapReader.noticeTransaction,
    }),
  ];
  const openid = mountOpenid({
    path: PROVIDER_PATH,
    publicOrigin: config.publicOrigin,
    provider: accounts.openid.provider,
    rateLimit,
    pageHeaders: securityHeaders('page', headers),
  });
  return createHttpServer({
    routes,
    authenticators: {
      none: async () => undefined,
      ...accounts.authenticators,
      ...parts.apiSessions.authenticators,
      visitor: conversations.sessions.authenticate,
      operator: operatorAuthenticator(connections.database),
      homeserver: authenticateHomeserver(secrets.homeserverToken),
    },
    rateLimit,
    settings: headers,
    renderFault: pages.fault,
    log: log.child('http'),
    metrics,
    streams,
    trustProxy: config.listen.trustProxy,
    before: [translateErrors, accounts.language, openid, ...pages.files],
  });
}
