import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MOST_PASSKEYS } from '../../appservice/passkeys/passkey.ts';
import { idOf, newNumber, newPerson, register, type Answer, type TestPerson } from '../accounts/person-fixture.ts';
import { startOpenid, walkThrough, type OpenidFixture } from '../openid/openid-fixture.ts';
import { createAuthenticator, type Authenticator, type Faults } from './authenticator.ts';

const passkeys = suite<{ openid: OpenidFixture }>('passkeys');
passkeys.before(async (context) => {
  context.openid = await startOpenid();
});
passkeys.after(({ openid }) => openid.close());

const PATH = '/api/v1/account/passkeys';
type Challenge = { challenge: string };

const challengeFor = async (person: TestPerson): Promise<Challenge> =>
  (await person.ask('methods/passkey/preparation', {})).body as Challenge;

async function addTo(person: TestPerson, device: Authenticator, faults?: Faults): Promise<Answer> {
  const options = (await person.ask(`${PATH}/options`, undefined, 'POST')).body as Challenge;
  return person.ask(PATH, device.create(options, faults));
}

async function signInWith(person: TestPerson, device: Authenticator, faults?: Faults): Promise<Answer> {
  return person.ask('methods/passkey', device.get(await challengeFor(person), faults));
}

/** Somebody registered by phone, with a passkey. */
async function withPasskey(openid: OpenidFixture) {
  const [person, number] = [await newPerson(openid), newNumber()];
  const account = await register(openid, person, number);
  const device = createAuthenticator({ origin: openid.config.publicOrigin, account });
  assert.is((await addTo(person, device)).status, 201);
  return { person, number, account, device };
}

const codeOf = ({ status, body }: Answer): unknown[] => [status, body['errcode']];
const NOT_PROVEN = [403, 'COM_SMOOPE_NOT_PROVEN'];

passkeys('one is made in a signed-in browser, and signs in in another without number and password', async ({ openid }) => {
  const { person, account, device, number } = await withPasskey(openid);
  const [listed] = ((await person.ask(PATH)).body as { passkeys: { id: string; lastUsedAt: number | null }[] }).passkeys;
  assert.equal([listed?.id, listed?.lastUsedAt], [device.id, null]);
  const elsewhere = await newPerson(openid);
  assert.match(String((await signInWith(elsewhere, device)).body['continueAt']), /\/oidc\/authorize\//);
  assert.is(await idOf(elsewhere), account);
  assert.ok(((await person.ask(PATH)).body as { passkeys: { lastUsedAt: number }[] }).passkeys[0]?.lastUsedAt);
  await openid.accounts.means.notices.outbox.tellAccount({ accountId: account as never, notice: 'passkeyAdded' });
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'Passkey');
  const told = await openid.database('outbox').whereRaw(`payload->>'accountId' = ?`, [account]);
  assert.ok(told.some(({ payload }: { payload: { notice?: string } }) => payload.notice === 'passkeyAdded'));
});

passkeys('what a device signed is good once, and in the sign-in that asked for it only', async ({ openid }) => {
  const { device } = await withPasskey(openid);
  const [one, other] = [await newPerson(openid), await newPerson(openid)];
  const proof = device.get(await challengeFor(one));
  assert.equal(codeOf(await other.ask('methods/passkey', proof)), NOT_PROVEN, 'in another browser');
  assert.is((await one.ask('methods/passkey', proof)).status, 200);
  await one.beginAgain();
  assert.equal(codeOf(await one.ask('methods/passkey', proof)), NOT_PROVEN, 'again');
});

