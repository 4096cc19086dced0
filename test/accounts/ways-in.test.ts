import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountPasswordStore } from '../../appservice/accounts/account-password-store.ts';
import type { AccountId } from '../../appservice/ids.ts';
import { giveEmail, giveNumber, registered, signedIn, startNetworks, type NetworkStack } from '../networks/network-stack.ts';
import { FROM_OUR_PAGE } from '../openid/openid-fixture.ts';
import type { TestBrowser } from '../openid/test-browser.ts';
import { createAuthenticator } from '../passkeys/authenticator.ts';

const ways = suite<{ stack: NetworkStack }>('ways into an account');
ways.before(async (context) => {
  context.stack = await startNetworks();
});
ways.after(({ stack }) => stack.close());

const PASSKEYS = '/api/v1/account/passkeys';
const EMAIL = '/api/v1/account/email';

type Owner = { readonly id: AccountId; readonly browser: TestBrowser };

const post = (browser: TestBrowser, path: string, body: unknown = {}) =>
  browser.request(path, { method: 'POST', headers: FROM_OUR_PAGE, body: JSON.stringify(body) });

async function remove({ browser }: Owner, path: string): Promise<number> {
  return (await browser.request(path, { method: 'DELETE', headers: FROM_OUR_PAGE })).status;
}

/** Gives an account a passkey; answers the address at which it is taken away. */
async function givePasskey({ openid }: NetworkStack, { id, browser }: Owner): Promise<string> {
  const device = createAuthenticator({ origin: openid.config.publicOrigin, account: id });
  const options = (await (await post(browser, `${PASSKEYS}/options`)).json()) as { challenge: string };
  assert.is((await post(browser, PASSKEYS, device.create(options))).status, 201);
  return `${PASSKEYS}/${device.id}`;
}

/** Somebody signed in to an account that has no way in yet. */
async function nobodysWay(stack: NetworkStack): Promise<Owner> {
  const { id } = await stack.openid.newAccount();
  return { id, browser: await signedIn(stack, id) };
}

async function withNetwork(stack: NetworkStack): Promise<Owner> {
  const { accountId: id } = await registered(stack);
  return { id, browser: await signedIn(stack, id) };
}

const givePassword = ({ openid }: NetworkStack, { id }: Owner) => createAccountPasswordStore(openid.database).put(id, 'a hash', new Date());

const giveOldNumber = async (stack: NetworkStack, { id }: Owner, number: string): Promise<void> => {
  await giveNumber(stack, id, number);
  await stack.openid
    .database('account_number')
    .where({ account_id: id })
    .update({ proved_at: new Date(0) });
};

let count = 0;
const proveEmail = (stack: NetworkStack, { id }: Owner) => giveEmail(stack, id, `kanari-way${(count += 1)}@example.de`, new Date());

ways('the last passkey goes where a network is connected, and stays where the network went', async ({ stack }) => {
  const owner = await withNetwork(stack);
  assert.is(await remove(owner, await givePasskey(stack, owner)), 204);
  const path = await givePasskey(stack, owner);
  const gone = await owner.browser.request('/api/v1/account/networks/facebook', { method: 'DELETE', headers: FROM_OUR_PAGE });
  assert.equal([gone.status, ((await gone.json()) as { recovery: string }).recovery], [200, 'not-needed'], 'the passkey is left');
  assert.is(await remove(owner, path), 409);
});

ways('a network that is offered no more is no way in', async ({ stack }) => {
  const owner = await withNetwork(stack);
  const path = await givePasskey(stack, owner);
  await stack.openid.database('account_network').where({ account_id: owner.id }).update({ network: 'gone' });
  assert.is(await remove(owner, path), 409);
});

ways('a mail address goes where a passkey is left, and the passkey where the address is', async ({ stack }) => {
  const owner = await nobodysWay(stack);
  await proveEmail(stack, owner);
  assert.is(await remove(owner, EMAIL), 409, 'nothing else leads in');
  const path = await givePasskey(stack, owner);
  assert.is(await remove(owner, EMAIL), 204);
  assert.is(await remove(owner, path), 409);
  await proveEmail(stack, owner);
  assert.is(await remove(owner, path), 204);
});

ways('a mail address goes where a network is left', async ({ stack }) => {
  const owner = await withNetwork(stack);
  await proveEmail(stack, owner);
  assert.is(await remove(owner, EMAIL), 204);
});

ways('an address that nothing has proved leads nowhere: it may go, and keeps no passkey from being the last', async ({ stack }) => {
  const owner = await nobodysWay(stack);
  const path = await givePasskey(stack, owner);
  await giveEmail(stack, owner.id, 'kanari-unproved@example.de', null);
  assert.is(await remove(owner, path), 409);
  assert.is(await remove(owner, EMAIL), 204);
});

ways('a password is a way in with the number or address that is entered with it, and without both it is none', async ({ stack }) => {
  const owner = await nobodysWay(stack);
  await givePassword(stack, owner);
  const path = await givePasskey(stack, owner);
  assert.is(await remove(owner, path), 409, 'alone');
  await giveOldNumber(stack, owner, '+4915112345611');
  assert.is(await remove(owner, path), 204, 'with a number');
  await proveEmail(stack, owner);
  assert.is(await remove(owner, EMAIL), 204);

  const other = await nobodysWay(stack);
  await givePassword(stack, other);
  await proveEmail(stack, other);
  assert.is(await remove(other, EMAIL), 409, 'the address is what is entered');
});

ways('a number that was not proved for long is no way in by itself', async ({ stack }) => {
  const owner = await nobodysWay(stack);
  const path = await givePasskey(stack, owner);
  await giveOldNumber(stack, owner, '+4915112345612');
  assert.is(await remove(owner, path), 409);
  await giveNumber(stack, owner.id, '+4915112345612');
  assert.is(await remove(owner, path), 204);
});

ways('of two last ways that are taken away at once, one stays', async ({ stack }) => {
  const owner = await nobodysWay(stack);
  const path = await givePasskey(stack, owner);
  await proveEmail(stack, owner);
  const answers = await Promise.all([remove(owner, path), remove(owner, EMAIL)]);
  assert.equal(
    answers.toSorted((one, other) => one - other),
    [204, 409],
  );
});

ways.run();
