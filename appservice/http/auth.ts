import type { AccountId, AccountSessionId, ApiSessionId, CompanyId, DeviceId, PersonId, SessionId, UserId } from '../ids.ts';
import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';

/** Who asks, per kind of authentication; a route names the kind and its handler receives this. */
export type AuthTypes = {
  /** Anyone. */
  none: undefined;
  /** Anyone, from a page of our own: what a page of another site sends in somebody's browser is refused. */
  page: undefined;
  /** Somebody signed in, by the cookie of a browser; a request that changes something must come from a page of our own. */
  account: { accountId: AccountId; sessionId: AccountSessionId };
  /** Somebody in a Matrix client, by a session of our API; what they may at a company is asked at each request. */
  api: { sessionId: ApiSessionId; userId: UserId; accountId: AccountId | null; expiresAt: Date };
  /** A visitor session; `visitor` is the ghost and the device it is bound to, never taken from input, null before the first message. */
  visitor: {
    id: SessionId;
    companyId: CompanyId;
    channel: 'widget' | 'form';
    locale: string;
    visitor: { personId: PersonId; userId: UserId; deviceId: DeviceId } | null;
  };
  /** The operator's command line or integrations, or an admin who does the same for their own company; `actor` stands in the audit log. */
  operator: { actor: `operator:${string}` | `member:${string}` };
  /** The homeserver, by the token of the registration. */
  homeserver: undefined;
};

/** Name of a kind of authentication. */
export type AuthKind = keyof AuthTypes;

/** One function per kind, given at wiring: says who asks or throws `ApiError` M_MISSING_TOKEN, M_UNKNOWN_TOKEN or M_FORBIDDEN. */
export type Authenticators = { [Kind in AuthKind]: (context: HttpContext) => Promise<AuthTypes[Kind]> };

/** The token of `Authorization: Bearer …`; throws M_MISSING_TOKEN. A token in a URL is not read: URLs are logged by others. */
export function bearerToken(context: HttpContext): string {
  const token = /^Bearer ([\w.~+/=-]{8,512})$/i.exec(context.get('authorization'))?.[1];
  if (token === undefined) throw new ApiError('M_MISSING_TOKEN', 'The header "Authorization: Bearer <token>" is missing or malformed.');
  return token;
}
