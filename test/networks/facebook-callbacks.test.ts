import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { giveEmail, giveNumber, recovered, registered, signedIn, startNetworks, type NetworkStack } from './network-stack.ts';

const callbacks = suite<{ stack: NetworkStack }>('what Facebook tells of people who leave');
callbacks.before(async (context) => {
  context.stack = await startNetworks();
});
callbacks.after(({ stack }) => stack.close());

type Path = 'deauthorize' | 'deletion';

const PATHS: readonly Path[] = ['deauthorize', 'deletion'];

const post = ({ openid }: NetworkStack, path: Path, body: URLSearchParams | string): Promise<Response> =>
  fetch(`${openid.server.origin}/networks/facebook/${path}`, { method: 'POST', body });

const tell = (stack: NetworkStack, path: Path, signed: string): Promise<Response> =>
  post(stack, path, new URLSearchParams({ signed_request: signed }));

const connectionsOf = ({ openid }: NetworkStack, accountId: string): Promise<unknown[]> =>
  openid.database('account_network').where({ account_id: accountId });

callbacks('who removes the app there is disconnected here, and the account stays', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  await giveNumber(stack, accountId, '+4915112345602');
  const calls = stack.facebook.calls.length;
  const answer = await tell(stack, 'deauthorize', stack.facebook.signRequest(person.id));
  assert.equal([answer.status, await answer.text()], [200, '{}']);
  assert.equal(await connectionsOf(stack, accountId), []);
  assert.is(stack.facebook.calls.length, calls, 'there is nothing left to give back');
  assert.is((await (await signedIn(stack, accountId)).request('/api/v1/account')).status, 200);
});

callbacks('where it was the last means of sign-in, the link goes to the proved mail address', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  await giveEmail(stack, accountId, 'proved@example.de', new Date());
  await tell(stack, 'deauthorize', stack.facebook.signRequest(person.id));
  assert.equal((await recovered(stack)).slice(-1), [accountId]);
});

callbacks('a deletion is asked for once, with a page that says how far it is', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  const answer = await tell(stack, 'deletion', stack.facebook.signRequest(person.id));
  const { url, confirmation_code: code } = (await answer.json()) as { url: string; confirmation_code: string };
  assert.is(url, `${stack.openid.config.publicOrigin}/account/deletion/${code}`);
  assert.equal(stack.erasures.slice(-1), [accountId]);
  assert.equal(await connectionsOf(stack, accountId), []);
  assert.equal(
    (await stack.networks.listOpenDeletions(10)).map((deletion) => deletion.accountId),
    [accountId],
  );
  const page = async () => (await stack.openid.newBrowser().request(new URL(url).pathname)).text();
  await stack.networks.housekeep();
  assert.match(await page(), '"finishedAt":null');
  await stack.openid.database('account').where({ id: accountId }).delete();
  await stack.networks.housekeep();
  assert.match(await page(), /"finishedAt":"20/);
  assert.not.match(JSON.stringify(await stack.openid.database('network_deletion')), accountId);
});

callbacks('for people whom nobody knows here it looks the same', async ({ stack }) => {
  const unknown = stack.facebook.signRequest('99999999999');
  const left = await tell(stack, 'deauthorize', unknown);
  assert.equal([left.status, await left.text()], [200, '{}']);
  const answer = await tell(stack, 'deletion', unknown);
  assert.is(answer.status, 200);
  const { url, confirmation_code: code } = (await answer.json()) as { url: string; confirmation_code: string };
  assert.match(code, /^n_[\w-]{43}$/);
  const page = await stack.openid.newBrowser().request(new URL(url).pathname);
  assert.is(page.status, 200);
  assert.match(await page.text(), '"finishedAt":null');
});

callbacks('a deletion that nobody asked for has no page', async ({ stack }) => {
  const answer = await stack.openid.newBrowser().request(`/account/deletion/n_${'x'.repeat(43)}`);
  assert.is(answer.status, 404);
});

callbacks('everything that is wrong with a request has one answer, and changes nothing', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  const { signRequest } = stack.facebook;
  const good = signRequest(person.id);
  const wrong = [
    signRequest(person.id, { secret: 'another' }),
    signRequest(person.id, { algorithm: 'HMAC-SHA1' }),
    signRequest(person.id, { issuedAt: new Date(Date.now() - 11 * 60_000) }),
    signRequest(person.id, { issuedAt: new Date(Date.now() + 5 * 60_000) }),
    good.slice(0, -2),
    good.replace('.', ''),
    '',
  ];
  const answers = new Set<string>();
  for (const path of PATHS) {
    for (const signed of wrong) {
      const answer = await tell(stack, path, signed);
      const { request_id: _id, ...body } = (await answer.json()) as Record<string, unknown>;
      answers.add(`${answer.status} ${JSON.stringify(body)}`);
    }
  }
  assert.is(answers.size, 1, [...answers].join('\n'));
  assert.match([...answers][0] ?? '', '400');
  assert.is((await connectionsOf(stack, accountId)).length, 1);
});

callbacks('what is no form, or too long, is refused', async ({ stack }) => {
  for (const path of PATHS) {
    assert.is((await post(stack, path, 'signed_request=x')).status, 400);
    assert.is((await tell(stack, path, 'x'.repeat(20_000))).status, 413);
  }
});

callbacks.run();
