import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AccountNetworksView, DisconnectedView } from '../../appservice/networks/network-wire.ts';
import type { AccountId } from '../../appservice/ids.ts';
import { FROM_OUR_PAGE, locationOf } from '../openid/openid-fixture.ts';
import type { TestBrowser } from '../openid/test-browser.ts';
import type { FacebookPerson } from '../stubs/facebook.ts';
import {
  askToLeave,
  beginSignIn,
  dump,
  giveEmail,
  giveNumber,
  goOn,
  leaveBy,
  newPerson,
  recovered,
  registered,
  signedIn,
  startNetworks,
  visitFacebook,
  type NetworkStack,
} from './network-stack.ts';

const networks = suite<{ stack: NetworkStack }>('networks of an account');
networks.before(async (context) => {
  context.stack = await startNetworks();
});
networks.before.each(({ stack }) => stack.facebook.faults.clear());
networks.after(({ stack }) => stack.close());

const OWN = '/api/v1/account/networks';
const HOUR_MS = 3_600_000;

const read = async (browser: TestBrowser): Promise<AccountNetworksView> =>
  (await (await browser.request(OWN)).json()) as AccountNetworksView;

const isConnected = async (browser: TestBrowser): Promise<boolean> =>
  (await read(browser)).networks.find(({ name }) => name === 'facebook')?.connectedAt !== null;

async function connect({ facebook }: NetworkStack, browser: TestBrowser, person: FacebookPerson): Promise<string> {
  const back = await facebook.decide(await leaveBy(browser, `${OWN}/facebook`), person);
  const { pathname, search } = locationOf(await browser.request(back.href));
  return pathname + search;
}

const askToDisconnect = (browser: TestBrowser, headers: Record<string, string> = FROM_OUR_PAGE) =>
  browser.request(`${OWN}/facebook`, { method: 'DELETE', headers });

async function disconnect(browser: TestBrowser): Promise<DisconnectedView> {
  const answer = await askToDisconnect(browser);
  assert.is(answer.status, 200);
  return (await answer.json()) as DisconnectedView;
}

const withdrawalsOf = ({ openid }: NetworkStack, accountId: AccountId) =>
  openid
    .database<{
      account_id: string;
      subject_sealed: string | null;
      subject_hash: string | null;
      tries: number;
      next_try_at: Date;
      asked_at: Date;
    }>('network_withdrawal')
    .where({ account_id: accountId });

networks('somebody signed in connects a network, and signs in with it then', async ({ stack }) => {
  const account = await stack.openid.newAccount();
  const person = newPerson();
  const browser = await signedIn(stack, account.id);
  assert.not(await isConnected(browser));
  assert.is(await connect(stack, browser, person), '/account/networks?network=facebook&back=connected');
  assert.ok(await isConnected(browser));
  assert.is(await connect(stack, browser, person), '/account/networks?network=facebook&back=connected');
  const other = stack.openid.newBrowser();
  const page = await beginSignIn(stack, other);
  await visitFacebook(stack, other, page, person);
  assert.type((await goOn(other, page)).continueAt, 'string');
});

networks('connecting needs a session, from the beginning to the end, of one and the same account', async ({ stack }) => {
  assert.is((await askToLeave(stack.openid.newBrowser(), `${OWN}/facebook`)).status, 401);
  const [account, another] = [await stack.openid.newAccount(), await stack.openid.newAccount()];
  const browser = await signedIn(stack, account.id);
  assert.is((await askToLeave(browser, `${OWN}/facebook`, {}, { ...FROM_OUR_PAGE, 'sec-fetch-site': 'cross-site' })).status, 403);
  const leave = async () => stack.facebook.decide(await leaveBy(browser, `${OWN}/facebook`), newPerson());

  const back = await leave();
  const token = browser.cookies.get('smoope-account /')?.value ?? '';
  browser.plant('smoope-account', (await signedIn(stack, another.id)).cookies.get('smoope-account /')?.value ?? '');
  assert.is((await browser.request(back.href)).status, 410, 'somebody else is signed in now');
  browser.plant('smoope-account', token);
  const again = await leave();
  await browser.request('/api/v1/account/session', { method: 'DELETE', headers: FROM_OUR_PAGE });
  assert.is((await browser.request(again.href)).status, 410, 'nobody is signed in now');
  assert.is((await stack.openid.database('account_network').whereIn('account_id', [account.id, another.id])).length, 0);
});

networks('a network account that has an account here, and a second of the same network, are refused', async ({ stack }) => {
  const { person } = await registered(stack);
  const browser = await signedIn(stack, (await stack.openid.newAccount()).id);
  assert.match(await connect(stack, browser, person), 'back=taken');
  assert.not(await isConnected(browser));
  await connect(stack, browser, newPerson());
  assert.match(await connect(stack, browser, newPerson()), 'back=occupied');
});

networks('who did not want to connect comes back to the page', async ({ stack }) => {
  const browser = await signedIn(stack, (await stack.openid.newAccount()).id);
  const back = await stack.facebook.decide(await leaveBy(browser, `${OWN}/facebook`), newPerson(), 'deny');
  assert.is(locationOf(await browser.request(back.href)).search, '?network=facebook&back=denied');
  assert.not(await isConnected(browser));
});

