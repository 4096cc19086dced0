import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ADDRESS_OWNERS } from '../../appservice/accounts/account-emails.ts';
import { createAccountPasswords } from '../../appservice/accounts/account-passwords.ts';
import { createContactSeal } from '../../appservice/accounts/contact-seal.ts';
import { createPasswords } from '../../appservice/accounts/password.ts';
import { forCases } from '../random-cases.ts';
import { startOpenid, type OpenidFixture } from '../openid/openid-fixture.ts';
import { otherThan } from '../phones/phone-code-fixture.ts';
import {
  ageNumber,
  carryOut,
  codeIn,
  forgetWaits,
  idOf,
  newNumber,
  newPerson,
  register,
  tokenIn,
  type TestPerson,
} from './person-fixture.ts';

const passwords = suite<{ openid: OpenidFixture }>('passwords of accounts');
passwords.before(async (context) => {
  context.openid = await startOpenid();
});
passwords.after(({ openid }) => openid.close());

const PASSWORD = 'quarzuhr im nassen hafen';
const OTHER = 'lauter zimt und blaue segel';

const setPassword = (person: TestPerson, password: string, current?: string) =>
  person.ask('/api/v1/account/password', { password, ...(current === undefined ? {} : { current }) }, 'PUT');

const signIn = (person: TestPerson, identifier: string, password: string) => person.ask('methods/password', { identifier, password });

/** Somebody registered, with a password. */
async function withPassword(openid: OpenidFixture): Promise<{ person: TestPerson; number: string; id: string }> {
  const [person, number] = [await newPerson(openid), newNumber()];
  const id = await register(openid, person, number);
  assert.is((await setPassword(person, PASSWORD)).status, 204);
  await carryOut(openid);
  return { person, number, id };
}

/** Gives an account a mail address that was proved. */
async function proveEmail(openid: OpenidFixture, person: TestPerson, email: string): Promise<void> {
  assert.is((await person.ask('/api/v1/account/email', { email }, 'PUT')).status, 202);
  const token = tokenIn(openid.messagesTo(email).at(-1)?.text);
  assert.is((await person.ask('/account/email', { token })).status, 204);
}

passwords('a password that was set signs in with the number, and the owner is told', async ({ openid }) => {
  const { number, id } = await withPassword(openid);
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'Kennwort Ihres Kontos wurde geändert');
  const elsewhere = await newPerson(openid);
  assert.match(String((await signIn(elsewhere, number, PASSWORD)).body['continueAt']), '/oidc/authorize/');
  assert.is(await idOf(elsewhere), id);
});

passwords('wrong passwords, unknown numbers and addresses, and accounts without a password are refused alike', async ({ openid }) => {
  const { number } = await withPassword(openid);
  const without = newNumber();
  await register(openid, await newPerson(openid), without);
  const person = await newPerson(openid);
  const answers = [];
  for (const [identifier, password] of [
    [number, OTHER],
    [newNumber(), PASSWORD],
    [without, PASSWORD],
    ['kanari-nobody@example.org', PASSWORD],
  ] as const) {
    const { status, body } = await signIn(person, identifier, password);
    answers.push(`${status} ${String(body['errcode'])} ${String(body['error'])} ${String(body['field'])}`);
  }
  assert.is(new Set(answers).size, 1, answers.join('\n'));
  assert.match(answers[0] ?? '', /^403 COM_SMOOPE_NOT_PROVEN/);
});

passwords('after five wrong tries there is a wait, for known and unknown numbers; a code still opens the account', async ({ openid }) => {
  const { number, id } = await withPassword(openid);
  for (const tried of [number, newNumber()]) {
    const person = await newPerson(openid);
    for (let count = 0; count < 5; count += 1) assert.is((await signIn(person, tried, OTHER)).status, 403);
    const { status, body } = await signIn(person, tried, PASSWORD);
    assert.is(status, 429);
    assert.ok(Number(body['retry_after_ms']) > 20_000);
  }
  await openid.database('password_try').update({ last_at: new Date(Date.now() - 31_000) });
  const person = await newPerson(openid);
  assert.is((await signIn(person, number, PASSWORD)).status, 200);
  assert.is(await idOf(person), id);
});

