import { route, type Route } from '../http/route.ts';
import { openSessionRequest, openSessionResponse } from './visitor-wire.ts';
import type { VisitorSessionService } from './visitor-session-service.ts';

/** Sessions of visitors. */
export function visitorSessionRoutes({ sessions }: { sessions: VisitorSessionService }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/sessions',
        summary: 'Opens a visitor session with the single-use ticket of a panel page.',
        auth: 'none',
        body: openSessionRequest,
        limit: 'open-session',
        responses: { 201: { description: 'The session.', schema: openSessionResponse } },
      },
      async ({ body }) => ({ status: 201, body: await sessions.open(body.ticket, body.locale) }),
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
