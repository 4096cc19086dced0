import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNetworkFetch } from '../../appservice/networks/network-fetch.ts';
import { createOpenidNetwork } from '../../appservice/networks/openid-network.ts';
import { startOtherNetwork, type OtherNetwork } from '../stubs/other-network.ts';
import { callbackOf, failureOf, leave, newSecrets } from './networks-fixture.ts';

const network = suite<{ other: OtherNetwork }>('another network, by OpenID Connect');
network.before(async (context) => {
  context.other = await startOtherNetwork(callbackOf('example'));
});
network.after(({ other }) => other.close());

const PERSON = { sub: 'kanari-1', given_name: 'Kanari', family_name: 'Müller', email: 'kanari@example.de' };

network('a real provider says who it is', async ({ other }) => {
  const example = createOpenidNetwork(other.settings);
  const { address, secrets } = await leave(example);
  assert.is(address.searchParams.get('scope'), 'openid profile email');
  const profile = await example.exchange(await other.decide(address, PERSON), secrets);
  assert.equal(profile, { subject: 'kanari-1', firstName: 'Kanari', lastName: 'Müller', email: 'kanari@example.de' });
  assert.is(await example.withdraw(profile.subject), 'not-offered');
});

network('for an account that is there, only who it is is asked for', async ({ other }) => {
  const example = createOpenidNetwork(other.settings);
  const { address, secrets } = await leave(example, { asksFor: 'id' });
  assert.is(address.searchParams.get('scope'), 'openid');
  assert.is((await example.exchange(await other.decide(address, PERSON), secrets)).subject, 'kanari-1');
});

network('what it does not tell is missing', async ({ other }) => {
  const example = createOpenidNetwork(other.settings);
  const { address, secrets } = await leave(example);
  assert.equal(await example.exchange(await other.decide(address, { sub: 'somebody' }), secrets), { subject: 'somebody' });
});

network('denial, another state, another nonce, another verifier and a used code are refused', async ({ other }) => {
  const example = createOpenidNetwork(other.settings);
  const denied = await leave(example);
  assert.match(await failureOf(example.exchange(await other.decide(denied.address, PERSON, 'deny'), denied.secrets)), /^denied/);
  for (const key of ['state', 'nonce', 'verifier'] as const) {
    const { address, secrets } = await leave(example);
    const back = await other.decide(address, PERSON);
    const problem = await failureOf(example.exchange(back, { ...secrets, [key]: newSecrets()[key] }));
    assert.match(problem, /^(garbage|refused)/, key);
  }
  const { address, secrets } = await leave(example);
  const back = await other.decide(address, PERSON);
  await example.exchange(back, secrets);
  assert.match(await failureOf(example.exchange(back, secrets)), /^refused/);
});

network('the answer of another provider is refused (RFC 9207)', async ({ other }) => {
  const example = createOpenidNetwork(other.settings);
  const { address, secrets } = await leave(example);
  const back = await other.decide(address, PERSON);
  back.searchParams.set('iss', 'https://evil.example');
  assert.match(await failureOf(example.exchange(back, secrets)), /^garbage/);
});

network('a network that is not there is said to be unreachable', async ({ other }) => {
  const example = createOpenidNetwork({ ...other.settings, issuer: 'http://127.0.0.1:1' });
  assert.is(await failureOf(leave(example)), 'unreachable no-answer');
});

network('no other host is called than the settings name', async () => {
  const call = createNetworkFetch({ hosts: ['127.0.0.1:1'] });
  for (const address of ['http://127.0.0.1:2/', 'http://localhost:1/', 'http://169.254.169.254/latest'])
    assert.is(await failureOf(call(address)), 'garbage host-not-listed');
});

network.run();