passwords('of very many tries at once a few are compared, and the others are told to wait and cost nobody a try', async ({ openid }) => {
  const { number, id } = await withPassword(openid);
  const person = await newPerson(openid);
  await openid.database('password_try').delete();
  const numbers = Array.from({ length: 60 }, newNumber);
  const answers = await Promise.all([number, ...numbers].map((asked) => signIn(person, asked, OTHER)));
  const compared = answers.filter(({ status }) => status === 403);
  const refused = answers.filter(({ status }) => status === 429);
  assert.is(compared.length + refused.length, 61);
  assert.ok(compared.length >= 9, `${compared.length} were compared`);
  assert.ok(refused.length > 0, 'none was refused');
  for (const { body } of refused) assert.equal([body['errcode'], body['retry_after_ms']], ['M_LIMIT_EXCEEDED', 2_000]);
  assert.is((await openid.database('password_try')).length, compared.length, 'what was refused is no try');
  const elsewhere = await newPerson(openid);
  assert.is((await signIn(elsewhere, number, PASSWORD)).status, 200);
  assert.is(await idOf(elsewhere), id);
});

passwords('weak passwords and those made of the own name, number or address are refused with the field', async ({ openid }) => {
  const person = await newPerson(openid);
  const number = newNumber();
  await register(openid, person, number, 'Wilhelmine');
  for (const password of ['short', 'passwortpasswort', `Wilhelmine${number.slice(1)}`, `${number}${number}`]) {
    const { status, body } = await setPassword(person, password);
    assert.equal([status, body['field']], [400, 'body.password'], password);
  }
  assert.equal(await openid.database('account_password').where({ account_id: await idOf(person) }), []);
});

passwords('a change needs the password until now, and ends all other browsers', async ({ openid }) => {
  const { person, number } = await withPassword(openid);
  const elsewhere = await newPerson(openid);
  await signIn(elsewhere, number, PASSWORD);
  assert.equal((await setPassword(person, OTHER)).body['field'], 'body.current');
  assert.is((await setPassword(person, OTHER, 'something else altogether')).status, 403);
  assert.is((await setPassword(person, OTHER, PASSWORD)).status, 204);
  assert.is.not(await idOf(person), '');
  assert.is(await idOf(elsewhere), '');
});

passwords('forgot password: a code sets a new one, signs nobody in, ends every session and tells', async ({ openid }) => {
  const { person, number, id } = await withPassword(openid);
  await proveEmail(openid, person, 'kanari-forgot@example.org');
  const elsewhere = await newPerson(openid);
  await forgetWaits(openid);
  assert.is((await elsewhere.ask('recovery', { identifier: number })).body['way'], 'sms');
  const code = codeIn(openid.messagesTo(number).at(-1)?.text);
  assert.is((await elsewhere.ask('recovery/proof', { phone: number, code: otherThan(code) })).status, 403);
  const { token } = (await elsewhere.ask('recovery/proof', { phone: number, code })).body;
  assert.is((await elsewhere.ask('recovery/proof', { phone: number, code })).status, 403, 'the code is used up');
  assert.is(await idOf(elsewhere), '', 'a proof signs nobody in');
  assert.is((await elsewhere.ask('/account/new-password', { token, password: 'short' })).status, 400);
  assert.is(
    (await elsewhere.ask('/account/new-password', { token, password: OTHER })).status,
    204,
    'a refused password does not cost the proof',
  );
  assert.is((await elsewhere.ask('/account/new-password', { token, password: PASSWORD })).status, 403);
  assert.is(await idOf(elsewhere), '');
  assert.is(await idOf(person), '');
  assert.is((await openid.database('outbox').where({ lane: id, action: 'endDevices' })).length, 1);
  await carryOut(openid);
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'geändert');
  assert.match(openid.messagesTo('kanari-forgot@example.org').at(-1)?.subject ?? '', 'Kennwort wurde geändert');
  assert.is((await signIn(elsewhere, number, PASSWORD)).status, 403);
  assert.is((await signIn(elsewhere, number, OTHER)).status, 200);
});

