import type { APIRequestContext, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startForeignClient } from '../../stack/openid/foreign-client.ts';
import { newTrialAccount, type TrialAccount } from '../../stack/openid/trial-account.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { CANARY } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';

type Context = { stack: StackAccess; browser: JourneyBrowser; account: TrialAccount; person: VisitorBrowser };

const journey = suite<Context>('signing in with any Matrix client');
const FIRST_NAME = `${CANARY}first`;
const LAST_NAME = `${CANARY}last`;

journey.before(async (context) => {
  context.stack = sharedStackAccess();
  context.browser = await startJourneyBrowser();
});
journey.before.each(async (context) => {
  context.account = await newTrialAccount(context.stack, { firstName: FIRST_NAME, lastName: LAST_NAME });
  context.person = await context.browser.newVisitor();
});
journey.after.each(({ person }) => person.close());
journey.after(({ browser }) => browser.close());

/** What a page of ours will do when somebody has typed a code. */
async function signInOn(page: Page, account: TrialAccount): Promise<void> {
  assert.match(new URL(page.url()).pathname, /^\/account\/sign-in\//);
  const continueAt = await page.evaluate(
    async (code) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) };
      const answer = await fetch(`${location.pathname}/methods/trial`, init);
      return ((await answer.json()) as { continueAt: string }).continueAt;
    },
    await account.newCode(),
  );
  await page.goto(continueAt);
}

const redirectAddress = ({ config }: StackAccess, back: string): string =>
  `${config.homeserver.publicUrl}/_matrix/client/v3/login/sso/redirect/oidc-smoope?redirectUrl=${encodeURIComponent(back)}`;

const isCallback = (address: string): boolean => new URL(address).pathname === '/_synapse/client/oidc/callback';

/** Where an address leads, asked with the cookies of the browser and not followed. */
async function leadsTo(request: APIRequestContext, address: string): Promise<string> {
  const { location = '' } = (await request.get(address, { maxRedirects: 0 })).headers();
  return location;
}

/** A browser that is signed in, by the way of our own client. */
async function signedIn({ stack, person, account }: Context): Promise<Page> {
  const page = await person.visit(redirectAddress(stack, `${stack.appUrl}/`));
  await signInOn(page, account);
  return page;
}

/** The address with which a signed-in browser would come back to the homeserver; nobody has opened it yet. */
async function callbackOf({ stack, person }: Context): Promise<URL> {
  const { request } = person.context;
  const asked = await leadsTo(request, redirectAddress(stack, `${stack.appUrl}/`));
  const callback = await leadsTo(request, asked);
  assert.ok(isCallback(callback), callback);
  return new URL(callback);
}

async function isRefused(person: VisitorBrowser, address: string): Promise<void> {
  const page = await person.context.newPage();
  const answer = await page.goto(address);
  assert.ok((answer?.status() ?? 0) >= 400, `${answer?.status()} for ${address}`);
  assert.not.match(page.url() + (await page.content()), 'loginToken');
  await page.close();
}

journey('a client that is not ours learns of single sign-on, sends a person to our page and syncs', async (context) => {
  const { stack, person, account } = context;
  const client = await startForeignClient(stack.config.homeserver.publicUrl);
  try {
    assert.ok(client.flows.includes('m.login.sso') && client.flows.includes('m.login.token'), client.flows.join(' '));
    const page = await person.visit(client.address);
    await signInOn(page, account);
    // The homeserver names the client before it gets the token: it could be anybody's.
    assert.ok(isCallback(page.url()));
    assert.match(await page.locator('body').innerText(), new URL(client.back).host);
    await page.locator(`a[href^="${client.back}"]`).click();
    await page.getByText('signed in').waitFor();
    const { userId, accessToken } = await client.signedIn();
    assert.is(userId, account.userId);
    assert.equal((await client.firstSync()).rooms, []);
    const profile = await callJson(`${stack.homeserverUrl}/_matrix/client/v3/profile/${encodeURIComponent(userId)}`, {
      token: accessToken,
    });
    assert.equal(profile.body, { displayname: FIRST_NAME });
    assert.not.match(person.requests.join(' '), LAST_NAME);
    assert.equal(person.errors, []);

    await page.goto(`${stack.appUrl}/`);
    const status = await page.evaluate(async () => (await fetch('/api/v1/account/session', { method: 'DELETE' })).status);
    assert.is(status, 204);
    await eventually('the end of the Matrix session', async () => {
      const { refused } = await client.sync();
      return refused === 'M_UNKNOWN_TOKEN' ? true : undefined;
    });
  } finally {
    await client.stop();
  }
});

