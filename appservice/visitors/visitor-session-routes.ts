import type { RateLimit } from '../http/rate-limit.ts';
import { route, type Route } from '../http/route.ts';
import { openSessionRequest, openSessionResponse, type OpenSessionResponse } from './visitor-wire.ts';
import type { VisitorSessionService } from './visitor-session-service.ts';

type Dependencies = {
  readonly sessions: VisitorSessionService;
  readonly rateLimit: RateLimit;
  /** Opens a further session of the person of another one; throws COM_SMOOPE_CODE_USED. */
  readonly redeemCode: (code: string, options: { locale: string; slug: string | undefined }) => Promise<OpenSessionResponse>;
};

/** Sessions of visitors. */
export function visitorSessionRoutes({ sessions, redeemCode, rateLimit }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/sessions',
        summary: 'Opens a visitor session with the single-use ticket of a panel page, or with the code of another session of the person.',
        auth: 'none',
        fromAnywhere: 'It takes a ticket or code from its body and answers a token to the page that asked; no cookie is read or set.',
        body: openSessionRequest,
        limit: 'open-session',
        responses: { 201: { description: 'The session.', schema: openSessionResponse } },
      },
      async ({ body: { ticket, code = '', company, locale } }) => {
        const opened =
          ticket === undefined
            ? redeemCode(code, { locale, slug: company })
            : sessions.open(ticket, locale, (companyId) => rateLimit('open-session', { company: companyId }));
        return { status: 201, body: await opened };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/visitor/session',
        summary: 'Ends this visitor session.',
        auth: 'visitor',
        limit: 'write',
        responses: { 204: { description: 'The session ended; its streams close.' } },
      },
      async ({ auth }) => {
        await sessions.end(auth);
        return { status: 204 };
      },
    ),
  ];
}