const wrong: Record<string, Faults> = {
  'for another website': { origin: 'https://evil.example' },
  'for another domain': { rpId: 'evil.example' },
  'without face, finger or PIN': { isUnverified: true },
  "for somebody else's account": { userHandle: 'a2345678901234567890' },
  'with a challenge that nobody gave': { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
};
for (const [what, faults] of Object.entries(wrong)) {
  passkeys(`what was signed ${what} signs nobody in, with one answer for all that is wrong`, async ({ openid }) => {
    const { device } = await withPasskey(openid);
    const person = await newPerson(openid);
    const answer = await signInWith(person, device, faults);
    assert.equal(codeOf(answer), NOT_PROVEN);
    assert.is(answer.body['error'], 'This passkey does not fit; try again, or sign in another way.');
    assert.is(await idOf(person), '');
  });
}

passkeys('a challenge that is too old, an unknown passkey and a copied device sign nobody in', async ({ openid }) => {
  const { account, device } = await withPasskey(openid);
  const person = await newPerson(openid);
  const proof = device.get(await challengeFor(person));
  await openid.database('passkey_challenge').update({ expires_at: new Date(Date.now() - 1) });
  assert.equal(codeOf(await person.ask('methods/passkey', proof)), NOT_PROVEN, 'too old');
  const stranger = createAuthenticator({ origin: openid.config.publicOrigin, account });
  assert.equal(codeOf(await signInWith(person, stranger)), NOT_PROVEN, 'unknown');
  assert.is((await signInWith(person, device)).status, 200);
  await person.beginAgain();
  device.forgetCount();
  assert.equal(codeOf(await signInWith(person, device)), NOT_PROVEN, 'copied');
});

for (const [what, faults] of Object.entries(wrong).slice(0, 3)) {
  passkeys(`a passkey that was made ${what} is not kept`, async ({ openid }) => {
    const person = await newPerson(openid);
    const account = await register(openid, person, newNumber());
    const device = createAuthenticator({ origin: openid.config.publicOrigin, account });
    assert.equal(codeOf(await addTo(person, device, faults)), NOT_PROVEN);
    assert.equal((await person.ask(PATH)).body['passkeys'], []);
  });
}

passkeys('a challenge for a new passkey is worth nothing in another browser, and a passkey belongs to one account', async ({ openid }) => {
  const { device } = await withPasskey(openid);
  const [one, other] = [await newPerson(openid), await newPerson(openid)];
  const account = await register(openid, one, newNumber());
  await register(openid, other, newNumber());
  const options = (await one.ask(`${PATH}/options`, undefined, 'POST')).body as Challenge;
  const fresh = createAuthenticator({ origin: openid.config.publicOrigin, account });
  assert.equal(codeOf(await other.ask(PATH, fresh.create(options))), NOT_PROVEN);
  assert.equal(codeOf(await addTo(other, device)), [409, 'COM_SMOOPE_CONFLICT']);
});

passkeys('who is not signed in makes, reads and takes away none, and nobody those of others', async ({ openid }) => {
  const { person, device } = await withPasskey(openid);
  const nobody = await newPerson(openid);
  for (const [path, method] of [
    [PATH, 'GET'],
    [`${PATH}/options`, 'POST'],
    [`${PATH}/${device.id}`, 'DELETE'],
  ] as const)
    assert.is((await nobody.ask(path, undefined, method)).status, 401, `${method} ${path}`);
  const other = await newPerson(openid);
  await register(openid, other, newNumber());
  assert.equal(codeOf(await other.ask(`${PATH}/${device.id}`, undefined, 'DELETE')), [404, 'M_NOT_FOUND']);
  assert.is((await person.ask(`${PATH}/${device.id}`, undefined, 'DELETE')).status, 204);
  assert.equal(codeOf(await signInWith(await newPerson(openid), device)), NOT_PROVEN, 'it is gone');
});

passkeys('the last way into an account cannot be taken away', async ({ openid }) => {
  const account = await openid.newAccount();
  const person = await newPerson(openid);
  await walkThrough(openid, person.browser, account);
  const device = createAuthenticator({ origin: openid.config.publicOrigin, account: account.id });
  assert.is((await addTo(person, device)).status, 201);
  assert.equal(codeOf(await person.ask(`${PATH}/${device.id}`, undefined, 'DELETE')), [409, 'COM_SMOOPE_CONFLICT']);
  assert.is((await signInWith(await newPerson(openid), device)).status, 200, 'it is still there');
});

passkeys('an account has at most ten', async ({ openid }) => {
  const { person, account } = await withPasskey(openid);
  const newDevice = () => createAuthenticator({ origin: openid.config.publicOrigin, account });
  const askOptions = () => person.ask(`${PATH}/options`, undefined, 'POST');
  for (let more = 2; more < MOST_PASSKEYS; more += 1) assert.is((await addTo(person, newDevice())).status, 201);
  const made = [newDevice().create((await askOptions()).body as Challenge), newDevice().create((await askOptions()).body as Challenge)];
  const kept = [];
  for (const passkey of made) kept.push((await person.ask(PATH, passkey)).status);
  assert.equal(kept, [201, 409], 'two windows that make the tenth');
  assert.equal(codeOf(await askOptions()), [409, 'COM_SMOOPE_CONFLICT'], 'no device makes one that is not kept');
});

passkeys('input that is no credential names its field', async ({ openid }) => {
  const { person } = await withPasskey(openid);
  const answer = await person.ask(PATH, { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {}, response: {} });
  assert.equal([answer.status, answer.body['field']], [400, 'body.response.clientDataJSON']);
});

passkeys.run();
