import type { AccountId, UserId } from '../ids.ts';
import { HomeserverUnavailable, MatrixError } from './homeserver-client.ts';

/*
 * All that the homeserver is told of identity, and by which names: that our OpenID provider vouches for a subject, and what the
 * subject's first display name is. Numbers, mail addresses, surnames, networks and passwords stay with us. Whoever moves sign-in to
 * Matrix's own OAuth (https://spec.matrix.org/v1.15/client-server-api/#oauth-20-api) begins here.
 */

/** Name of our provider at Synapse. */
export const PROVIDER_ID = 'smoope';

/** Name of the homeserver at our provider; its only client. */
export const HOMESERVER_CLIENT_ID = 'homeserver';

/** What the homeserver asks our provider for. */
export const HOMESERVER_SCOPES = ['openid', 'profile'] as const;

/** Claims beside the subject: the local part of the Matrix id, and the display name it begins with. */
export const IDENTITY_CLAIMS = { localpart: 'preferred_username', displayName: 'name' } as const;

/** Path of our provider below the public origin. */
export const PROVIDER_PATH = '/oidc';

/** The issuer of our provider (OpenID Connect Discovery 1.0). */
export const issuerOf = (publicOrigin: string): string => `${publicOrigin}${PROVIDER_PATH}`;

const below = (address: string, path: string): string => `${address.replace(/\/$/, '')}${path}`;

/** Where people come back to the homeserver; `publicUrl` is its address for Matrix clients. */
export const callbackAddress = (publicUrl: string): string => below(publicUrl, '/_synapse/client/oidc/callback');

/** Where the homeserver hears that a session has ended; `url` is its address for the appservice. */
export const logoutAddress = (url: string): string => below(url, '/_synapse/client/oidc/backchannel_logout');

/** How the homeserver names the subject of our provider, where a user is made before the first sign-in (demo). */
export const externalId = (subject: string): { auth_provider: string; external_id: string } => ({
  auth_provider: `oidc-${PROVIDER_ID}`,
  external_id: subject,
});

/** Where a browser begins to sign in by our provider; the homeserver sends it on to `back` with a token for a Matrix session. */
export const signInAddress = (publicUrl: string, back: string): string =>
  below(publicUrl, `/_matrix/client/v3/login/sso/redirect/oidc-${PROVIDER_ID}?redirectUrl=${encodeURIComponent(back)}`);

/** Matrix id of an account: the local part is the account's id, which is random and says nothing about the person. */
export const accountUserId = (id: AccountId, serverName: string): UserId => `@${id}:${serverName}` as UserId;

/** What a token for the homeserver says of an account. */
export function identityClaims({ id, displayName }: { id: AccountId; displayName: string }): { sub: string; [claim: string]: string } {
  return { sub: id, [IDENTITY_CLAIMS.localpart]: id, [IDENTITY_CLAIMS.displayName]: displayName };
}

/** Makes an error of a call to the homeserver one that the outbox knows: refused for good, or to be tried again. */
export async function asHomeserverCall(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const { response } = cause as { response?: { status: number } };
    if (response !== undefined && response.status < 500) {
      throw new MatrixError(response.status, 'M_UNKNOWN', 'the homeserver refused the end of a session');
    }
    throw new HomeserverUnavailable('the homeserver did not hear of the end of a session', { cause });
  }
}