passwords('forgot password answers known and unknown alike; the text tells the unknown that there is nothing', async ({ openid }) => {
  const { person, number } = await withPassword(openid);
  await proveEmail(openid, person, 'kanari-alike@example.org');
  const unknown = newNumber();
  const elsewhere = await newPerson(openid);
  const answers = [];
  for (const identifier of [number, unknown, 'kanari-alike@example.org', 'kanari-nobody@example.org']) {
    await forgetWaits(openid);
    const { status, body } = await elsewhere.ask('recovery', { identifier });
    answers.push(JSON.stringify([status, Object.keys(body), body['way']]));
  }
  assert.is(answers[0], answers[1]);
  assert.is(answers[2], answers[3]);
  await carryOut(openid);
  assert.is(codeIn(openid.messagesTo(unknown).at(-1)?.text), '');
  assert.is(openid.messagesTo('kanari-nobody@example.org').length, 0);
  assert.is((await elsewhere.ask('recovery/proof', { phone: unknown, code: '123456' })).status, 403);
});

passwords('forgot password by mail: the link works once, holds nothing but itself, and only for a proved address', async ({ openid }) => {
  const { person, number } = await withPassword(openid);
  const elsewhere = await newPerson(openid);
  await person.ask('/api/v1/account/email', { email: 'kanari-mail@example.org' }, 'PUT');
  const proof = openid.messagesTo('kanari-mail@example.org').at(-1)?.text;
  await elsewhere.ask('recovery', { identifier: 'kanari-mail@example.org' });
  await carryOut(openid);
  assert.is(openid.messagesTo('kanari-mail@example.org').length, 1, 'nothing before it is proved');
  await person.ask('/account/email', { token: tokenIn(proof) });
  await elsewhere.ask('recovery', { identifier: 'Kanari-Mail@Example.org' });
  await carryOut(openid);
  const mail = openid.messagesTo('kanari-mail@example.org').at(-1)?.text ?? '';
  assert.match(mail, `${openid.config.publicOrigin}/account/new-password#`);
  for (const word of ['Kanari', number]) assert.not.match(mail, word);
  const token = tokenIn(mail);
  assert.is((await elsewhere.ask('/account/email', { token })).status, 403, 'it is good for nothing else');
  assert.is((await elsewhere.ask('/account/new-password', { token, password: OTHER })).status, 204);
  assert.is((await elsewhere.ask('/account/new-password', { token, password: PASSWORD })).status, 403);
  assert.is((await signIn(elsewhere, 'kanari-mail@example.org', OTHER)).status, 200, 'the address signs in as the number does');
});

passwords('an address costs as many comparisons for no account as for three, and a fourth may not have it', async ({ openid }) => {
  const address = 'kanari-family@example.org';
  const family = [];
  let compared = 0;
  const counting = { ...createPasswords(), check: async () => ((compared += 1), { isRight: false }) };
  const idle = async (): Promise<void> => undefined;
  const { prove } = createAccountPasswords({
    database: openid.database,
    seal: createContactSeal({ sealingKey: 'a key', hashKey: 'a key', hashNumber: String }),
    passwords: counting,
    tries: { count: idle, forget: idle, deleteOld: idle },
    listOwnWords: async () => [],
    endOthers: idle,
    tell: idle,
    now: () => new Date(),
  });
  const costs = async (): Promise<number> => {
    compared = 0;
    const owners = await openid.accounts.means.emails.listOwners(address);
    const refused = await prove({ identifier: address, owners, places: ADDRESS_OWNERS }, PASSWORD).catch(() => 'refused');
    assert.is(refused, 'refused');
    return compared;
  };
  assert.is(await costs(), 3);
  for (let members = 1; members <= 3; members += 1) {
    const { person, id } = await withPassword(openid);
    await proveEmail(openid, person, address);
    family.push({ person, id });
    assert.is(await costs(), 3, `${members} accounts`);
  }
  const { person: fourth } = await withPassword(openid);
  await fourth.ask('/api/v1/account/email', { email: address }, 'PUT');
  const token = tokenIn(openid.messagesTo(address).at(-1)?.text);
  assert.is((await fourth.ask('/account/email', { token })).body['errcode'], 'COM_SMOOPE_CONFLICT');
  const [first, , last] = family;
  assert.is((await setPassword(last?.person ?? fourth, OTHER, PASSWORD)).status, 204);
  for (const [password, id] of [
    [PASSWORD, first?.id],
    [OTHER, last?.id],
  ] as const) {
    const elsewhere = await newPerson(openid);
    assert.is((await signIn(elsewhere, address, password)).status, 200);
    assert.is(await idOf(elsewhere), id);
  }
  assert.is((await first?.person.ask('/api/v1/account/email', undefined, 'DELETE'))?.status, 204);
  assert.is((await fourth.ask('/account/email', { token })).status, 204, 'the link is good as soon as there is room');
});

