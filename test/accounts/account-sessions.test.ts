import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Account } from '../../appservice/accounts/account.ts';
import type { AccountSessionView } from '../../appservice/accounts/account-wire.ts';
import { HomeserverUnavailable, MatrixError } from '../../appservice/matrix/homeserver-client.ts';
import { HOMESERVER_CLIENT_ID } from '../../appservice/matrix/identity.ts';
import {
  authorization,
  FROM_OUR_PAGE,
  locationOf,
  signIn,
  startOpenid,
  walkThrough,
  type OpenidFixture,
} from '../openid/openid-fixture.ts';
import type { TestBrowser } from '../openid/test-browser.ts';

const sessions = suite<{ openid: OpenidFixture }>('browsers of an account');
sessions.before(async (context) => {
  context.openid = await startOpenid();
});
sessions.after(({ openid }) => openid.close());

const COOKIE = 'smoope-account';
const tokenOf = (browser: TestBrowser, name = COOKIE): string => browser.cookies.get(`${name} /`)?.value ?? '';
const DAY_MS = 86_400_000;

async function signedIn(openid: OpenidFixture, account: Account): Promise<TestBrowser> {
  const browser = openid.newBrowser();
  await walkThrough(openid, browser, account);
  return browser;
}

const statusOf = async (browser: TestBrowser): Promise<number> => (await browser.request('/api/v1/account')).status;

async function listOf(browser: TestBrowser): Promise<AccountSessionView[]> {
  const answer = await browser.request('/api/v1/account/sessions');
  return ((await answer.json()) as { sessions: AccountSessionView[] }).sessions;
}

const leave = (browser: TestBrowser, path = '/api/v1/account/session', headers: Record<string, string> = FROM_OUR_PAGE) =>
  browser.request(path, { method: 'DELETE', headers });

async function logoutsOf({ database }: OpenidFixture, { id }: Account): Promise<{ accountId: Account['id']; sid: string }[]> {
  return database('outbox').where({ lane: id, action: 'endMatrixSessions' }).pluck('payload');
}

sessions('a person reads their own account, and nobody reads it without the cookie', async ({ openid }) => {
  const account = await openid.newAccount({ firstName: 'Kanari' });
  const answer = await (await signedIn(openid, account)).request('/api/v1/account');
  assert.equal((await answer.json()) as unknown, {
    id: account.id,
    userId: `@${account.id}:smoope.localhost`,
    firstName: 'Kanari',
    lastName: 'Kanarisurname',
    alias: null,
    locale: 'de',
  });
  const stranger = await openid.newBrowser().request('/api/v1/account');
  assert.is(stranger.status, 401);
  assert.match(await stranger.text(), 'M_MISSING_TOKEN');
});

sessions('the token is kept as a hash only', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = await signedIn(openid, account);
  const rows = JSON.stringify([await openid.database('account_session'), await openid.database('openid_record')]);
  for (const { value } of browser.cookies.values()) assert.not.match(rows, value);
});

sessions('a token that somebody planted is never taken over (session fixation)', async ({ openid }) => {
  const account = await openid.newAccount();
  const planted = `a_${'p'.repeat(43)}`;
  const browser = openid.newBrowser();
  browser.plant(COOKIE, planted);
  assert.is(await statusOf(browser), 401);
  await walkThrough(openid, browser, account);
  assert.is.not(tokenOf(browser), planted);
  const thief = openid.newBrowser();
  thief.plant(COOKIE, planted);
  assert.is(await statusOf(thief), 401);
});

sessions('a new sign-in gives a new token; the old one is worth nothing, and the person goes on', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = await signedIn(openid, account);
  const before = tokenOf(browser);
  const page = locationOf(await browser.request(authorization(openid.config, { prompt: 'login' }).address)).pathname;
  await browser.request(await signIn(browser, page, await openid.codeFor(account.id)));
  assert.is.not(tokenOf(browser), before);
  const thief = openid.newBrowser();
  thief.plant(COOKIE, before);
  assert.is(await statusOf(thief), 401);
  assert.is((await listOf(browser)).length, 1);
  assert.equal(await logoutsOf(openid, account), [], 'the same person keeps their Matrix devices');
});

sessions('each browser stands in the list by its family, and can be signed out from another', async ({ openid }) => {
  const account = await openid.newAccount();
  const [here, there] = [await signedIn(openid, account), await signedIn(openid, account)];
  const other = (await listOf(here)).find(({ current }) => !current);
  assert.equal({ browser: other?.browser, system: other?.system }, { browser: 'other', system: 'other' }, 'Node calls itself neither');
  assert.is((await leave(here, `/api/v1/account/sessions/${other?.id}`)).status, 204);
  assert.is(await statusOf(there), 401);
  assert.is(await statusOf(here), 200);
  assert.is((await logoutsOf(openid, account)).length, 1);
});

sessions('nobody signs out the browser of another account', async ({ openid }) => {
  const [mine, theirs] = [await openid.newAccount(), await openid.newAccount()];
  const [browser, other] = [await signedIn(openid, mine), await signedIn(openid, theirs)];
  const [session] = await listOf(other);
  const answer = await leave(browser, `/api/v1/account/sessions/${session?.id}`);
  assert.is(answer.status, 404);
  assert.is(await statusOf(other), 200);
  assert.is((await leave(browser, '/api/v1/account/sessions/not-an-id')).status, 400);
});

sessions('a page of another site signs nobody out', async ({ openid }) => {
  const browser = await signedIn(openid, await openid.newAccount());
  const foreign: Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}];
  for (const headers of foreign) {
    assert.is((await leave(browser, undefined, headers)).status, 403);
  }
  assert.is(await statusOf(browser), 200);
});

