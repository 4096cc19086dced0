import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startOpenid, type OpenidFixture } from '../openid/openid-fixture.ts';
import { otherThan } from '../phones/phone-code-fixture.ts';
import {
  ageNumber,
  askCode,
  carryOut,
  forgetWaits,
  idOf,
  namesOf,
  newNumber,
  newPerson,
  proveNumber,
  register,
  tokenIn,
} from './person-fixture.ts';

const phone = suite<{ openid: OpenidFixture }>('signing in by phone');
phone.before(async (context) => {
  context.openid = await startOpenid();
});
phone.after(({ openid }) => openid.close());

phone('somebody new proves a number, says names, has seen the notice, and is signed in', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  assert.equal((await proveNumber(openid, person, number)).body, { register: true });
  assert.is(await idOf(person), '', 'not before the names');
  const shown = (await person.ask('registration')).body;
  assert.equal(
    { ...shown, notice: undefined },
    { firstName: null, lastName: null, email: null, hasNumber: true, replacesAccount: false, notice: undefined },
  );
  const answer = await person.ask('registration', await namesOf(person));
  assert.match(String(answer.body['continueAt']), /\/oidc\/authorize\//);
  const id = await idOf(person);
  const row = await openid.database<Record<string, string>>('account').where({ id }).first();
  assert.equal([row?.['first_name'], row?.['last_name'], row?.['notice_version']], ['Kanari', 'Kanarisurname', '1']);
  assert.match(row?.['notice_hash'] ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await openid.database('registration'), []);
});

phone('a number as people write it is the same number', async ({ openid }) => {
  const number = newNumber();
  const id = await register(openid, await newPerson(openid), number);
  const again = await newPerson(openid);
  const code = await askCode(openid, again, number);
  assert.is((await again.ask('methods/phone', { phone: `0${number.slice(3, 6)} / ${number.slice(6)}`, code })).status, 200);
  assert.is(await idOf(again), id);
});

phone('a known and an unknown number are answered alike; only the text differs', async ({ openid }) => {
  const [known, unknown] = [newNumber(), newNumber()];
  await register(openid, await newPerson(openid), known);
  const person = await newPerson(openid);
  const answers = [];
  for (const number of [known, unknown]) {
    await forgetWaits(openid);
    const { status, body } = await person.ask('methods/phone/preparation', { phone: number });
    answers.push([status, Object.keys(body)]);
    const wrong = await person.ask('methods/phone', { phone: number, code: '000000' });
    answers.push([wrong.status, wrong.text.replace(/"request_id":"[^"]*"/, '')]);
  }
  assert.equal(answers.slice(0, 2), answers.slice(2));
  assert.match(openid.messagesTo(known).at(-1)?.text ?? '', 'für Ihr Konto');
  assert.match(openid.messagesTo(unknown).at(-1)?.text ?? '', 'ist Ihr Code');
});

phone('wrong, used, replaced and brute-forced codes are refused alike', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  const refused = async (code: string): Promise<void> => {
    const { status, body } = await person.ask('methods/phone', { phone: number, code });
    assert.equal([status, body['errcode'], body['field']], [403, 'COM_SMOOPE_NOT_PROVEN', 'body.code']);
  };
  const first = await askCode(openid, person, number);
  await refused(otherThan(first));
  const second = await askCode(openid, person, number);
  if (first !== second) await refused(first);
  assert.is((await person.ask('methods/phone', { phone: number, code: second })).status, 200);
  await refused(second);
  const third = await askCode(openid, person, number);
  for (let step = 1; step <= 5; step += 1) await refused(otherThan(third, step));
  await refused(third);
});

phone('an expired code is refused', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  const code = await askCode(openid, person, number);
  await openid.database('phone_code').update({ expires_at: new Date(Date.now() - 1) });
  assert.is((await person.ask('methods/phone', { phone: number, code })).status, 403);
});

phone('the code of one sign-in is worth nothing in another, and a sign-in nothing in another browser', async ({ openid }) => {
  const [person, other, number] = [await newPerson(openid), await newPerson(openid), newNumber()];
  const code = await askCode(openid, person, number);
  assert.is((await other.ask('methods/phone', { phone: number, code })).status, 403);
  other.page = person.page;
  assert.is((await other.ask('methods/phone', { phone: number, code })).status, 410);
  assert.is((await other.ask('registration')).status, 410);
  assert.is((await person.ask('methods/phone', { phone: number, code })).status, 200);
});