journey('a second client in the same browser needs no page of ours', async (context) => {
  const { stack, person, account } = context;
  await signedIn(context);
  const client = await startForeignClient(stack.config.homeserver.publicUrl);
  try {
    const page = await person.visit(client.address);
    assert.ok(isCallback(page.url()), page.url());
    await page.locator(`a[href^="${client.back}"]`).click();
    assert.is((await client.signedIn()).userId, account.userId);
  } finally {
    await client.stop();
  }
});

journey('our own web client is not named to the person again, and its token signs in once', async (context) => {
  const { stack, account } = context;
  const address = new URL((await signedIn(context)).url());
  assert.is(address.origin, stack.appUrl);
  const token = address.searchParams.get('loginToken');
  const login = () =>
    callJson(`${stack.homeserverUrl}/_matrix/client/v3/login`, { method: 'POST', body: { type: 'm.login.token', token } });
  assert.is((await login()).body['user_id'], account.userId);
  assert.is((await login()).status, 403);
});

journey('an address that only begins like ours gets nothing without the person (open redirect)', async (context) => {
  const { stack, person } = context;
  await signedIn(context);
  const { host } = new URL(stack.appUrl);
  for (const back of [`http://${host}.evil.example/`, `http://${host}@evil.example/`, 'https://evil.example/']) {
    const page = await person.visit(redirectAddress(stack, back));
    assert.ok(isCallback(page.url()), `${back} was opened by itself`);
    await page.close();
  }
  assert.not(person.requests.some((address) => new URL(address).hostname.endsWith('evil.example')));
});

journey('an altered state is refused', async (context) => {
  await signedIn(context);
  const callback = await callbackOf(context);
  callback.searchParams.set('state', 'altered');
  await isRefused(context.person, callback.href);
  callback.searchParams.delete('state');
  await isRefused(context.person, callback.href);
});

journey('an altered nonce is refused', async (context) => {
  const { stack, person } = context;
  await signedIn(context);
  const asked = new URL(await leadsTo(person.context.request, redirectAddress(stack, `${stack.appUrl}/`)));
  asked.searchParams.set('nonce', 'altered');
  await isRefused(person, asked.href);
});

journey('a code challenge of somebody else is refused', async (context) => {
  const { stack, person } = context;
  await signedIn(context);
  const asked = new URL(await leadsTo(person.context.request, redirectAddress(stack, `${stack.appUrl}/`)));
  asked.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  await isRefused(person, asked.href);
});

journey('the code of one person does not sign another in, and not a second time', async (context) => {
  const { stack, browser, person } = context;
  await signedIn(context);
  const attacker = {
    ...context,
    person: await browser.newVisitor(),
    account: await newTrialAccount(stack, { firstName: CANARY, lastName: CANARY }),
  };
  await signedIn(attacker);
  const [own, foreign] = [await callbackOf(context), await callbackOf(attacker)];
  await attacker.person.close();
  const mixed = new URL(own);
  mixed.searchParams.set('code', foreign.searchParams.get('code') ?? '');
  await isRefused(person, mixed.href);
  await isRefused(person, foreign.href);
  // The state was used up by the refusals; a fresh sign-in succeeds, once.
  const fresh = await callbackOf(context);
  const page = await person.visit(fresh.href);
  assert.is(new URL(page.url()).origin, stack.appUrl);
  await isRefused(person, fresh.href);
});

journey('neither a password nor a registration at the homeserver leads to an account', async ({ stack, account }) => {
  const post = (path: string, body: unknown) => callJson(`${stack.homeserverUrl}${path}`, { method: 'POST', body });
  const identifier = { type: 'm.id.user', user: account.userId };
  assert.is(
    (await post('/_matrix/client/v3/login', { type: 'm.login.password', identifier, password: 'password' })).status,
    400,
    'Synapse knows no such sign-in',
  );
  assert.is((await post('/_matrix/client/v3/register', { username: `${CANARY}x`, password: 'password' })).status, 403);
});

journey.run();
