import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HOMESERVER_CLIENT_ID } from '../../appservice/matrix/identity.ts';
import {
  authorization,
  exchange,
  FROM_OUR_PAGE,
  locationOf,
  signIn,
  startOpenid,
  walkThrough,
  type OpenidFixture,
} from './openid-fixture.ts';

const provider = suite<{ openid: OpenidFixture }>('OpenID provider');
provider.before(async (context) => {
  context.openid = await startOpenid();
});
provider.after(({ openid }) => openid.close());

type Tokens = { id_token: string; error?: string };

async function keysOf({ server }: OpenidFixture) {
  return createLocalJWKSet((await (await fetch(`${server.origin}/oidc/jwks`)).json()) as JSONWebKeySet);
}

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

provider('vouches for an account by a random subject and a display name, and by nothing else', async ({ openid }) => {
  const account = await openid.newAccount({ firstName: 'Kanarifirst', alias: 'Kanarialias' });
  const walk = await walkThrough(openid, openid.newBrowser(), account);
  assert.is(walk.callback.origin + walk.callback.pathname, `${openid.config.homeserver.publicUrl}/_synapse/client/oidc/callback`);
  assert.is(walk.callback.searchParams.get('state'), walk.state);
  const answer = await exchange(openid, walk.callback.searchParams.get('code') ?? '', walk);
  const { id_token: token } = (await answer.json()) as Tokens;
  const { payload, protectedHeader } = await jwtVerify(token, await keysOf(openid), {
    issuer: `${openid.config.publicOrigin}/oidc`,
    audience: HOMESERVER_CLIENT_ID,
  });
  assert.is(protectedHeader.alg, 'ES256');
  const { sub, nonce, name, preferred_username: localpart } = payload;
  assert.equal({ sub, nonce, name, localpart }, { sub: account.id, nonce: walk.nonce, name: 'Kanarialias', localpart: account.id });
  assert.match(account.id, /^[a-z][a-z2-7]{19}$/);
  assert.not.match(JSON.stringify(payload), /Kanarifirst|Kanarisurname/);
  const known = ['at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'name', 'nonce', 'preferred_username', 'sid', 'sub', 'amr'];
  assert.equal(
    Object.keys(payload).filter((claim) => !known.includes(claim)),
    [],
  );
});

provider('names itself by the public origin, whatever host a request names', async ({ openid }) => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
  const response = await fetch(`${openid.server.origin}/oidc/.well-known/openid-configuration`, { headers });
  const text = await response.text();
  assert.not.match(text, 'evil');
  const { issuer, token_endpoint: token, code_challenge_methods_supported: methods } = JSON.parse(text) as Record<string, unknown>;
  assert.is(issuer, `${openid.config.publicOrigin}/oidc`);
  assert.is(token, `${openid.config.publicOrigin}/oidc/token`);
  assert.equal(methods, ['S256']);
});

const refusedAtTheDoor: Record<string, Record<string, string | undefined>> = {
  'another redirect address': { redirect_uri: 'https://evil.example/callback' },
  'a redirect address that begins like the right one': {
    redirect_uri: 'http://localhost:8008/_synapse/client/oidc/callback.evil.example',
  },
  'the right redirect address with a query': { redirect_uri: 'http://localhost:8008/_synapse/client/oidc/callback?next=//evil.example' },
  'no redirect address': { redirect_uri: undefined },
  'a client that is not the homeserver': { client_id: 'somebody' },
};
for (const [what, changes] of Object.entries(refusedAtTheDoor)) {
  provider(`answers ${what} by a page and leads nowhere`, async ({ openid }) => {
    const response = await openid.newBrowser().request(authorization(openid.config, changes).address);
    assert.is(response.status, 400);
    assert.is(response.headers.get('location'), null);
    assert.is(await response.text(), 'the page of one that has ended');
    assert.match(response.headers.get('content-security-policy') ?? '', "frame-ancestors 'none'");
  });
}

const refusedAtTheHomeserver: Record<string, [Record<string, string | undefined>, string]> = {
  'without a code challenge': [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  'with a plain code challenge': [{ code_challenge_method: 'plain' }, 'invalid_request'],
  'for a token in the address': [{ response_type: 'id_token' }, 'unsupported_response_type'],
  'for scopes that do not exist': [{ scope: 'openid offline_access everything', prompt: 'none' }, 'login_required'],
};
for (const [what, [changes, error]] of Object.entries(refusedAtTheHomeserver)) {
  provider(`refuses a sign-in ${what}`, async ({ openid }) => {
    const response = await openid.newBrowser().request(authorization(openid.config, changes).address);
    const location = locationOf(response);
    const parameters = new URLSearchParams(location.search || location.hash.slice(1));
    assert.is(location.origin + location.pathname, `${openid.config.homeserver.publicUrl}/_synapse/client/oidc/callback`);
    assert.is(parameters.get('error'), error);
    assert.is(parameters.get('code'), null);
  });
}

provider('gives tokens for a code once, to the homeserver, with the verifier of its sign-in', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = openid.newBrowser();
  const walk = await walkThrough(openid, browser, account);
  const code = walk.callback.searchParams.get('code') ?? '';
  const wrongSecret = await exchange(openid, code, { ...walk, secret: 'x'.repeat(43) });
  assert.is(wrongSecret.status, 401);
  const otherVerifier = await exchange(openid, code, { verifier: 'v'.repeat(43) });
  assert.is(await errorOf(otherVerifier), 'invalid_grant');
  const otherAddress = await exchange(openid, code, { ...walk, redirectUri: 'https://evil.example/' });
  assert.is(await errorOf(otherAddress), 'invalid_grant');
});

