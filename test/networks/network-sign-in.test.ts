import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import { codeIn, newNumber } from '../accounts/person-fixture.ts';
import { authorization, exchange, FROM_OUR_PAGE, locationOf } from '../openid/openid-fixture.ts';
import type { StubFault } from '../stubs/stub-server.ts';
import {
  askToLeave,
  beginSignIn,
  complete,
  dump,
  giveEmail,
  giveNumber,
  goOn,
  leaveBy,
  newPerson,
  registered,
  startNetworks,
  visitFacebook,
  type NetworkStack,
} from './network-stack.ts';

const signIn = suite<{ stack: NetworkStack }>('signing in with a network');
signIn.before(async (context) => {
  context.stack = await startNetworks();
});
signIn.before.each(({ stack }) => stack.facebook.faults.clear());
signIn.after(({ stack }) => stack.close());

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ApiError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'nothing';
}

signIn('anybody reads which networks there are, who runs them and where their terms are', async ({ stack }) => {
  const answer = await stack.openid.newBrowser().request('/api/v1/networks');
  const { networks, asksNumber } = (await answer.json()) as { networks: Record<string, string>[]; asksNumber: boolean };
  assert.equal(networks[0], {
    name: 'facebook',
    label: 'Facebook',
    operator: 'Facebook of the tests',
    country: 'IE',
    privacyUrl: 'https://www.facebook.com/privacy/policy',
    termsUrl: 'https://www.facebook.com/legal/terms',
  });
  assert.equal([networks[1]?.['name'], networks.length, asksNumber], ['example', 2, false]);
});

signIn('somebody new registers with names and mail address filled in, and signs in from then on', async ({ stack }) => {
  const person = newPerson({ first_name: 'Kanarina' });
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  assert.is(await visitFacebook(stack, browser, page, person), `${page}/networks/facebook?back=proven`);
  assert.equal(await goOn(browser, page), { status: 200, register: true });
  const { firstName, lastName, email } = await stack.openid.accounts.registrations.get(page.split('/').at(-1) ?? '');
  assert.equal({ firstName, lastName, email }, { firstName: 'Kanarina', lastName: 'Müller', email: person.email });
  const described = await browser.request(`${page}/registration/network`);
  assert.equal((await described.json()) as unknown, {
    network: { name: 'facebook', label: 'Facebook' },
    needsEmail: true,
    needsNumber: false,
  });
  const accountId = await complete(stack, page);

  const later = stack.openid.newBrowser();
  const asked = authorization(stack.openid.config);
  const laterPage = locationOf(await later.request(asked.address)).pathname;
  await visitFacebook(stack, later, laterPage, person);
  const { continueAt = '' } = await goOn(later, laterPage);
  const callback = locationOf(await later.request(continueAt));
  const tokens = await exchange(stack.openid, callback.searchParams.get('code') ?? '', asked);
  const { id_token: idToken } = (await tokens.json()) as { id_token: string };
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
  assert.is((JSON.parse(claims) as { sub: string }).sub, accountId);
  assert.not.match(claims, /facebook|network/, 'the homeserver is not told how somebody signs in');
});

signIn('another network works in the same way', async ({ stack }) => {
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  const address = await leaveBy(browser, `${page}/networks/example`);
  const back = await stack.other.decide(address, { sub: 'other-1', given_name: 'Kanari', email: 'other@example.de' });
  assert.is(locationOf(await browser.request(back.href)).search, '?back=proven');
  assert.equal(await goOn(browser, page), { status: 200, register: true });
  await complete(stack, page);
  assert.is((await stack.openid.database('account_network').where({ network: 'example' })).length, 1);
});

signIn('what is kept names neither the person at the network nor anything it told, and no token', async ({ stack }) => {
  const person = newPerson({ first_name: 'Unmistakable', last_name: 'Surname' });
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  await visitFacebook(stack, browser, page, person);
  const between = await dump(stack);
  await goOn(browser, page);
  await complete(stack, page);
  for (const text of [between, await dump(stack)])
    for (const value of [person.id, person.first_name, person.last_name, person.email ?? '', 'EAA', 'verifier'])
      assert.not.match(text, value);
});

