import * as openid from 'openid-client';
import { addressForCode, callBy, exchangeCode, toFailure } from './authorization-code.ts';
import { createNetworkFetch } from './network-fetch.ts';
import { cleanProfile } from './network-profile.ts';
import type { Network, NetworkSecrets } from './network.ts';
import type { OpenidNetworkSettings } from './network-settings.ts';

const SCOPES = { profile: 'openid profile email', id: 'openid' } as const;

/** For so long what a network says about itself is believed, in milliseconds. */
const DISCOVERY_MS = 60 * 60_000;

type Options = { readonly timeoutMs?: number; readonly now?: () => Date };

/** Any OpenID provider (OpenID Connect Core 1.0, code flow with PKCE and nonce); what it is asked stands in its own metadata. */
export function createOpenidNetwork(
  { name, label, issuer, clientId, clientSecret, hosts, privacyUrl, termsUrl, location }: OpenidNetworkSettings,
  { timeoutMs, now = () => new Date() }: Options = {},
): Network {
  const isPlain = issuer.startsWith('http:');
  const call = createNetworkFetch({ hosts: [new URL(issuer).host, ...hosts], ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  let known: { readonly configuration: openid.Configuration; readonly until: number } | undefined;

  async function discover(): Promise<openid.Configuration> {
    if (known !== undefined && known.until > now().getTime()) return known.configuration;
    const configuration = await openid.discovery(new URL(issuer), clientId, undefined, openid.ClientSecretBasic(clientSecret), {
      [openid.customFetch]: (url, { method, headers }) => call(url, { method, headers }),
      ...(isPlain ? { execute: [openid.allowInsecureRequests] } : {}),
    });
    callBy(configuration, call, { isPlain });
    known = { configuration, until: now().getTime() + DISCOVERY_MS };
    return configuration;
  }

  async function exchange(address: URL, secrets: NetworkSecrets) {
    const configuration = await discover();
    const tokens = await exchangeCode(configuration, address, secrets);
    const claims = tokens.claims();
    const subject = claims?.sub ?? '';
    const { userinfo_endpoint: userinfo } = configuration.serverMetadata();
    // What the token does not say, its userinfo may; the library compares the subjects.
    const info = userinfo === undefined ? undefined : await openid.fetchUserInfo(configuration, tokens.access_token, subject);
    const claim = (key: string): unknown => info?.[key] ?? claims?.[key];
    return cleanProfile({ subject, firstName: claim('given_name'), lastName: claim('family_name'), email: claim('email') });
  }

  return {
    name,
    label,
    privacyUrl,
    termsUrl,
    ...location,
    async leaveFor({ redirectUri, asksFor, asksAgain, ...secrets }) {
      try {
        return await addressForCode(await discover(), secrets, {
          redirect_uri: redirectUri,
          scope: SCOPES[asksFor],
          nonce: secrets.nonce,
          ...(asksAgain ? { prompt: 'consent' } : {}),
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
    async exchange(address, secrets) {
      try {
        return await exchange(address, secrets);
      } catch (error) {
        throw toFailure(error);
      }
    },
    // RFC 7009 takes back tokens, and none is kept.
    withdraw: async () => 'not-offered',
  };
}
