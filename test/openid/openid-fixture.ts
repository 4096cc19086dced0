import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../appservice/accounts/account.ts';
import { wireAccounts, type Accounts } from '../../appservice/app-accounts.ts';
import { wirePasskeys } from '../../appservice/app-passkeys.ts';
import { wirePhones, type Phones } from '../../appservice/app-phones.ts';
import type { Config } from '../../appservice/config.ts';
import { createMetrics } from '../../appservice/http/metrics.ts';
import { createHomeserverClient } from '../../appservice/matrix/homeserver-client.ts';
import { securityHeaders } from '../../appservice/http/security-headers.ts';
import type { Route } from '../../appservice/http/route.ts';
import { createRateLimit, RATE_LIMITS, type LimitName, type LimitRule } from '../../appservice/http/rate-limit.ts';
import type { AccountId } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { callbackAddress, HOMESERVER_CLIENT_ID, PROVIDER_PATH } from '../../appservice/matrix/identity.ts';
import { mountOpenid } from '../../appservice/openid/openid-mount.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { embeddedExample, exampleSecrets } from '../homeserver-config/example-config.ts';
import { startServer, type TestServer } from '../http/http-fixture.ts';
import { openBrowser, type TestBrowser } from './test-browser.ts';

/** The provider as it is wired in the service, on a server and a database of its own; the homeserver only hears of ended sessions. */
export type OpenidFixture = {
  readonly database: TestDatabase['database'];
  readonly server: TestServer;
  readonly accounts: Accounts;
  readonly config: Config;
  /** Bodies that the homeserver got at its address for ended sessions. */
  readonly heard: string[];
  /** Status with which the homeserver answers. */
  readonly homeserver: { status: number };
  newAccount(names?: { firstName?: string; alias?: string | null }): Promise<Account>;
  /** A code with which the account signs in by the way "trial". */
  codeFor(id: AccountId): Promise<string>;
  newBrowser(): TestBrowser;
  /** Texts and mails to an address, the first one first. */
  messagesTo(address: string): { way: string; subject: string; text: string }[];
  close(): Promise<void>;
};

