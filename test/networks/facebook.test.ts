import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startFacebook, type FacebookPerson, type FakeFacebook } from '../stubs/facebook.ts';
import type { StubFault } from '../stubs/stub-server.ts';
import { callbackOf, facebookOf, failureOf, leave, newSecrets } from './networks-fixture.ts';

const facebook = suite<{ stub: FakeFacebook }>('Facebook');
facebook.before.each(async (context) => {
  context.stub = await startFacebook();
});
facebook.after.each(({ stub }) => stub.close());

const PERSON: FacebookPerson = { id: '10158000000000001', first_name: 'Kanari', last_name: 'Müller', email: 'kanari@example.de' };

facebook('the dialog is asked for name and e-mail, with state and PKCE, and comes back to one address', async ({ stub }) => {
  const { address, secrets } = await leave(facebookOf(stub));
  assert.is(address.pathname, '/v26.0/dialog/oauth');
  const { searchParams: query } = address;
  assert.is(query.get('scope'), 'email,public_profile');
  assert.is(query.get('redirect_uri'), callbackOf('facebook'));
  assert.is(query.get('state'), secrets.state);
  assert.is(query.get('code_challenge_method'), 'S256');
  assert.is(query.get('auth_type'), null);
  assert.not.match(address.href, secrets.verifier);
});

facebook('a code is exchanged for who it is, with the proof of the secret', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network);
  const back = await stub.decide(address, PERSON);
  assert.is(back.hash, '#_=_');
  assert.equal(await network.exchange(back, secrets), {
    subject: PERSON.id,
    firstName: 'Kanari',
    lastName: 'Müller',
    email: 'kanari@example.de',
  });
  assert.equal(stub.calls.slice(-2), ['POST /v26.0/oauth/access_token', 'GET /v26.0/me']);
});

facebook('an e-mail address that was kept back is simply missing, and is asked for again when we say so', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network);
  const { email, ...rest } = await network.exchange(await stub.decide(address, PERSON, 'without-email'), secrets);
  assert.equal([email, rest.subject], [undefined, PERSON.id]);
  const again = await leave(network, { asksAgain: true });
  assert.is(again.address.searchParams.get('auth_type'), 'rerequest');
  assert.is((await network.exchange(await stub.decide(again.address, PERSON), again.secrets)).email, PERSON.email);
});

facebook('for an account that is there, only who it is is asked for', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network, { asksFor: 'id' });
  assert.is(address.searchParams.get('scope'), 'public_profile');
  assert.is((await network.exchange(await stub.decide(address, PERSON), secrets)).email, undefined);
});

facebook('who does not want to has denied it', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network);
  assert.is(await failureOf(network.exchange(await stub.decide(address, PERSON, 'deny'), secrets)), 'denied access-denied');
});

facebook('another state than ours is refused before anything is asked', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network);
  const back = await stub.decide(address, PERSON);
  const before = stub.calls.length;
  assert.match(await failureOf(network.exchange(back, { ...secrets, state: newSecrets().state })), /^garbage/);
  back.searchParams.delete('state');
  assert.match(await failureOf(network.exchange(back, secrets)), /^garbage/);
  assert.is(stub.calls.length, before);
});

facebook('a code is good once, and only with its verifier', async ({ stub }) => {
  const network = facebookOf(stub);
  const first = await leave(network);
  const back = await stub.decide(first.address, PERSON);
  await network.exchange(back, first.secrets);
  assert.is(await failureOf(network.exchange(back, first.secrets)), 'refused facebook-100.36009');
  const second = await leave(network);
  const stolen = await stub.decide(second.address, PERSON);
  const verifier = newSecrets().verifier;
  assert.is(await failureOf(network.exchange(stolen, { ...second.secrets, verifier })), 'refused facebook-100');
});

facebook('a wrong secret of the app is refused, and said to the log as a number', async ({ stub }) => {
  const network = facebookOf(stub, { appSecret: 'another' });
  const { address, secrets } = await leave(network);
  assert.is(await failureOf(network.exchange(await stub.decide(address, PERSON), secrets)), 'refused facebook-1');
});

const FAULTS: readonly [StubFault, RegExp][] = [
  ['silent', /^unreachable silent$/],
  ['reset', /^unreachable no-answer$/],
  ['down', /^garbage/],
  ['garbage', /^garbage/],
  ['broken-off', /^unreachable/],
  ['endless', /^garbage too-long$/],
  ['redirect', /^unreachable no-answer$/],
];

for (const [fault, expected] of FAULTS) {
  facebook(`an exchange that ends ${fault} is one clear failure, at the token and at the profile`, async ({ stub }) => {
    const network = facebookOf(stub);
    for (const call of ['token', 'me'] as const) {
      stub.faults.clear();
      const { address, secrets } = await leave(network);
      const back = await stub.decide(address, PERSON);
      stub.faults.set(call, fault);
      assert.match(await failureOf(network.exchange(back, secrets)), expected, `${fault} at ${call}`);
    }
  });
}

facebook('the permission is withdrawn with the app’s own token and its proof', async ({ stub }) => {
  const network = facebookOf(stub);
  const { address, secrets } = await leave(network);
  await network.exchange(await stub.decide(address, PERSON), secrets);
  assert.is(await network.withdraw(PERSON.id), 'confirmed');
  assert.ok(stub.withdrawn.has(PERSON.id));
  assert.is(await network.withdraw(PERSON.id), 'not-confirmed', 'there is nothing left to withdraw');
});

facebook('a withdrawal that fails in any way is not confirmed, and throws nothing', async ({ stub }) => {
  const network = facebookOf(stub);
  for (const [fault] of FAULTS) {
    stub.faults.set('permissions', fault);
    assert.is(await network.withdraw(PERSON.id), 'not-confirmed', fault);
  }
  assert.is(await facebookOf(stub, { appSecret: 'another' }).withdraw(PERSON.id), 'not-confirmed');
});

facebook('names come without what could change a page or a text, and not longer than an account takes', async ({ stub }) => {
  const network = facebookOf(stub);
  const odd = { id: PERSON.id, first_name: ' Kana\r\nri\u202e ', last_name: 'x'.repeat(500), email: 'no address' };
  const { address, secrets } = await leave(network);
  const profile = await network.exchange(await stub.decide(address, odd), secrets);
  assert.equal(profile, { subject: PERSON.id, firstName: 'Kana ri', lastName: 'x'.repeat(80) });
});

facebook.run();
