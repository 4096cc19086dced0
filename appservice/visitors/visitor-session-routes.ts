import { route, type Route } from '../http/route.ts';
import { issueCodeRequest, issueCodeResponse, openSessionRequest, openSessionResponse } from './visitor-wire.ts';
import type { VisitorSessionService } from './visitor-session-service.ts';

/** Sessions of visitors. */
export function visitorSessionRoutes({ sessions }: { sessions: VisitorSessionService }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/sessions',
        summary:
          'Opens a visitor session with the single-use ticket of a panel page, or with the code of another session of the same person.',
        auth: 'none',
        body: openSessionRequest,
        limit: 'open-session',
        responses: { 201: { description: 'The session.', schema: openSessionResponse } },
      },
      async ({ body: { ticket, code, locale } }) => ({
        status: 201,
        body: ticket === undefined ? await sessions.openByCode(code ?? '', locale) : await sessions.open(ticket, locale),
      }),
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/session/codes',
        summary: 'Makes a single-use code with which this session goes on in another window or on another device.',
        auth: 'visitor',
        limit: 'write',
        body: issueCodeRequest,
        responses: { 201: { description: 'The code.', schema: issueCodeResponse } },
      },
      async ({ auth, body }) => ({ status: 201, body: await sessions.issueCode(auth, body.purpose) }),
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