async function startHomeserver(heard: string[]) {
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(Buffer.concat(chunks).toString());
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, answer, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Tests ask more often than people. */
const PATIENT = Object.fromEntries(
  Object.entries(RATE_LIMITS).map(([name, rules]) => [name, rules.map((rule: LimitRule) => ({ ...rule, points: 100_000 }))]),
) as Record<LimitName, LimitRule[]>;

/** How it differs: another origin, networks, and what else is wired on top. */
export type OpenidOptions = {
  readonly publicOrigin?: string;
  readonly networks?: Config['networks'];
  readonly moreRoutes?: (wired: {
    accounts: Accounts;
    phones: Phones;
    config: Config;
    database: TestDatabase['database'];
  }) => readonly Route[];
};

/** Starts it; with `publicOrigin` https, requests arrive as from a proxy that has ended TLS. */
export async function startOpenid({
  publicOrigin = embeddedExample.publicOrigin,
  networks = embeddedExample.networks,
  moreRoutes = () => [],
}: OpenidOptions = {}): Promise<OpenidFixture> {
  const test = await openTestDatabase();
  const heard: string[] = [];
  const homeserver = await startHomeserver(heard);
  const config = { ...embeddedExample, publicOrigin, networks, homeserver: { ...embeddedExample.homeserver, url: homeserver.url } };
  const log = createLogger({ level: 'silent' });
  const pages = {
    signIn: () => 'the page of a sign-in',
    ended: () => 'the page of one that has ended',
    notice: (locale: string) => ({ version: '1', paragraphs: [`The notice in ${locale}.`] }),
  };
  const folder = mkdtempSync(join(tmpdir(), 'smoope-openid-'));
  const outboxFile = join(folder, 'outbox.jsonl');
  const settings = { config, secrets: exampleSecrets, log, outboxFile };
  const client = createHomeserverClient({ url: homeserver.url, appserviceToken: 'appservice', adminToken: 'admin' });
  const connections = { database: test.database, homeserver: client };
  const phones = wirePhones(settings, connections, createMetrics());
  const accounts = wireAccounts(settings, connections, phones, pages);
  const passkeys = wirePasskeys(settings, connections, accounts);
  const rateLimit = createRateLimit({ hashKey: 'a key of the tests' });
  const pageHeaders = securityHeaders('page', { publicOrigin });
  const nobody = async (): Promise<never> => {
    throw new Error('nobody asks as this');
  };
  const server = await startServer({
    trustProxy: true,
    rateLimit: createRateLimit({ hashKey: 'a key of the tests', rules: PATIENT }),
    routes: [
      ...accounts.routes,
      ...passkeys.routes,
      ...accounts.trialRoutes((_kind, _action, declared) => declared),
      ...moreRoutes({ accounts, phones, config, database: test.database }),
    ],
    authenticators: {
      ...accounts.authenticators,
      none: async () => undefined,
      operator: async () => ({ actor: 'operator:test' }),
      api: nobody,
      visitor: nobody,
      homeserver: nobody,
    },
    before: [mountOpenid({ path: PROVIDER_PATH, publicOrigin, provider: accounts.openid.provider, rateLimit, pageHeaders })],
  });
  let browsers = 0;
  const notice = { version: '1', hash: 'hash', seenAt: new Date() };
  return {
    database: test.database,
    server,
    accounts,
    config,
    heard,
    homeserver: homeserver.answer,
    newAccount: ({ firstName = 'Kanari', alias = null } = {}) =>
      accounts.accounts.create({ firstName, lastName: 'Kanarisurname', alias, locale: 'de', notice }),
    async codeFor(id) {
      const response = await fetch(`${server.origin}/api/v1/operator/trial-accounts/${id}/codes`, { method: 'POST' });
      return ((await response.json()) as { code: string }).code;
    },
    messagesTo: (address) =>
      (existsSync(outboxFile) ? readFileSync(outboxFile, 'utf8') : '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { way: string; address: string; subject: string; text: string })
        .filter((message) => message.address === address),
    newBrowser() {
      browsers += 1;
      // Each in a network of its own: how many a network may ask is tested elsewhere.
      const network = { 'x-forwarded-for': `10.${browsers >> 8}.${browsers & 255}.1` };
      return openBrowser(server.origin, publicOrigin.startsWith('https:') ? { ...network, 'x-forwarded-proto': 'https' } : network);
    },
    async close() {
      await server.close();
      await homeserver.close();
      await test.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the homeserver sends somebody to the provider with, and what it keeps for the exchange. */
export function authorization({ homeserver }: Config, changes: Record<string, string | undefined> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    response_type: 'code',
    client_id: HOMESERVER_CLIENT_ID,
    redirect_uri: callbackAddress(homeserver.publicUrl),
    scope: 'openid profile',
    state: randomBytes(16).toString('hex'),
    nonce: randomBytes(16).toString('hex'),
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    ...changes,
  };
  const query = new URLSearchParams(Object.entries(parameters).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  return { verifier, state: parameters.state, nonce: parameters.nonce, address: `${PROVIDER_PATH}/authorize?${query.toString()}` };
}

/** What a page of ours sends along. */
export const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

/** Signs in by a code on the page that `address` leads to; answers the address at which it goes on. */
export async function signIn(browser: TestBrowser, page: string, code: string): Promise<string> {
  const response = await browser.request(`${page}/methods/trial`, {
    method: 'POST',
    headers: FROM_OUR_PAGE,
    body: JSON.stringify({ code }),
  });
  if (response.status !== 200) throw new Error(`the sign-in was answered with ${response.status} ${await response.text()}`);
  return ((await response.json()) as { continueAt: string }).continueAt;
}

/** Where an answer leads. */
export function locationOf(response: Response): URL {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`an answer ${response.status} that leads nowhere`);
  return new URL(location, 'http://nowhere.example');
}

/** The whole way of one sign-in up to the homeserver's callback. */
export async function walkThrough({ config, codeFor }: OpenidFixture, browser: TestBrowser, { id }: Account) {
  const asked = authorization(config);
  const page = locationOf(await browser.request(asked.address));
  const resumed = locationOf(await browser.request(await signIn(browser, page.pathname, await codeFor(id))));
  return { ...asked, callback: resumed };
}

/** Exchanges a code as the homeserver does. */
export function exchange(
  { server, config }: OpenidFixture,
  code: string,
  {
    verifier,
    secret = exampleSecrets.openidClientSecret,
    redirectUri = callbackAddress(config.homeserver.publicUrl),
  }: {
    verifier: string;
    secret?: string;
    redirectUri?: string;
  },
): Promise<Response> {
  return fetch(`${server.origin}${PROVIDER_PATH}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${HOMESERVER_CLIENT_ID}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }),
  });
}
