import { createHmac } from 'node:crypto';
import * as openid from 'openid-client';
import { z } from 'zod';
import { addressForCode, callBy, exchangeCode, toFailure } from './authorization-code.ts';
import { createNetworkFetch } from './network-fetch.ts';
import { cleanProfile } from './network-profile.ts';
import { NetworkFailure, type Network, type NetworkProfile, type NetworkSecrets } from './network.ts';
import type { FacebookSettings } from './network-settings.ts';

/** Where people go; nothing of ours connects to it. */
const DIALOG = 'https://www.facebook.com';
/** What we call. */
const GRAPH = 'https://graph.facebook.com';

/** There is no less than the public profile. */
const SCOPES = { profile: 'email,public_profile', id: 'public_profile' } as const;
const FIELDS = 'id,first_name,last_name,email';

/** An error is an object, unlike that of RFC 6749. */
const errorSchema = z.object({ error: z.object({ code: z.int(), error_subcode: z.int().optional() }) });

const profileSchema = z.object({
  id: z.string(),
  first_name: z.unknown().optional(),
  last_name: z.unknown().optional(),
  // Simply missing where it was kept back, or where the account has none.
  email: z.unknown().optional(),
});

async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch (cause) {
    throw new NetworkFailure('garbage', 'not-json', { cause });
  }
}

async function refusalOf(response: Response): Promise<NetworkFailure> {
  const { data } = errorSchema.safeParse(await readJson(response).catch(() => undefined));
  if (data === undefined) return new NetworkFailure('garbage', `http-${response.status}`);
  const { code, error_subcode: subcode } = data.error;
  return new NetworkFailure('refused', `facebook-${code}${subcode === undefined ? '' : `.${subcode}`}`);
}

/** The answer behind an error of the library, which knows errors of RFC 6749 only. */
const answerIn = (error: unknown): Response | undefined =>
  error instanceof openid.ClientError && error.cause instanceof Response && !error.cause.bodyUsed ? error.cause : undefined;

/**
 * Facebook Login by plain OAuth: code, state, PKCE, and a proof of the app's secret with each call
 * (https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow). The id token that Facebook is testing is not used.
 */
export function createFacebook(settings: FacebookSettings, { timeoutMs }: { timeoutMs?: number } = {}): Network {
  const { appId, appSecret, graphVersion, dialogOrigin = DIALOG, graphOrigin = GRAPH, location } = settings;
  const graph = `${graphOrigin}/${graphVersion}`;
  const call = createNetworkFetch({ hosts: [new URL(graphOrigin).host], ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const metadata = {
    issuer: DIALOG,
    authorization_endpoint: `${dialogOrigin}/${graphVersion}/dialog/oauth`,
    token_endpoint: `${graph}/oauth/access_token`,
  };
  const configuration = new openid.Configuration(metadata, appId, undefined, openid.ClientSecretPost(appSecret));
  callBy(configuration, call, { isPlain: graphOrigin.startsWith('http:') });

  /** Proves that whoever shows the token knows the app's secret (https://developers.facebook.com/docs/graph-api/securing-requests). */
  function withProof(address: string, token: string): { url: URL; headers: Record<string, string> } {
    const url = new URL(address);
    url.searchParams.set('appsecret_proof', createHmac('sha256', appSecret).update(token).digest('hex'));
    return { url, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } };
  }

  async function readProfile(token: string): Promise<NetworkProfile> {
    const { url, headers } = withProof(`${graph}/me?fields=${FIELDS}`, token);
    const response = await call(url, { headers });
    if (response.status !== 200) throw await refusalOf(response);
    const { data } = profileSchema.safeParse(await readJson(response));
    if (data === undefined) throw new NetworkFailure('garbage', 'profile');
    return cleanProfile({ subject: data.id, firstName: data.first_name, lastName: data.last_name, email: data.email });
  }

  async function exchange(address: URL, secrets: NetworkSecrets): Promise<NetworkProfile> {
    try {
      const { access_token: token } = await exchangeCode(configuration, address, { state: secrets.state, verifier: secrets.verifier });
      return await readProfile(token);
    } catch (error) {
      const answer = answerIn(error);
      throw answer === undefined ? toFailure(error) : await refusalOf(answer);
    }
  }

  return {
    name: 'facebook',
    label: 'Facebook',
    privacyUrl: `${DIALOG}/privacy/policy`,
    termsUrl: `${DIALOG}/legal/terms`,
    ...location,
    leaveFor: ({ redirectUri, asksFor, asksAgain, ...secrets }) =>
      addressForCode(configuration, secrets, {
        redirect_uri: redirectUri,
        scope: SCOPES[asksFor],
        ...(asksAgain ? { auth_type: 'rerequest' } : {}),
      }),
    exchange,
    async withdraw(subject) {
      try {
        const { url, headers } = withProof(`${graph}/${encodeURIComponent(subject)}/permissions`, `${appId}|${appSecret}`);
        const response = await call(url, { method: 'DELETE', headers });
        const isDone = response.status === 200 && z.object({ success: z.literal(true) }).safeParse(await readJson(response)).success;
        return isDone ? 'confirmed' : 'not-confirmed';
      } catch {
        return 'not-confirmed';
      }
    },
  };
}
