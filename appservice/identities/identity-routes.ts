import type { z } from 'zod';
import type { AuthTypes } from '../http/auth.ts';
import { bearerToken } from '../http/auth.ts';
import { route, type Route } from '../http/route.ts';
import type { IdentityService } from './identity-service.ts';
import { identifiedResponse, identifyRequest, selfResponse } from './identity-wire.ts';
import { sessionCodeRequest, sessionCodeResponse } from './session-code-wire.ts';
import type { SessionCodes } from './session-codes.ts';

type Dependencies = {
  readonly identities: IdentityService;
  readonly codes: SessionCodes;
  /** What is known of the visitor: who they are, and what they gave. */
  readonly describe: (session: AuthTypes['visitor']) => Promise<z.input<typeof selfResponse>>;
};

/** Who a visitor is, and how the same person goes on elsewhere. */
export function identityRoutes({ identities, codes, describe }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/v1/visitor',
        summary: 'What the company knows of this visitor from the website and from the visitor.',
        auth: 'visitor',
        limit: 'read',
        responses: { 200: { description: 'Identity and fields.', schema: selfResponse } },
      },
      async ({ auth }) => ({ status: 200, body: await describe(auth) }),
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/identity',
        summary: "Goes on as the user of the company's website whom a signed token names.",
        auth: 'visitor',
        body: identifyRequest,
        limit: 'write',
        responses: {
          200: { description: 'The session to go on with; the present one ended where its token differs.', schema: identifiedResponse },
        },
      },
      async ({ auth, body, context }) => ({ status: 200, body: await identities.identify(auth, bearerToken(context), body.token) }),
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/session/codes',
        summary: 'Makes a single-use code with which this session goes on in another window or on another device.',
        auth: 'visitor',
        body: sessionCodeRequest,
        limit: 'write',
        responses: { 201: { description: 'The code.', schema: sessionCodeResponse } },
      },
      async ({ auth, body }) => ({ status: 201, body: await codes.issue(auth, body.purpose) }),
    ),
  ];
}
