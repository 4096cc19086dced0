import * as openid from 'openid-client';
import type { NetworkFetch } from './network-fetch.ts';
import { failureIn, NetworkFailure, type NetworkSecrets } from './network.ts';

/** Lets the library call by our own `NetworkFetch`; over plain http only where the addresses of the settings are such. */
export function callBy(configuration: openid.Configuration, fetchNetwork: NetworkFetch, { isPlain }: { isPlain: boolean }): void {
  // The library's own types say `string | URLSearchParams | …`; all of them are bodies of `fetch`.
  configuration[openid.customFetch] = (url, { method, headers, body }) => fetchNetwork(url, { method, headers, body: body as BodyInit });
  if (isPlain) openid.allowInsecureRequests(configuration);
}

/** Where a person goes for a code (RFC 6749 §4.1.1, RFC 7636); `more` differs from network to network. */
export async function addressForCode(
  configuration: openid.Configuration,
  { state, verifier }: NetworkSecrets,
  more: { redirect_uri: string; scope: string; [name: string]: string },
): Promise<URL> {
  const challenge = await openid.calculatePKCECodeChallenge(verifier);
  return openid.buildAuthorizationUrl(configuration, {
    response_type: 'code',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
}

/** Says what an error of the library means for a person. */
export function toFailure(error: unknown): NetworkFailure {
  const own = failureIn(error);
  if (own !== undefined) return own;
  if (error instanceof openid.AuthorizationResponseError) {
    const isDenied = error.error === 'access_denied';
    return new NetworkFailure(isDenied ? 'denied' : 'refused', isDenied ? 'access-denied' : 'callback-error', { cause: error });
  }
  if (error instanceof openid.ResponseBodyError) return new NetworkFailure('refused', `http-${error.status}`, { cause: error });
  return new NetworkFailure('garbage', 'not-conform', { cause: error });
}

/** Exchanges the code of an address; throws what `toFailure` reads. */
export function exchangeCode(
  configuration: openid.Configuration,
  address: URL,
  { state, verifier, nonce }: Pick<NetworkSecrets, 'state' | 'verifier'> & { nonce?: string },
): Promise<openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers> {
  return openid.authorizationCodeGrant(configuration, address, {
    expectedState: state,
    pkceCodeVerifier: verifier,
    ...(nonce === undefined ? {} : { expectedNonce: nonce, idTokenExpected: true }),
  });
}
