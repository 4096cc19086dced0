import { route, type Route } from '../http/route.ts';
import type { UserId } from '../ids.ts';
import { apiSessionView, openApiSessionRequest, openedApiSession, type ApiSessionView } from './api-session-wire.ts';
import type { ApiSessions } from './api-sessions.ts';

type Dependencies = {
  readonly sessions: ApiSessions;
  /** Companies of which somebody is a member now. */
  readonly listCompanies: (userId: UserId) => Promise<ApiSessionView['companies']>;
};

/** Sessions of this API for people in a Matrix client. */
export function apiSessionRoutes({ sessions, listCompanies }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/api-sessions',
        summary: 'Opens a session with an OpenID token of our homeserver.',
        auth: 'none',
        fromAnywhere: 'Matrix clients on other sites call it; it takes a token from its body, and no cookie is read or set.',
        body: openApiSessionRequest,
        limit: 'sign-in',
        responses: { 201: { description: 'The session, good for an hour.', schema: openedApiSession } },
      },
      async ({ body }) => ({ status: 201, body: await sessions.open(body) }),
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/api-session',
        summary: 'Whose session it is, and for which companies they work.',
        auth: 'api',
        limit: 'read',
        responses: { 200: { description: 'The session.', schema: apiSessionView } },
      },
      async ({ auth: { userId, accountId, expiresAt } }) => ({
        status: 200,
        body: { userId, accountId, expiresAt: expiresAt.getTime(), companies: await listCompanies(userId) },
      }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/api-session',
        summary: 'Ends the session.',
        auth: 'api',
        limit: 'write',
        responses: { 204: { description: 'It has ended.' } },
      },
      async ({ auth }) => {
        await sessions.end(auth.sessionId);
        return { status: 204 };
      },
    ),
  ];
}
