import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consentPage, NOT_NOW } from './facebook-consent-page.ts';
import { misbehave, type StubFault } from './stub-server.ts';

/** The app as it is registered at the stub. */
export const FACEBOOK_APP = { appId: '1234567890123456', appSecret: 'a-secret-of-the-tests-0123456789', graphVersion: 'v26.0' } as const;

/** Settings with which a stack signs people in at the stub, as environment. */
export const facebookEnvironment = (origin: string): Record<string, string> => ({
  SMOOPE_NETWORKS__FACEBOOK__ADAPTER: 'facebook',
  SMOOPE_NETWORKS__FACEBOOK__APP_ID: FACEBOOK_APP.appId,
  SMOOPE_NETWORKS__FACEBOOK__APP_SECRET: FACEBOOK_APP.appSecret,
  SMOOPE_NETWORKS__FACEBOOK__GRAPH_VERSION: FACEBOOK_APP.graphVersion,
  SMOOPE_NETWORKS__FACEBOOK__DIALOG_ORIGIN: origin,
  SMOOPE_NETWORKS__FACEBOOK__GRAPH_ORIGIN: origin,
  SMOOPE_NETWORKS__FACEBOOK__LOCATION__OPERATOR: 'Facebook of the tests',
  SMOOPE_NETWORKS__FACEBOOK__LOCATION__COUNTRY: 'IE',
});

/** Somebody with an account at Facebook; `id` holds for this app only. */
export type FacebookPerson = { readonly id: string; readonly first_name: string; readonly last_name: string; readonly email?: string };

/** What can fail: exchanging a code, reading a profile, withdrawing the permission. */
export type FacebookCall = 'token' | 'me' | 'permissions';

/** A Facebook of the tests, behaving as the real one does (https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow). */
export type FakeFacebook = {
  readonly origin: string;
  /** Calls that came, as `GET /v26.0/me`. */
  readonly calls: string[];
  /** How a call fails from now on. */
  readonly faults: Map<FacebookCall, StubFault>;
  /** Ids of people whose permission the app has given back. */
  readonly withdrawn: Set<string>;
  /** What somebody does in the dialog; answers where the browser goes then. */
  decide(dialog: URL | string, person: FacebookPerson, decision?: 'allow' | 'without-email' | 'deny'): Promise<URL>;
  /** What Facebook posts when somebody removes the app, or wants their data deleted; `changes` damage it. */
  signRequest(userId: string, changes?: { issuedAt?: Date; secret?: string; algorithm?: string }): string;
  close(): Promise<void>;
};

type Grant = { readonly person: FacebookPerson; readonly withEmail: boolean };
type Code = Grant & { readonly redirectUri: string; readonly challenge: string };

const SCOPES = new Set(['email,public_profile', 'public_profile']);

const hmac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

type Failure = { message: string; type: string; code: number; error_subcode?: number };

function fail(response: ServerResponse, error: Failure, status = 400): void {
  const body = JSON.stringify({ error: { ...error, fbtrace_id: randomBytes(8).toString('base64url') } });
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(body);
}

const oauth = (message: string, code: number, subcode?: number): Failure => ({
  message,
  type: 'OAuthException',
  code,
  ...(subcode === undefined ? {} : { error_subcode: subcode }),
});

