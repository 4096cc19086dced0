import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import type { OpenidNetworkSettings } from '../../appservice/networks/network-settings.ts';
import { openBrowser } from '../openid/test-browser.ts';

/** Claims of somebody with an account at the other network. */
export type OtherPerson = { readonly sub: string; readonly given_name?: string; readonly family_name?: string; readonly email?: string };

/** A real OpenID provider (the library of many) as a network that is not ours. */
export type OtherNetwork = {
  readonly settings: OpenidNetworkSettings;
  /** Lets somebody sign in there; answers where the browser goes then. */
  decide(address: URL, person: OtherPerson, decision?: 'allow' | 'deny'): Promise<URL>;
  close(): Promise<void>;
};

const CLIENT = { id: 'smoope', secret: 'a-secret-of-the-tests-0123456789' } as const;

/** Starts it for one address to come back to. */
export async function startOtherNetwork(redirectUri: string): Promise<OtherNetwork> {
  const people = new Map<string, OtherPerson>();
  let decided: { person: OtherPerson; decision: 'allow' | 'deny' } | undefined;
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri], response_types: ['code'] }],
    pkce: { required: () => true },
    // Said although they are the library's own, which would warn at each.
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    jwks: { keys: [await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)] },
    claims: { openid: ['sub'], profile: ['given_name', 'family_name'], email: ['email'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ ...people.get(id), sub: id }) }),
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) {
      await next();
      return;
    }
    const { person, decision } = decided ?? { person: { sub: '' }, decision: 'deny' as const };
    people.set(person.sub, person);
    const result =
      decision === 'allow' ? { login: { accountId: person.sub } } : { error: 'access_denied', error_description: 'did not want to' };
    await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: false });
    context.respond = false;
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    settings: {
      name: 'example',
      label: 'Example ID',
      issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      hosts: [],
      privacyUrl: 'https://id.example.de/privacy',
      termsUrl: 'https://id.example.de/terms',
      location: { operator: 'Example ID GmbH', country: 'DE' },
    },
    async decide(address, person, decision = 'allow') {
      decided = { person, decision };
      const browser = openBrowser(issuer);
      let at = address.href;
      while (new URL(at, issuer).origin === issuer) {
        const response = await browser.request(at);
        const location = response.headers.get('location');
        if (location === null) throw new Error(`the other network answered ${response.status} ${await response.text()}`);
        at = location;
      }
      return new URL(at);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