passwords('a number that was not proved for long sets no password, but in a browser that is known', async ({ openid }) => {
  const { person, number, id } = await withPassword(openid);
  await ageNumber(openid, id, 61);
  const stranger = await newPerson(openid);
  await forgetWaits(openid);
  await stranger.ask('recovery', { identifier: number });
  assert.is(codeIn(openid.messagesTo(number).at(-1)?.text), '');
  await forgetWaits(openid);
  await person.beginAgain();
  await person.ask('recovery', { identifier: number });
  const code = codeIn(openid.messagesTo(number).at(-1)?.text);
  assert.is((await person.ask('recovery/proof', { phone: number, code })).status, 200);
});

passwords('a number is changed by proving the new one, and the old one is told', async ({ openid }) => {
  const { person, number, id } = await withPassword(openid);
  const next = newNumber();
  await person.ask('/api/v1/account/number/code', { phone: next });
  const code = codeIn(openid.messagesTo(next).at(-1)?.text);
  const change = (given: string) => person.ask('/api/v1/account/number', { phone: next, code: given }, 'PUT');
  assert.is((await change(otherThan(code))).status, 403);
  assert.is((await change(code)).status, 204);
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'Mobilnummer Ihres Kontos wurde geändert');
  const elsewhere = await newPerson(openid);
  assert.is((await signIn(elsewhere, number, PASSWORD)).status, 403);
  assert.is((await signIn(elsewhere, next, PASSWORD)).status, 200);
  assert.is(await idOf(elsewhere), id);
});

passwords('the number of somebody else is not taken; whoever asks learns it only from that number', async ({ openid }) => {
  const { person } = await withPassword(openid);
  const taken = newNumber();
  await register(openid, await newPerson(openid), taken);
  await forgetWaits(openid);
  const [known, unknown] = [
    await person.ask('/api/v1/account/number/code', { phone: taken }),
    await person.ask('/api/v1/account/number/code', { phone: newNumber() }),
  ];
  assert.equal([known.status, Object.keys(known.body)], [unknown.status, Object.keys(unknown.body)]);
  assert.match(openid.messagesTo(taken).at(-1)?.text ?? '', 'schon ein Konto');
  assert.is(codeIn(openid.messagesTo(taken).at(-1)?.text), '');
});

passwords('a changed mail address counts when its link was followed, and the old one is told', async ({ openid }) => {
  const { person } = await withPassword(openid);
  await proveEmail(openid, person, 'kanari-first@example.org');
  await person.ask('/api/v1/account/email', { email: 'kanari-second@example.org' }, 'PUT');
  const shown = async () => ((await person.ask('/api/v1/account/security')).body['email'] as { address: string }).address;
  assert.is(await shown(), 'kanari-first@example.org');
  await person.ask('/account/email', { token: tokenIn(openid.messagesTo('kanari-second@example.org').at(-1)?.text) });
  assert.is(await shown(), 'kanari-second@example.org');
  assert.match(openid.messagesTo('kanari-first@example.org').at(-1)?.subject ?? '', 'geändert');
});

passwords('what could name several people or break a line is no mail address', async ({ openid }) => {
  const { person } = await withPassword(openid);
  for (const email of ['a@example.org,b@example.org', 'a@example.org\r\nBcc: b@example.org', 'Anna <a@example.org>', 'a@b', '@']) {
    assert.is((await person.ask('/api/v1/account/email', { email }, 'PUT')).status, 400, email);
  }
});

