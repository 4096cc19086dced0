import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createOpenidNetwork } from '../../appservice/networks/openid-network.ts';
import { locationOf } from '../openid/openid-fixture.ts';
import { sayHtml, sayJson, sayNothing, startFaultyOpenid, type FaultyOpenid } from '../stubs/faulty-openid.ts';
import { failureOf, leave } from './networks-fixture.ts';
import { beginSignIn, dump, goOn, leaveBy, startNetworks, type NetworkStack } from './network-stack.ts';

type Context = { faulty: FaultyOpenid; stack: NetworkStack };

const openid = suite<Context>('an OpenID network that answers garbage or never');
openid.before(async (context) => {
  context.faulty = await startFaultyOpenid();
  context.stack = await startNetworks({ more: [{ ...context.faulty.settings, name: 'faulty' }] });
});
openid.before.each(({ faulty }) => {
  faulty.claims = {};
  faulty.faults = {};
});
openid.after(async ({ faulty, stack }) => {
  await stack.close();
  await faulty.close();
});

type Fault = Partial<Pick<FaultyOpenid, 'claims' | 'faults'>>;

const past = Math.floor(Date.now() / 1000) - 3_600;

/** What is wrong, what it is to the person, and whether it takes the whole time that is given. */
const FAULTS: Readonly<Record<string, { fault: Fault; expected: RegExp }>> = {
  'a page at the token': { fault: { faults: { token: sayHtml(200) } }, expected: /^garbage/ },
  'a page with 500 at the token': { fault: { faults: { token: sayHtml(500) } }, expected: /^garbage/ },
  'an error object at the token': { fault: { faults: { token: sayJson({ error: 'server_error' }, 500) } }, expected: /^garbage|^refused/ },
  'a list at the token': { fault: { faults: { token: sayJson([]) } }, expected: /^garbage/ },
  'no id token': { fault: { faults: { token: sayJson({ access_token: 'a', token_type: 'Bearer' }) } }, expected: /^garbage/ },
  'an id token that is none': {
    fault: { faults: { token: sayJson({ access_token: 'a', token_type: 'Bearer', id_token: 'a.b.c' }) } },
    expected: /^garbage/,
  },
  'nothing at the token': { fault: { faults: { token: sayNothing } }, expected: /^unreachable silent$/ },
  'another nonce': { fault: { claims: { nonce: 'another' } }, expected: /^garbage/ },
  'no nonce': { fault: { claims: { nonce: undefined } }, expected: /^garbage/ },
  'another audience': { fault: { claims: { aud: 'somebody-else' } }, expected: /^garbage/ },
  'another issuer': { fault: { claims: { iss: 'https://evil.example' } }, expected: /^garbage/ },
  'an expired id token': { fault: { claims: { iat: past, exp: past + 60 } }, expected: /^garbage/ },
  'nobody as subject': { fault: { claims: { sub: undefined } }, expected: /^garbage/ },
  'a number as subject': { fault: { claims: { sub: 7 } }, expected: /^garbage/ },
  'userinfo about somebody else': { fault: { faults: { userinfo: sayJson({ sub: 'kanari-2' }) } }, expected: /^garbage/ },
  'a page at the userinfo': { fault: { faults: { userinfo: sayHtml(200) } }, expected: /^garbage/ },
  'nothing at the userinfo': { fault: { faults: { userinfo: sayNothing } }, expected: /^unreachable silent$/ },
};

for (const [name, { fault, expected }] of Object.entries(FAULTS)) {
  openid(`${name} is one clear failure, in the time that is given`, async ({ faulty }) => {
    const network = createOpenidNetwork(faulty.settings, { timeoutMs: 300 });
    const { address, secrets } = await leave(network);
    Object.assign(faulty, fault);
    const begin = performance.now();
    assert.match(await failureOf(network.exchange(faulty.comeBack(address), secrets)), expected);
    assert.ok(performance.now() - begin < 5_000);
  });
}

openid('keys that mean nothing change nothing: the token comes from the network itself, over its own connection', async ({ faulty }) => {
  const network = createOpenidNetwork(faulty.settings, { timeoutMs: 300 });
  const { address, secrets } = await leave(network);
  faulty.faults = { jwks: sayHtml(200) };
  const { subject } = await network.exchange(faulty.comeBack(address), secrets);
  assert.is(subject, 'kanari-1');
});

openid('whoever comes back reads what is wrong; nothing is stored, and no account is made', async ({ faulty, stack }) => {
  const said = { 'a page at the token': 'garbage', 'another nonce': 'garbage', 'userinfo about somebody else': 'garbage' } as const;
  for (const [name, problem] of Object.entries(said)) {
    const browser = stack.openid.newBrowser();
    const page = await beginSignIn(stack, browser);
    faulty.claims = {};
    faulty.faults = {};
    const address = await leaveBy(browser, `${page}/networks/faulty`);
    Object.assign(faulty, FAULTS[name]?.fault);
    const back = faulty.comeBack(address);
    const { pathname, search } = locationOf(await browser.request(back.href));
    assert.is(pathname + search, `${page}/networks/faulty?back=${problem}`, name);
    assert.is((await browser.request(back.href)).status, 410, 'the way back is used up');
    assert.is((await goOn(browser, page)).status, 403, 'nothing was proved');
    for (const table of ['account_network', 'network_proof', 'registration', 'account'])
      assert.equal(await stack.openid.database(table), [], `${table} after ${name}`);
    for (const value of ['kanari', 'Kanari', 'a-token']) assert.not.match(await dump(stack), value);
  }
});

openid.run();
