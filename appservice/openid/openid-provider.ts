import { interactionPolicy, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { AccountId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { createOpenidAdapter } from './openid-adapter.ts';
import type { OpenidRecordStore } from './openid-record-store.ts';
import { TOKEN_LIFE_MS, type SigningKey } from './signing-key.ts';
import { SIGNING_ALGORITHM } from './signing-keys.ts';

/** What the provider has to know of the rest of the service. */
export type OpenidNeighbours = {
  /** The account that this browser is signed in to. */
  readonly findSignedIn: (context: KoaContextWithOIDC) => Promise<AccountId | undefined>;
  /** Claims about an account; undefined where there is none of this id. */
  readonly findClaims: (id: string) => Promise<{ sub: string; [claim: string]: string } | undefined>;
  /** Keeps which session of the provider belongs to the browser's, so that both end together. */
  readonly noteProviderSession: (context: KoaContextWithOIDC, uid: string) => Promise<void>;
  /** Address of the page that goes on with a sign-in. */
  readonly pageOf: (flowId: string) => string;
  /** Page for a person whose sign-in cannot go on. */
  readonly renderProblem: (context: KoaContextWithOIDC) => string;
};

/** The one client, and what our provider is called. */
export type OpenidSettings = {
  readonly issuer: string;
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly scopes: readonly string[];
    /** Names of the claims beside `sub`. */
    readonly claims: readonly string[];
    /** Where people are sent back, and nowhere else. */
    readonly callbackAddress: string;
    /** Where the end of a session is told. */
    readonly logoutAddress: string;
  };
  /** Days for which a browser stays signed in after its last use. */
  readonly sessionDays: number;
};

const MINUTE = 60;
const DAY = 86_400;

/** Time in which somebody must have signed in, in seconds. */
export const FLOW_SECONDS = 30 * MINUTE;

/** Names under https are bound to this very host by the browser; on plain http (a trial on localhost) browsers refuse such names. */
export function openidCookieNames(issuer: string): { session: string; interaction: string; resume: string } {
  const isSecure = issuer.startsWith('https:');
  // Both of a single sign-in have a path of their own, which `__Host-` does not allow.
  const bound = isSecure ? '__Secure-' : '';
  return {
    session: `${isSecure ? '__Host-' : ''}smoope-openid`,
    interaction: `${bound}smoope-sign-in`,
    resume: `${bound}smoope-sign-in-resume`,
  };
}

/** A sign-in is asked for unless this browser is signed in to the account that the provider's session is about. */
function signInPolicy({ findSignedIn }: OpenidNeighbours) {
  const { Check, base } = interactionPolicy;
  const policy = base();
  // The homeserver belongs to the service: there is nobody else to give data to.
  policy.remove('consent');
  const stillSignedIn = new Check('account_session', 'the person is not signed in here', async (context) => {
    const { accountId } = context.oidc.session ?? {};
    const isSame = accountId !== undefined && (await findSignedIn(context)) === accountId;
    return isSame ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });
  policy.get('login')?.checks.add(stillSignedIn);
  return policy;
}

function grantOf(scopes: readonly string[], { noteProviderSession }: OpenidNeighbours) {
  return async (context: KoaContextWithOIDC) => {
    const { provider, session, client, account } = context.oidc;
    if (session === undefined || client === undefined || account === undefined) return undefined;
    await noteProviderSession(context, session.uid);
    const known = session.grantIdFor(client.clientId);
    const existing = known === undefined ? undefined : await provider.Grant.find(known);
    if (existing !== undefined && existing.accountId === account.accountId) return existing;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
    grant.addOIDCScope(scopes.join(' '));
    await grant.save();
    return grant;
  };
}

/** Everything that is not needed is off: the homeserver exchanges codes and reads keys. */
const FEATURES: Configuration['features'] = {
  backchannelLogout: { enabled: true },
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  resourceIndicators: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  userinfo: { enabled: false },
};

/** Makes our OpenID provider; a new one takes its place when the keys change. */
export function createOpenidProvider(
  settings: OpenidSettings,
  {
    records,
    keys,
    neighbours,
    log,
  }: { records: OpenidRecordStore; keys: readonly SigningKey[]; neighbours: OpenidNeighbours; log: Logger },
): Provider {
  const { issuer, client, sessionDays } = settings;
  const cookie = { httpOnly: true, sameSite: 'lax', secure: issuer.startsWith('https:') } as const;
  const provider = new Provider(issuer, {
    adapter: createOpenidAdapter(records),
    jwks: { keys: keys.map(({ jwk }) => jwk) },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.callbackAddress],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: SIGNING_ALGORITHM,
        backchannel_logout_uri: client.logoutAddress,
        backchannel_logout_session_required: true,
      },
    ],
    allowOmittingSingleRegisteredRedirectUri: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic'],
    pkce: { required: () => true },
    scopes: [...client.scopes],
    claims: { openid: ['sub'], profile: [...client.claims] },
    // Synapse reads the profile from the token itself; there is no userinfo endpoint.
    conformIdTokenClaims: false,
    clientBasedCORS: () => false,
    cookies: { names: openidCookieNames(issuer), long: cookie, short: cookie },
    routes: { authorization: '/authorize', token: '/token', jwks: '/jwks' },
    interactions: { url: (_context, { uid }) => neighbours.pageOf(uid), policy: signInPolicy(neighbours) },
    ttl: {
      AccessToken: TOKEN_LIFE_MS / 1000,
      AuthorizationCode: MINUTE,
      IdToken: TOKEN_LIFE_MS / 1000,
      Interaction: FLOW_SECONDS,
      Session: sessionDays * DAY,
      Grant: sessionDays * DAY,
    },
    loadExistingGrant: grantOf(client.scopes, neighbours),
    async findAccount(_context, id) {
      const claims = await neighbours.findClaims(id);
      return claims === undefined ? undefined : { accountId: id, claims: () => claims };
    },
    renderError(context, { error }, cause) {
      // A fault of ours is answered like all others: the sign-in has not ended.
      if (error === 'server_error') throw cause;
      context.type = 'html';
      context.body = neighbours.renderProblem(context);
    },
    // The library would refuse addresses of private networks, where the homeserver is; there is this one address and no other.
    async fetch(address, options) {
      if (address !== client.logoutAddress) throw new Error('the provider calls the homeserver only');
      // Without the library's own dispatcher, which refuses those addresses.
      return fetch(client.logoutAddress, { ...options, dispatcher: undefined } as RequestInit);
    },
    features: FEATURES,
  });
  provider.on('server_error', (_context, error) => log.error('openid_failed', { code: error.name }, error));
  provider.on('authorization.error', (_context, error) => log.info('openid_refused', { step: 'authorize', code: error.name }));
  provider.on('grant.error', (_context, error) => log.info('openid_refused', { step: 'token', code: error.name }));
  return provider;
}
