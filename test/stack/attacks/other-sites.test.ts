import { randomInt } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromNetwork, type NetworkAnswer } from '../from-network.ts';
import { newSignedInPerson, type SignedInPerson } from '../openid/signed-in-person.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY } from '../test-company.ts';

type Operation = { readonly name: string; readonly method: string; readonly path: string; readonly scheme: string | undefined };
type Context = { stack: StackAccess; person: SignedInPerson; changing: readonly Operation[] };

const sites = suite<Context>('pages of other sites, in the browser of somebody who is signed in');

/** May be called from anywhere, with a reason each that stands at the route. */
const FROM_ANYWHERE = ['POST /api/v1/visitor/sessions', 'POST /api/v1/api-sessions'];

/** What browsers send along with a request that another site makes. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  {},
];

sites.before(async (context) => {
  context.stack = sharedStackAccess();
  context.person = await newSignedInPerson(context.stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
  const { body } = await callJson(`${context.stack.appUrl}/api/v1/openapi.json`);
  const paths = body['paths'] as Record<string, Record<string, { security?: readonly Record<string, unknown>[] }>>;
  context.changing = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, 'unbekannt'),
        scheme: security?.flatMap((way) => Object.keys(way))[0],
      })),
    )
    .filter(({ method }) => method !== 'GET');
});

const codeOf = ({ text }: NetworkAnswer): unknown => (text.startsWith('{') ? (JSON.parse(text) as { errcode?: string }).errcode : text);

sites('every route that changes something by a cookie, or by nothing, is refused to them', async ({ stack, person, changing }) => {
  const reached = changing.filter(({ scheme, name }) => (scheme === undefined || scheme === 'account') && !FROM_ANYWHERE.includes(name));
  assert.ok(reached.filter(({ scheme }) => scheme === 'account').length >= 12, 'routes of accounts');
  assert.ok(reached.filter(({ scheme }) => scheme === undefined).length >= 8, 'routes of a sign-in');
  const network = randomInt(1, 250);
  for (const [index, headers] of FOREIGN.entries()) {
    const ask = fromNetwork(10 + index, network);
    for (const { name, method, path } of reached) {
      const answer = await ask(`${stack.appUrl}${path}`, { method, headers: { ...headers, cookie: person.cookie() }, body: {} });
      assert.equal([answer.status, codeOf(answer)], [403, 'COM_SMOOPE_CROSS_SITE'], `${name} with ${JSON.stringify(headers)}`);
    }
  }
  assert.is((await person.page('GET', '/api/v1/account')).status, 200, 'the session of the person goes on');
});

sites('what is asked with a token takes no cookie in its place', async ({ stack, person, changing }) => {
  const bearing = changing.filter(({ scheme }) => scheme === 'api' || scheme === 'visitor');
  assert.ok(bearing.length >= 15);
  const ask = fromNetwork(20, randomInt(1, 250));
  for (const { name, method, path } of bearing) {
    const headers = { cookie: person.cookie(), 'sec-fetch-site': 'same-origin' };
    assert.is((await ask(`${stack.appUrl}${path}`, { method, headers, body: {} })).status, 401, name);
  }
});

sites('what may be called from anywhere reads and sets no cookie', async ({ stack, person }) => {
  for (const name of FROM_ANYWHERE) {
    const path = name.slice('POST '.length);
    const answer = await callJson(`${stack.appUrl}${path}`, { method: 'POST', headers: { cookie: person.cookie() }, body: {} });
    assert.ok(answer.status >= 400 && answer.status < 500, `${name} answered ${answer.status}`);
    assert.equal(answer.headers.getSetCookie(), [], name);
  }
});

sites('no answer about an account lets another site read it', async ({ stack, person }) => {
  for (const path of ['/api/v1/account', '/api/v1/account/sessions', '/api/v1/account/security']) {
    const { status, headers } = await callJson(`${stack.appUrl}${path}`, {
      headers: { cookie: person.cookie(), origin: 'https://evil.example' },
    });
    assert.is(status, 200, path);
    assert.is(headers.get('access-control-allow-origin'), null, path);
    assert.match(headers.get('cache-control') ?? '', /no-store/, path);
  }
});

sites.run();