phone('a page of another site asks for no code', async ({ openid }) => {
  const person = await newPerson(openid);
  const response = await person.browser.request(`${person.page}/methods/phone/preparation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    body: JSON.stringify({ phone: newNumber() }),
  });
  assert.is(response.status, 403);
});

phone('no account is made without names, without the notice of today, or with signs that break a line', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  assert.is((await person.ask('registration', { firstName: 'A', lastName: 'B', notice: { version: '1', hash: '' } })).status, 400);
  await proveNumber(openid, person, number);
  const right = await namesOf(person);
  const wrong: Record<string, unknown>[] = [
    { firstName: ' ' },
    { lastName: 'x'.repeat(81) },
    { firstName: 'Kanari\r\nBcc: evil@example.org' },
    { lastName: 'Kanari\u202e' },
    { notice: { version: '1', hash: 'another' } },
    { email: 'no address' },
  ];
  for (const change of wrong) {
    const { status, body } = await person.ask('registration', { ...right, ...change });
    assert.is(status, 400, JSON.stringify(change));
    assert.match(String(body['field']), Object.keys(change)[0] ?? '');
  }
  assert.is((await person.ask('registration', right)).status, 200);
});

phone('who did not finish is gone after a day', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  await proveNumber(openid, person, number);
  const names = await namesOf(person);
  await openid.database('registration').update({ expires_at: new Date(Date.now() - 1) });
  assert.is((await person.ask('registration', names)).status, 410);
  await openid.accounts.housekeep();
  assert.equal(await openid.database('registration'), []);
});

phone('of two who register a number at once, the second is told that it has an account', async ({ openid }) => {
  const number = newNumber();
  const [one, other] = [await newPerson(openid), await newPerson(openid)];
  await proveNumber(openid, one, number);
  await proveNumber(openid, other, number);
  const [first, second] = [await namesOf(one), await namesOf(other)];
  assert.is((await one.ask('registration', first)).status, 200);
  assert.is((await other.ask('registration', second)).status, 409);
});

phone('a number that was not proved for long opens the account where its owner was signed in before', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  const id = await register(openid, person, number);
  await ageNumber(openid, id, 61);
  await person.ask('/api/v1/account/session', undefined, 'DELETE');
  await person.beginAgain();
  assert.match(String((await proveNumber(openid, person, number)).body['continueAt']), '/oidc/authorize/');
  assert.is(await idOf(person), id);
  const [provedAt] = (await openid.database('account_number').where({ account_id: id }).pluck('proved_at')) as Date[];
  assert.ok(Date.now() - (provedAt?.getTime() ?? 0) < 60_000, 'it counts as proved again');
});

phone('on the last day a number still opens its account anywhere', async ({ openid }) => {
  const number = newNumber();
  const id = await register(openid, await newPerson(openid), number);
  await ageNumber(openid, id, 59.9);
  const elsewhere = await newPerson(openid);
  await proveNumber(openid, elsewhere, number);
  assert.is(await idOf(elsewhere), id);
});

phone('a new owner of a number gets an account of their own, and the old one closes after seven days', async ({ openid }) => {
  const [owner, number] = [await newPerson(openid), newNumber()];
  const old = await register(openid, owner, number, 'Kanariold');
  await owner.ask('/api/v1/account/email', { email: 'kanari-old@example.org' }, 'PUT');
  await owner.ask('/account/email', { token: tokenIn(openid.messagesTo('kanari-old@example.org').at(-1)?.text) });
  await ageNumber(openid, old, 61);

  const stranger = await newPerson(openid);
  assert.equal((await proveNumber(openid, stranger, number)).body, { register: true });
  assert.is((await stranger.ask('registration')).body['replacesAccount'], true);
  assert.is((await openid.database('account_restriction')).length, 0, 'nothing happens before the new account is made');
  await stranger.ask('registration', await namesOf(stranger, 'Kanarinew'));
  const fresh = await idOf(stranger);
  assert.is.not(fresh, old);
  assert.equal(await openid.database('account_number').pluck('account_id').where({ account_id: old }), []);

  await carryOut(openid);
  assert.match(openid.messagesTo('kanari-old@example.org').at(-1)?.subject ?? '', '7 Tagen');
  assert.is(openid.messagesTo(number).filter(({ text }) => text.includes('7 Tagen')).length, 0, 'the new owner is told nothing');
  const closesAt = Number((await owner.ask('/api/v1/account/security')).body['closesAt']);
  assert.ok(Math.abs(closesAt - Date.now() - 7 * 86_400_000) < 60_000);

  await openid.accounts.housekeep();
  assert.is(await idOf(owner), old, 'open until then');
  await openid.database('account_restriction').update({ closes_at: new Date(Date.now() - 1) });
  await openid.accounts.housekeep();
  assert.is(await idOf(owner), '');
  await owner.beginAgain();
  const code = await openid.codeFor(old as never);
  assert.is((await owner.ask('methods/trial', { code })).status, 403, 'and kept closed, whatever is proven');
});

phone('the old owner keeps the account by proving a new number in time', async ({ openid }) => {
  const [owner, number, next] = [await newPerson(openid), newNumber(), newNumber()];
  const old = await register(openid, owner, number);
  await ageNumber(openid, old, 61);
  await register(openid, await newPerson(openid), number);
  await owner.ask('/api/v1/account/number/code', { phone: next });
  const code = /^\d{6}/.exec(openid.messagesTo(next).at(-1)?.text ?? '')?.[0];
  assert.is((await owner.ask('/api/v1/account/number', { phone: next, code }, 'PUT')).status, 204);
  assert.is((await owner.ask('/api/v1/account/security')).body['closesAt'], null);
});

phone('a dump holds no number, address, code or token', async ({ openid }) => {
  const [person, number] = [await newPerson(openid), newNumber()];
  await register(openid, person, number);
  await person.ask('/api/v1/account/email', { email: 'kanari-dump@example.org' }, 'PUT');
  const tables = [
    'registration',
    'account_number',
    'account_email',
    'account_link',
    'known_browser',
    'phone_code',
    'outbox',
    'password_try',
  ];
  const rows = JSON.stringify(await Promise.all(tables.map((table) => openid.database(table))));
  const token = tokenIn(openid.messagesTo('kanari-dump@example.org').at(-1)?.text);
  const browser = [...person.browser.cookies.values()].map(({ value }) => value);
  assert.ok(token.length > 40);
  for (const secret of [number.slice(1), 'kanari-dump', token, ...browser]) assert.not.match(rows, secret);
});

phone.run();