signIn('an equal mail address links nobody', async ({ stack }) => {
  const account = await stack.openid.newAccount();
  await giveEmail(stack, account.id, 'equal@example.de', new Date());
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  await visitFacebook(stack, browser, page, newPerson({ email: 'equal@example.de' }));
  assert.equal(await goOn(browser, page), { status: 200, register: true });
  assert.is.not(await complete(stack, page), account.id);
});

signIn('who kept the mail address back is asked once again, and then enters one', async ({ stack }) => {
  const person = newPerson();
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  assert.match(await visitFacebook(stack, browser, page, person, { decision: 'without-email' }), '?back=email');
  assert.match(await visitFacebook(stack, browser, page, person, { decision: 'without-email', again: true }), '?back=proven');
  assert.is((await goOn(browser, page)).register, true);
  assert.is(await refusalOf(complete(stack, page)), 'M_MISSING_PARAM body.email');
  await complete(stack, page, 'entered@example.de');
});

signIn('who is known is not asked for a mail address', async ({ stack }) => {
  const { person } = await registered(stack);
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  assert.match(await visitFacebook(stack, browser, page, person, { decision: 'without-email' }), '?back=proven');
  assert.is((await goOn(browser, page)).status, 200);
});

signIn('of two who register with the same network account at once, one has an account', async ({ stack }) => {
  const person = newPerson();
  const pages: string[] = [];
  for (const browser of [stack.openid.newBrowser(), stack.openid.newBrowser()]) {
    const page = await beginSignIn(stack, browser);
    await visitFacebook(stack, browser, page, person);
    await goOn(browser, page);
    pages.push(page);
  }
  await complete(stack, pages[0] ?? '');
  assert.match(await refusalOf(complete(stack, pages[1] ?? '')), 'COM_SMOOPE_CONFLICT');
});

signIn('who did not want to comes back to the page, and has proven nothing', async ({ stack }) => {
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  assert.match(await visitFacebook(stack, browser, page, newPerson(), { decision: 'deny' }), '?back=denied');
  assert.equal(await goOn(browser, page).then(({ status, errcode }) => [status, errcode]), [403, 'COM_SMOOPE_NOT_PROVEN']);
});

const FAULTS: readonly [StubFault, string][] = [
  ['reset', 'unreachable'],
  ['down', 'garbage'],
  ['garbage', 'garbage'],
];
for (const [fault, said] of FAULTS) {
  signIn(`a network that answers ${fault} leads back to the page with one word about it`, async ({ stack }) => {
    const browser = stack.openid.newBrowser();
    const page = await beginSignIn(stack, browser);
    stack.facebook.faults.set('me', fault);
    assert.is(await visitFacebook(stack, browser, page, newPerson()), `${page}/networks/facebook?back=${said}`);
    assert.is((await goOn(browser, page)).status, 403);
  });
}

signIn('nobody comes back twice, in another browser, with another state, to another network, or too late', async ({ stack }) => {
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  const come = async (address: URL | string, as = browser): Promise<number> =>
    (await as.request(typeof address === 'string' ? address : address.href)).status;
  const back = async () => stack.facebook.decide(await leaveBy(browser, `${page}/networks/facebook`), newPerson());

  const good = await back();
  assert.is(await come(good, stack.openid.newBrowser()), 410, 'another browser');
  const thief = stack.openid.newBrowser();
  await leaveBy(thief, `${await beginSignIn(stack, thief)}/networks/facebook`);
  assert.is(await come(good, thief), 410, 'another browser that left as well');
  assert.is(await come(good.href.replace('/facebook/', '/example/')), 410, 'another network');
  const altered = new URL(good);
  altered.searchParams.set('state', 'altered');
  assert.is(await come(altered), 410, 'another state');
  altered.searchParams.delete('state');
  assert.is(await come(altered), 410, 'no state');
  assert.is(await come(good), 303);
  assert.is(await come(good), 410, 'a second time');
  assert.is(await come('/account/networks/nothing/callback?state=a'), 404);

  const late = await back();
  await stack.openid.database('network_visit').update({ expires_at: new Date() });
  assert.is(await come(late), 410, 'too late');
});