function succeed(response: ServerResponse, body: unknown): void {
  // The Graph API says so, whatever was accepted.
  response.writeHead(200, { 'content-type': 'text/javascript; charset=UTF-8' }).end(JSON.stringify(body));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

/** Starts it on `port`, or a free one. */
export async function startFacebook(port = 0): Promise<FakeFacebook> {
  const { appId, appSecret, graphVersion } = FACEBOOK_APP;
  const appToken = `${appId}|${appSecret}`;
  const codes = new Map<string, Code>();
  const used = new Set<string>();
  const tokens = new Map<string, Grant>();
  const grants = new Map<string, Grant>();
  const calls: string[] = [];
  const faults: FakeFacebook['faults'] = new Map();
  const withdrawn = new Set<string>();

  function dialogProblem(query: URLSearchParams): string | undefined {
    if (query.get('client_id') !== appId) return 'Invalid App ID';
    if (!/^https?:\/\/[^/]+\/account\/networks\/facebook\/callback$/.test(query.get('redirect_uri') ?? ''))
      return 'URL blocked: it is not whitelisted in the app';
    if (query.get('response_type') !== 'code' || !SCOPES.has(query.get('scope') ?? '')) return 'Invalid Scopes';
    return query.get('code_challenge_method') === 'S256' && query.get('code_challenge') !== null ? undefined : 'Invalid code challenge';
  }

  function redirect(response: ServerResponse, query: URLSearchParams, result: Record<string, string>): void {
    const address = new URL(query.get('redirect_uri') ?? '');
    for (const [key, value] of Object.entries({ ...result, state: query.get('state') ?? '' })) address.searchParams.set(key, value);
    response.writeHead(302, { location: `${address.href}#_=_` }).end();
  }

  function giveCode(response: ServerResponse, query: URLSearchParams, grant: Grant): void {
    const code = `AQ${randomBytes(60).toString('base64url')}`;
    grants.set(grant.person.id, grant);
    withdrawn.delete(grant.person.id);
    codes.set(code, { ...grant, redirectUri: query.get('redirect_uri') ?? '', challenge: query.get('code_challenge') ?? '' });
    redirect(response, query, { code });
  }

  async function dialog(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const problem = dialogProblem(query);
    if (problem !== undefined) return void response.writeHead(400, { 'content-type': 'text/html' }).end(`<h1>${problem}</h1>`);
    if (request.method !== 'POST') {
      // Who has allowed the app before is not asked again, not even for what they kept back, unless the app says so.
      const known = grants.get(/\bperson=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
      if (known !== undefined && query.get('auth_type') !== 'rerequest') return giveCode(response, query, known);
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(consentPage(query));
    }
    const form = await readForm(request);
    if (form.get('decision') === NOT_NOW) {
      const denial = { error: 'access_denied', error_code: '200', error_description: 'Permissions error', error_reason: 'user_denied' };
      return redirect(response, query, denial);
    }
    const email = form.get('email') ?? '';
    const person = { id: form.get('id') ?? '', first_name: form.get('first_name') ?? '', last_name: form.get('last_name') ?? '' };
    response.setHeader('set-cookie', `person=${person.id}; Path=/; HttpOnly`);
    giveCode(response, query, {
      person: email === '' ? person : { ...person, email },
      withEmail: form.has('allow_email') && query.get('scope') !== 'public_profile',
    });
  }

  function token(response: ServerResponse, form: URLSearchParams): void {
    const code = form.get('code') ?? '';
    const given = codes.get(code);
    codes.delete(code);
    if (form.get('client_id') !== appId || form.get('client_secret') !== appSecret)
      return fail(response, oauth('Error validating client secret.', 1));
    if (used.has(code)) return fail(response, oauth('This authorization code has been used.', 100, 36_009));
    if (given === undefined) return fail(response, oauth('Invalid verification code format.', 100));
    used.add(code);
    if (form.get('redirect_uri') !== given.redirectUri)
      return fail(response, oauth('Error validating verification code. Please make sure your redirect_uri is identical.', 100, 36_008));
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== given.challenge) return fail(response, oauth('Invalid code verifier.', 100));
    const accessToken = `EAA${randomBytes(60).toString('base64url')}`;
    tokens.set(accessToken, given);
    const body = JSON.stringify({ access_token: accessToken, token_type: 'bearer', expires_in: 5_183_944 });
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(body);
  }

  /** The token of a call; undefined where it was refused already. */
  function provenToken(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): string | undefined {
    const [, shown = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const isKnown = shown === appToken || tokens.has(shown);
    if (isKnown && query.get('appsecret_proof') === hmac(appSecret, shown).toString('hex')) return shown;
    if (!isKnown) fail(response, oauth('Invalid OAuth access token.', 190), 401);
    else fail(response, { ...oauth('Invalid appsecret_proof provided in the API argument', 100), type: 'GraphMethodException' });
    return undefined;
  }

  function me(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const shown = provenToken(request, response, query);
    const grant = tokens.get(shown ?? '');
    if (grant === undefined) return;
    const { person, withEmail } = grant;
    const wanted = (query.get('fields') ?? 'id').split(',').filter((field) => field !== 'email' || withEmail);
    succeed(response, Object.fromEntries(Object.entries(person).filter(([key]) => wanted.includes(key))));
  }

  function permissions(request: IncomingMessage, response: ServerResponse, query: URLSearchParams, id: string): void {
    if (provenToken(request, response, query) === undefined) return;
    if (!grants.delete(id)) return fail(response, oauth(`Unsupported delete request. Object with ID '${id}' does not exist`, 100, 33));
    withdrawn.add(id);
    succeed(response, { success: true });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://facebook.invalid');
    calls.push(`${request.method} ${pathname}`);
    // For tests in other processes than this one.
    const [, asked] = /^\/stub\/withdrawn\/(\d+)$/.exec(pathname) ?? [];
    if (asked !== undefined) return void response.writeHead(withdrawn.has(asked) ? 204 : 404).end();
    const path = pathname.startsWith(`/${graphVersion}/`) ? pathname.slice(graphVersion.length + 1) : '';
    const failing = (call: FacebookCall): boolean => {
      const fault = faults.get(call);
      if (fault !== undefined) misbehave(fault, response, `${facebook.origin}/`);
      return fault !== undefined;
    };
    const [, id] = /^\/(\d+)\/permissions$/.exec(path) ?? [];
    if (path === '/dialog/oauth') await dialog(request, response, query);
    else if (path === '/oauth/access_token') void (failing('token') || token(response, await readForm(request)));
    else if (path === '/me') void (failing('me') || me(request, response, query));
    else if (id !== undefined && request.method === 'DELETE') void (failing('permissions') || permissions(request, response, query, id));
    else fail(response, oauth('Unknown path components', 2500));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const facebook: FakeFacebook = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    faults,
    withdrawn,
    async decide(address, { email = '', ...person }, decision = 'allow') {
      const body = new URLSearchParams({ ...person, email });
      if (decision === 'deny') body.set('decision', NOT_NOW);
      if (decision === 'allow') body.set('allow_email', 'on');
      const response = await fetch(address, { method: 'POST', body, redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null) throw new Error(`the dialog answered ${response.status} ${await response.text()}`);
      return new URL(location);
    },
    signRequest(userId, { issuedAt = new Date(), secret = appSecret, algorithm = 'HMAC-SHA256' } = {}) {
      const at = Math.floor(issuedAt.getTime() / 1000);
      const content = { algorithm, expires: at + 3600, issued_at: at, user: { country: 'de', locale: 'de_DE' }, user_id: userId };
      const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
      return `${hmac(secret, payload).toString('base64url')}.${payload}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return facebook;
}
