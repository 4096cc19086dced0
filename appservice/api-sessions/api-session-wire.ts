import { z } from 'zod';

/**
 * Body of `POST /api/v1/api-sessions`: what the homeserver answered to the client
 * (https://spec.matrix.org/v1.15/client-server-api/#openid), so its names are Matrix's.
 */
export const openApiSessionRequest = z
  .object({
    access_token: z
      .string()
      .regex(/^[\w.~+/=-]{8,512}$/, 'must be the access_token of an OpenID token')
      .describe('OpenID token of the homeserver; it opens one session.'),
    matrix_server_name: z.string().min(1).max(255).describe('Homeserver that made it; only ours is asked.'),
    token_type: z.literal('Bearer').optional(),
    expires_in: z.int().optional(),
  })
  .meta({ id: 'MatrixOpenIdToken' });

/** Answer of `POST /api/v1/api-sessions`. */
export const openedApiSession = z
  .object({
    token: z.string().describe('Goes into the header Authorization as a bearer token; answered once.'),
    expiresAt: z.int().describe('Milliseconds since 1970. Before that, open a new session with a new OpenID token.'),
    userId: z.string().describe('Matrix id whose session it is.'),
  })
  .meta({ id: 'OpenedApiSession' });

/** Answer of `GET /api/v1/api-session`. */
export const apiSessionView = z
  .object({
    userId: z.string(),
    accountId: z.string().nullable().describe('Null where the Matrix user has no account here.'),
    expiresAt: z.int().describe('Milliseconds since 1970.'),
    companies: z
      .array(z.object({ slug: z.string(), name: z.string(), role: z.enum(['agent', 'admin']) }))
      .describe('Companies of which the user is a member now.'),
  })
  .meta({ id: 'ApiSession' });

/** See `openApiSessionRequest`. */
export type MatrixOpenIdToken = z.output<typeof openApiSessionRequest>;

/** See `openedApiSession`. */
export type OpenedApiSession = z.output<typeof openedApiSession>;

/** See `apiSessionView`. */
export type ApiSessionView = z.output<typeof apiSessionView>;