provider('of two exchanges of one code at the same moment one gets tokens', async ({ openid }) => {
  const walk = await walkThrough(openid, openid.newBrowser(), await openid.newAccount());
  const code = walk.callback.searchParams.get('code') ?? '';
  const answers = await Promise.all([exchange(openid, code, walk), exchange(openid, code, walk), exchange(openid, code, walk)]);
  assert.is(answers.filter(({ status }) => status === 200).length, 1);
  const later = await exchange(openid, code, walk);
  assert.is(await errorOf(later), 'invalid_grant');
});

provider('goes on at once in a browser that is signed in, and asks again where the homeserver wants it', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = openid.newBrowser();
  await walkThrough(openid, browser, account);
  assert.ok(locationOf(await browser.request(authorization(openid.config).address)).searchParams.has('code'));
  const again = locationOf(await browser.request(authorization(openid.config, { prompt: 'login' }).address));
  assert.match(again.pathname, /^\/account\/sign-in\//);
  assert.is((await browser.request(again.pathname)).status, 200, 'the page, not a redirect');
});

provider('signs another client in by the session of our own pages, without its cookie of the provider', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = openid.newBrowser();
  await walkThrough(openid, browser, account);
  (browser.cookies as Map<string, unknown>).delete('smoope-openid /');
  const page = locationOf(await browser.request(authorization(openid.config).address));
  const onward = await browser.request(page.pathname);
  assert.is(onward.status, 303);
  assert.ok(locationOf(await browser.request(locationOf(onward).href)).searchParams.has('code'));
});

provider('a sign-in that somebody else began cannot be finished in this browser (session fixation)', async ({ openid }) => {
  const account = await openid.newAccount();
  const victim = openid.newBrowser();
  await walkThrough(openid, victim, account);
  const attacker = openid.newBrowser();
  const page = locationOf(await attacker.request(authorization(openid.config).address)).pathname;
  const opened = await victim.request(page);
  assert.is(opened.status, 410);
  assert.match(await opened.text(), 'the page signInEnded');
  const tried = await victim.request(`${page}/methods/trial`, {
    method: 'POST',
    headers: FROM_OUR_PAGE,
    body: JSON.stringify({ code: await openid.codeFor(account.id) }),
  });
  assert.is(tried.status, 410);
  const resumed = await attacker.request(page.replace('/account/sign-in/', '/oidc/authorize/'));
  assert.not.ok(resumed.headers.get('location')?.includes('code='), 'the attacker has gained nothing');
});

provider('the code of a sign-in is worth nothing without a page of ours (cross-site request forgery)', async ({ openid }) => {
  const account = await openid.newAccount();
  const browser = openid.newBrowser();
  const page = locationOf(await browser.request(authorization(openid.config).address)).pathname;
  const body = JSON.stringify({ code: await openid.codeFor(account.id) });
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ];
  for (const headers of foreign) {
    const answer = await browser.request(`${page}/methods/trial`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    assert.is(answer.status, 403, JSON.stringify(headers));
  }
  const form = await browser.request(`${page}/methods/trial`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' },
    body,
  });
  assert.is(form.status, 400, 'a form of another site could send this type');
  assert.match(await signIn(browser, page, (JSON.parse(body) as { code: string }).code), '/oidc/authorize/');
});

provider('another account in the same browser ends the first with its Matrix devices', async ({ openid }) => {
  const [first, second] = [await openid.newAccount(), await openid.newAccount()];
  const browser = openid.newBrowser();
  await walkThrough(openid, browser, first);
  const page = locationOf(await browser.request(authorization(openid.config, { prompt: 'login' }).address)).pathname;
  const resumed = locationOf(await browser.request(await signIn(browser, page, await openid.codeFor(second.id))));
  assert.ok(resumed.searchParams.has('code'), 'without a page of the library in between');
  assert.equal(await openid.accounts.sessions.list(first.id), []);
  const outbox = await openid.database('outbox').where({ lane: first.id }).pluck('action');
  assert.ok(outbox.length > 0 && outbox.every((action) => action === 'endMatrixSessions'));
});

provider('a person who does not want to sign in comes back to the homeserver without a code', async ({ openid }) => {
  const browser = openid.newBrowser();
  const page = locationOf(await browser.request(authorization(openid.config).address)).pathname;
  const refused = await browser.request(page, { method: 'DELETE', headers: FROM_OUR_PAGE });
  const { continueAt } = (await refused.json()) as { continueAt: string };
  const back = locationOf(await browser.request(continueAt));
  assert.is(back.searchParams.get('error'), 'access_denied');
  assert.is(back.searchParams.get('code'), null);
});

provider('an unknown way to sign in is named as such, and a wrong code tells nothing', async ({ openid }) => {
  const browser = openid.newBrowser();
  const page = locationOf(await browser.request(authorization(openid.config).address)).pathname;
  const post = (method: string, body: unknown) =>
    browser.request(`${page}/methods/${method}`, { method: 'POST', headers: FROM_OUR_PAGE, body: JSON.stringify(body) });
  assert.is((await post('telepathy', {})).status, 404);
  assert.is((await post('trial', {})).status, 400);
  const wrong = await post('trial', { code: 'guessed' });
  assert.is(wrong.status, 403);
  assert.equal((await browser.request(`${page}/methods`).then((answer) => answer.json())) as unknown, {
    methods: ['phone', 'password', 'trial', 'passkey'],
  });
});

for (const path of [
  '/oidc/userinfo',
  '/oidc/me',
  '/oidc/session/end',
  '/oidc/reg',
  '/oidc/request',
  '/oidc/interaction/x',
  '/oidc',
  '/oidcx/jwks',
]) {
  provider(`has no ${path}`, async ({ openid }) => {
    assert.is((await fetch(`${openid.server.origin}${path}`)).status, 404);
  });
}

provider.run();
