import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { OpenidNetworkSettings } from '../../appservice/networks/network-settings.ts';

/** What an OpenID provider of the tests says, one part of it wrong at a time. */
export type FaultyOpenid = {
  readonly settings: OpenidNetworkSettings;
  /** Claims of the token that differ from what is right; undefined takes one away. */
  claims: Readonly<Record<string, unknown>>;
  /** What an endpoint does in place of its answer. */
  faults: Partial<Record<'token' | 'userinfo' | 'jwks', (response: ServerResponse) => void>>;
  /** Where the browser comes back to from an address. */
  comeBack(address: URL): URL;
  close(): Promise<void>;
};

const CLIENT = { id: 'smoope', secret: 'a-secret-of-the-tests-0123456789' } as const;

/** Answers with JSON. */
export const sayJson =
  (body: unknown, status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Answers with a page, as a proxy does whose server is away. */
export const sayHtml =
  (status: number) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');

/** Never answers. */
export const sayNothing = (): void => undefined;

/** Starts it; everybody who comes is `kanari-1` and is let through. */
export async function startFaultyOpenid(): Promise<FaultyOpenid> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let nonce = '';

  async function token(): Promise<unknown> {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: CLIENT.id, sub: 'kanari-1', nonce, iat: now, exp: now + 60 };
    const claims = { ...right, ...network.claims };
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
    return { access_token: 'a-token', token_type: 'Bearer', expires_in: 60, id_token: signed };
  }

  const answers: Readonly<Record<string, () => Promise<unknown>>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/token': token,
    '/jwks': async () => ({ keys: [key] }),
    '/userinfo': async () => ({ sub: 'kanari-1', given_name: 'Kanari', email: 'kanari@example.de' }),
  };

  server.on('request', (request, response) => {
    const path = request.url ?? '';
    const fault = network.faults[path.slice(1) as keyof FaultyOpenid['faults']];
    if (fault !== undefined) return fault(response);
    const answer = answers[path];
    void (answer === undefined ? Promise.resolve({}) : answer()).then((body) => sayJson(body, answer === undefined ? 404 : 200)(response));
  });

  const network: FaultyOpenid = {
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
    claims: {},
    faults: {},
    comeBack(address) {
      nonce = address.searchParams.get('nonce') ?? '';
      const back = new URL(address.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code: 'a-code', state: address.searchParams.get('state') ?? '' }).toString();
      return back;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return network;
}