passwords('the last means of sign-in cannot be taken away', async ({ openid }) => {
  const { person, id } = await withPassword(openid);
  await proveEmail(openid, person, 'kanari-last@example.org');
  await openid.database('account_number').where({ account_id: id }).delete();
  assert.is((await person.ask('/api/v1/account/email', undefined, 'DELETE')).status, 409);
  const next = newNumber();
  await person.ask('/api/v1/account/number/code', { phone: next });
  await person.ask('/api/v1/account/number', { phone: next, code: codeIn(openid.messagesTo(next).at(-1)?.text) }, 'PUT');
  assert.is((await person.ask('/api/v1/account/email', undefined, 'DELETE')).status, 204);
});

passwords('nobody changes anything without a session, and no page of another site does', async ({ openid }) => {
  const { person } = await withPassword(openid);
  const stranger = await newPerson(openid);
  const asked = [
    ['PUT', '/api/v1/account/password', { password: OTHER }],
    ['PUT', '/api/v1/account/email', { email: 'a@example.org' }],
    ['DELETE', '/api/v1/account/email', undefined],
    ['POST', '/api/v1/account/number/code', { phone: newNumber() }],
    ['PUT', '/api/v1/account/number', { phone: newNumber(), code: '123456' }],
    ['GET', '/api/v1/account/security', undefined],
    ['GET', '/api/v1/account/devices', undefined],
    ['DELETE', '/api/v1/account/devices/X', undefined],
  ] as const;
  for (const [method, path, body] of asked) {
    assert.is((await stranger.ask(path, body, method)).status, 401, `${method} ${path}`);
    if (method === 'GET') continue;
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    assert.is((await person.browser.request(path, { method, headers, ...init })).status, 403, `${method} ${path} from elsewhere`);
  }
});

passwords('a sign-in of ours comes back to pages of ours only (open redirect)', async ({ openid }) => {
  const browser = openid.newBrowser();
  const right = await browser.request('/account/sign-in?to=/account/security');
  assert.is(right.status, 303);
  assert.match(right.headers.get('location') ?? '', encodeURIComponent(`${openid.config.publicOrigin}/account/security`));
  for (const to of ['/conversations', '/conversations/new/acme', '/conversations/!r00m-_id']) {
    assert.is((await browser.request(`/account/sign-in?to=${encodeURIComponent(to)}`)).status, 303, to);
  }
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/account/../x',
    '/conversations/../x',
    '/conversations/!a:evil.example',
    '/account/\\evil.example',
    '/account@evil.example',
    '/api/v1/account',
  ]) {
    assert.is((await browser.request(`/account/sign-in?to=${encodeURIComponent(to)}`)).status, 400, to);
  }
});

passwords('property: wherever a sign-in is asked to come back to, it is refused or a page of ours', async ({ openid }) => {
  const { publicOrigin } = openid.config;
  const browser = openid.newBrowser();
  const parts = [
    '/',
    '//',
    'account',
    'security',
    'conversations',
    'new',
    '!',
    '\\',
    '@',
    ':',
    '.',
    '..',
    '%2f',
    '%5c',
    '\t',
    '\n',
    '?',
    '#',
    'evil.example',
    'https:',
    ' ',
  ];
  const asked: string[] = [];
  forCases(300, (draw) => {
    asked.push(
      draw.of(['', '/', '/account', '/account/', '/conversations', '/conversations/!']) +
        Array.from({ length: draw.below(5) }, () => draw.of(parts)).join(''),
    );
  });
  let taken = 0;
  for (const to of asked) {
    const { status, headers } = await browser.request(`/account/sign-in?to=${encodeURIComponent(to)}`);
    if (status === 400) continue;
    assert.is(status, 303, JSON.stringify(to));
    // As a browser reads it, which takes line breaks out and backslashes for slashes.
    const back = new URL(new URL(headers.get('location') ?? '').searchParams.get('redirectUrl') ?? '');
    assert.is(back.origin, publicOrigin, JSON.stringify(to));
    assert.match(back.pathname, /^\/((account|conversations)(\/!?[\w-]+)*)?$/, JSON.stringify(to));
    taken += 1;
  }
  assert.ok(taken > 10 && taken < asked.length, `${taken} were taken`);
});

passwords.run();