networks('disconnecting gives the permission back, and the account stays', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  await giveNumber(stack, accountId, '+4915112345601');
  const browser = await signedIn(stack, accountId);
  assert.equal(await disconnect(browser), { withdrawal: 'confirmed', recovery: 'not-needed' });
  assert.ok(stack.facebook.withdrawn.has(person.id));
  assert.is((await browser.request('/api/v1/account')).status, 200);
  const { withdrawals } = await read(browser);
  assert.equal(
    withdrawals.map(({ label, outcome }) => [label, outcome]),
    [['Facebook', 'confirmed']],
  );
  assert.equal(
    (await withdrawalsOf(stack, accountId)).map(({ subject_sealed, subject_hash }) => [subject_sealed, subject_hash]),
    [[null, null]],
    'the id at the network is gone',
  );
  assert.is((await askToDisconnect(browser)).status, 404);
  const other = stack.openid.newBrowser();
  const page = await beginSignIn(stack, other);
  await visitFacebook(stack, other, page, person);
  assert.equal(await goOn(other, page), { status: 200, register: true }, 'nobody is known by it any more');
});

networks('the last means of sign-in can be disconnected: the link goes to the proved mail address at once', async ({ stack }) => {
  const { accountId } = await registered(stack);
  const browser = await signedIn(stack, accountId);
  const before = await read(browser);
  assert.equal([before.isLastMeans, before.hasProvedEmail], [true, false], 'what the network gave is proved by nothing');
  await giveEmail(stack, accountId, 'proved@example.de', new Date());
  assert.equal((await read(browser)).hasProvedEmail, true);
  assert.is((await disconnect(browser)).recovery, 'sent');
  assert.equal((await recovered(stack)).slice(-1), [accountId]);
});

networks('without a proved mail address it works too, and is said', async ({ stack }) => {
  const { accountId } = await registered(stack);
  assert.is((await disconnect(await signedIn(stack, accountId))).recovery, 'impossible');
  assert.not((await recovered(stack)).includes(accountId));
});

networks('a number that was not proved for long is no means that is left', async ({ stack }) => {
  const { accountId } = await registered(stack);
  await giveNumber(stack, accountId, '+4915112345603');
  const browser = await signedIn(stack, accountId);
  assert.not((await read(browser)).isLastMeans);
  await stack.openid
    .database('account_number')
    .where({ account_id: accountId })
    .update({ proved_at: new Date(0) });
  assert.ok((await read(browser)).isLastMeans);
});

networks('disconnecting is asked for by pages of ours only', async ({ stack }) => {
  const { accountId } = await registered(stack);
  const browser = await signedIn(stack, accountId);
  assert.is((await askToDisconnect(browser, { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.is((await askToDisconnect(stack.openid.newBrowser())).status, 401);
  assert.ok(await isConnected(browser));
});

networks('what the network did not confirm is tried again, and said to be open until it has', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  const browser = await signedIn(stack, accountId);
  stack.facebook.faults.set('permissions', 'down');
  assert.is((await disconnect(browser)).withdrawal, 'open');
  assert.not.match(await dump(stack), person.id);
  stack.facebook.faults.clear();
  await stack.networks.housekeep();
  assert.not(stack.facebook.withdrawn.has(person.id), 'not within the hour');
  await withdrawalsOf(stack, accountId).update({ next_try_at: new Date() });
  await stack.networks.housekeep();
  assert.ok(stack.facebook.withdrawn.has(person.id));
  assert.is((await read(browser)).withdrawals[0]?.outcome, 'confirmed');
});

networks('after three days nothing is tried any more, and the id at the network goes', async ({ stack }) => {
  const { accountId } = await registered(stack);
  const browser = await signedIn(stack, accountId);
  stack.facebook.faults.set('permissions', 'garbage');
  await disconnect(browser);
  const ago = (hours: number) => ({ next_try_at: new Date(), asked_at: new Date(Date.now() - hours * HOUR_MS) });
  await withdrawalsOf(stack, accountId).update(ago(71));
  await stack.networks.housekeep();
  assert.is((await read(browser)).withdrawals[0]?.outcome, 'open');
  await withdrawalsOf(stack, accountId).update(ago(73));
  await stack.networks.housekeep();
  assert.is((await read(browser)).withdrawals[0]?.outcome, 'given-up');
  assert.equal(
    (await withdrawalsOf(stack, accountId)).map(({ subject_sealed, subject_hash, tries }) => [subject_sealed, subject_hash, tries]),
    [[null, null, 3]],
  );
  await withdrawalsOf(stack, accountId).update({ asked_at: new Date(Date.now() - 31 * 24 * HOUR_MS) });
  await stack.networks.housekeep();
  assert.equal((await read(browser)).withdrawals, []);
});

networks('who connects again before it was confirmed is not disconnected at the network later', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  const browser = await signedIn(stack, accountId);
  stack.facebook.faults.set('permissions', 'down');
  await disconnect(browser);
  stack.facebook.faults.clear();
  await connect(stack, browser, person);
  await withdrawalsOf(stack, accountId).update({ next_try_at: new Date() });
  await stack.networks.housekeep();
  assert.not(stack.facebook.withdrawn.has(person.id));
});

networks('before a profile is erased, everything is given back', async ({ stack }) => {
  const { accountId, person } = await registered(stack);
  const attempts = await stack.openid.database.transaction((transaction) => stack.networks.connections.leaveAll(transaction, accountId));
  for (const attempt of attempts) await attempt();
  assert.ok(stack.facebook.withdrawn.has(person.id));
});

networks.run();