sessions('signing out tells the homeserver, which can check who says so', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = await signedIn(openid, account);
  assert.is((await leave(browser)).status, 204);
  assert.is(tokenOf(browser), '', 'the cookie is taken from the browser');
  assert.is(await statusOf(browser), 401);
  const [ended] = await logoutsOf(openid, account);
  if (ended === undefined) throw new Error('nothing was entered for the homeserver');
  await openid.accounts.outbox.endMatrixSessions(ended);
  const token = new URLSearchParams(openid.heard.at(-1)).get('logout_token') ?? '';
  const keys = createLocalJWKSet((await (await fetch(`${openid.server.origin}/oidc/jwks`)).json()) as JSONWebKeySet);
  const { payload } = await jwtVerify(token, keys, { issuer: `${openid.config.publicOrigin}/oidc`, audience: HOMESERVER_CLIENT_ID });
  assert.is(payload.sub, account.id);
  assert.is(payload['sid'], ended.sid);
  assert.equal(payload['events'], { 'http://schemas.openid.net/event/backchannel-logout': {} });
});

sessions('a homeserver that is away is told later, one that refuses is not asked for ever', async ({ openid }) => {
  const ended = { accountId: (await openid.newAccount()).id, sid: 'a session' };
  const failure = (): Promise<unknown> =>
    openid.accounts.outbox.endMatrixSessions(ended).then(
      () => undefined,
      (error: unknown) => error,
    );
  openid.homeserver.status = 502;
  assert.instance(await failure(), HomeserverUnavailable);
  openid.homeserver.status = 400;
  assert.instance(await failure(), MatrixError);
  openid.homeserver.status = 200;
  assert.is(await failure(), undefined);
});

sessions('after signing out the same browser is asked again who it is', async ({ openid }) => {
  const browser = await signedIn(openid, await openid.newAccount());
  await leave(browser);
  const next = locationOf(await browser.request(authorization(openid.config).address));
  assert.match(next.pathname, /^\/account\/sign-in\//);
  assert.is((await browser.request(next.pathname)).status, 200);
});

sessions('the session of the provider alone signs nobody in', async ({ openid }) => {
  const browser = await signedIn(openid, await openid.newAccount());
  (browser.cookies as Map<string, unknown>).delete(`${COOKIE} /`);
  const next = locationOf(await browser.request(authorization(openid.config).address));
  assert.match(next.pathname, /^\/account\/sign-in\//, 'as where our own session has ended by itself');
  assert.is((await browser.request(next.pathname)).status, 200);
});

sessions('one that was not used for thirty days ends with its Matrix devices', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = await signedIn(openid, account);
  const usedBefore = (ms: number) =>
    openid
      .database('account_session')
      .where({ account_id: account.id })
      .update({ last_used_at: new Date(Date.now() - ms) });
  await usedBefore(30 * DAY_MS - 60_000);
  await openid.accounts.housekeep();
  assert.is(await statusOf(browser), 200);
  assert.is((await listOf(browser))[0]?.lastUsedAt !== undefined, true);
  await usedBefore(30 * DAY_MS + 1000);
  assert.is(await statusOf(browser), 401);
  await openid.accounts.housekeep();
  assert.equal(await openid.database('account_session').where({ account_id: account.id }), []);
  assert.is((await logoutsOf(openid, account)).length, 1);
});

sessions('all others end at once when a password was changed', async ({ openid }) => {
  const account = await openid.newAccount();
  const browsers = [await signedIn(openid, account), await signedIn(openid, account), await signedIn(openid, account)];
  const kept = (await listOf(browsers[0] as TestBrowser)).find(({ current }) => current);
  const all = await openid.accounts.sessions.list(account.id);
  await openid.accounts.sessions.endOthers(account.id, all.find(({ id }) => id === kept?.id)?.id ?? null);
  assert.equal(await Promise.all(browsers.map(statusOf)), [200, 401, 401]);
});

sessions('under https every cookie is bound to the host, out of reach of scripts and of other sites', async () => {
  const openid = await startOpenid({ publicOrigin: 'https://chat.example.de' });
  try {
    const account = await openid.newAccount();
    const browser = openid.newBrowser();
    const page = locationOf(await browser.request(authorization(openid.config).address));
    assert.is(page.pathname.startsWith('/account/sign-in/'), true);
    const names: string[] = [...browser.cookies.values()].map(({ name }) => name);
    const continueAt = await signIn(browser, page.pathname, await openid.codeFor(account.id));
    assert.match(continueAt, /^https:\/\/chat\.example\.de\/oidc\/authorize\//);
    await browser.request(continueAt);
    const cookies = [...browser.cookies.values()];
    names.push(...cookies.map(({ name }) => name));
    assert.equal([...new Set(names)].toSorted(), [
      '__Host-smoope-account',
      '__Host-smoope-browser',
      '__Host-smoope-openid',
      '__Secure-smoope-sign-in',
      '__Secure-smoope-sign-in-resume',
    ]);
    for (const { name, attributes } of cookies) {
      assert.match(attributes, /; secure/i, name);
      assert.match(attributes, /; httponly/i, name);
      assert.match(attributes, /; samesite=lax/i, name);
      assert.not.match(attributes, /; domain/i, name);
      if (name.startsWith('__Host-')) assert.match(attributes, /; path=\/(;|$)/i, name);
    }
    assert.is(await statusOf(browser), 200);
  } finally {
    await openid.close();
  }
});

sessions.run();
