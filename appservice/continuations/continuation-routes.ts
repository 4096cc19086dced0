import { route, type Route } from '../http/route.ts';
import { continuationPreview, continuationRequest } from './continuation-wire.ts';
import type { Continuations } from './continuations.ts';

/** The page on which a visitor takes conversations along into an account. */
export function continuationRoutes({ continuations }: { continuations: Continuations }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/account/continuations/preview',
        summary: 'What a code of the widget would take along into an account; the code stays good.',
        auth: 'page',
        body: continuationRequest,
        limit: 'try-link',
        responses: { 200: { description: 'Company and number of conversations.', schema: continuationPreview } },
      },
      async ({ body }) => ({ status: 200, body: await continuations.preview(body) }),
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/account/continuations',
        summary: 'Takes the conversations of a visitor along into your account, by a code of the widget; the visitor is signed out there.',
        auth: 'account',
        body: continuationRequest,
        limit: 'try-link',
        responses: { 201: { description: 'What was taken along.', schema: continuationPreview } },
      },
      async ({ auth, body }) => ({ status: 201, body: await continuations.continueIn(auth.accountId, body) }),
    ),
  ];
}