signIn('what somebody came back with is good once, and in their own sign-in only', async ({ stack }) => {
  const { person } = await registered(stack);
  const [browser, thief] = [stack.openid.newBrowser(), stack.openid.newBrowser()];
  const [page, foreign] = [await beginSignIn(stack, browser), await beginSignIn(stack, thief)];
  await visitFacebook(stack, browser, page, person);
  assert.is((await goOn(thief, foreign)).status, 403);
  assert.is((await goOn(thief, page)).status, 410);
  assert.is((await goOn(browser, page)).status, 200);
  await visitFacebook(stack, browser, await beginSignIn(stack, browser), person);
  await stack.openid.database('network_proof').update({ expires_at: new Date() });
  assert.is((await goOn(browser, await beginSignIn(stack, browser))).status, 403);
});

signIn('leaving needs a sign-in of this browser, a network that there is, and a page of ours', async ({ stack }) => {
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  const status = async (path: string, headers = FROM_OUR_PAGE, as = browser): Promise<number> =>
    (await askToLeave(as, path, {}, headers)).status;
  assert.is(await status(`${page}/networks/facebook`), 200);
  assert.is(await status(`${page}/networks/nothing`), 404);
  assert.is(await status(`${page}/networks/facebook`, FROM_OUR_PAGE, stack.openid.newBrowser()), 410);
  assert.is(await status(`${page}/networks/facebook`, { ...FROM_OUR_PAGE, 'sec-fetch-site': 'cross-site' }), 403);
  assert.is((await browser.request(`${page}/networks/facebook`)).status, 200);
  assert.is((await browser.request(`${page}/networks/nothing`)).status, 404);
  assert.is((await stack.openid.newBrowser().request(`${page}/networks/facebook`)).status, 410);
});

signIn('a network that is not there cannot be left for, and says so', async () => {
  const gone = await startNetworks();
  await gone.other.close();
  const browser = gone.openid.newBrowser();
  const answer = await askToLeave(browser, `${await beginSignIn(gone, browser)}/networks/example`);
  assert.equal([answer.status, ((await answer.json()) as { errcode: string }).errcode], [503, 'COM_SMOOPE_NETWORK_UNAVAILABLE']);
  await gone.openid.close();
  await gone.facebook.close();
});

signIn('a number that has an account is not given to another', async ({ stack }) => {
  const phone = newNumber();
  const owner = await stack.openid.newAccount();
  await giveNumber(stack, owner.id, phone);
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  await visitFacebook(stack, browser, page, newPerson());
  await goOn(browser, page);
  const ask = (path: string, body: Record<string, string>): Promise<Response> =>
    browser.request(`${page}/${path}`, { method: 'POST', headers: FROM_OUR_PAGE, body: JSON.stringify(body) });
  await ask('methods/phone/preparation', { phone });
  const answer = await ask('registration/number', { phone, code: codeIn(stack.openid.messagesTo(phone).at(-1)?.text) });
  assert.equal([answer.status, ((await answer.json()) as { errcode: string }).errcode], [409, 'COM_SMOOPE_CONFLICT']);
});

signIn('where the settings ask for it, a mobile number is needed as well', async () => {
  const stack = await startNetworks({ askMobileNumber: true });
  try {
    const browser = stack.openid.newBrowser();
    const page = await beginSignIn(stack, browser);
    await visitFacebook(stack, browser, page, newPerson());
    await goOn(browser, page);
    assert.is(await refusalOf(complete(stack, page)), 'M_MISSING_PARAM body.number');
    const ask = async (path: string, body: Record<string, string>): Promise<number> =>
      (await browser.request(`${page}/${path}`, { method: 'POST', headers: FROM_OUR_PAGE, body: JSON.stringify(body) })).status;
    const phone = newNumber();
    assert.is(await ask('methods/phone/preparation', { phone }), 200);
    const code = codeIn(stack.openid.messagesTo(phone).at(-1)?.text);
    assert.is(await ask('registration/number', { phone, code: code === '000000' ? '111111' : '000000' }), 403);
    assert.is(await ask('registration/number', { phone, code }), 204);
    assert.is(await ask('registration/number', { phone, code }), 403, 'a code is good once');
    await complete(stack, page);
  } finally {
    await stack.close();
  }
});

signIn.run();
