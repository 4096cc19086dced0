import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createOpenidRecordStore, type OpenidRecordStore } from '../../appservice/openid/openid-record-store.ts';
import { createOpenidSeal } from '../../appservice/openid/openid-seal.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { exampleSecrets } from '../homeserver-config/example-config.ts';

const records = suite<{ test: TestDatabase; store: OpenidRecordStore }>('records of the OpenID provider');
records.before(async (context) => {
  context.test = await openTestDatabase();
  context.store = createOpenidRecordStore(context.test.database, createOpenidSeal(exampleSecrets));
});
records.after(({ test }) => test.close());
records.before.each(({ test }) => test.database('openid_record').delete());

const soon = (): Date => new Date();
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

records('are found by their id; neither id nor content can be read in the database', async ({ test, store }) => {
  const payload = { jti: 'secret-id', kind: 'Session', uid: 'secret-uid', accountId: 'account', state: { word: 'kanari' } };
  await store.put('Session', 'secret-id', payload, 60);
  assert.equal(await store.find('Session', 'secret-id', soon()), payload);
  assert.equal(await store.listSessions('secret-uid', soon()), [payload]);
  const rows: unknown = await test.database('openid_record');
  assert.not.match(JSON.stringify(rows), /secret|kanari/);
  assert.is(await store.find('Interaction', 'secret-id', soon()), undefined, 'a session is no sign-in');
});

records('end at their time', async ({ test, store }) => {
  await store.put('AccessToken', 'token', { jti: 'token' }, 60);
  assert.ok(await store.find('AccessToken', 'token', inSeconds(59)));
  assert.is(await store.find('AccessToken', 'token', inSeconds(61)), undefined);
  await store.deleteExpired(inSeconds(59));
  assert.is((await test.database('openid_record')).length, 1);
  await store.deleteExpired(inSeconds(61));
  assert.is((await test.database('openid_record')).length, 0);
});

records('are used up once, and stay so when they are kept again', async ({ store }) => {
  await store.put('AuthorizationCode', 'code', { jti: 'code' }, 60);
  const tried = await Promise.all(Array.from({ length: 5 }, () => store.consume('AuthorizationCode', 'code')));
  assert.is(tried.filter(Boolean).length, 1);
  await store.put('AuthorizationCode', 'code', { jti: 'code' }, 60);
  assert.type((await store.find('AuthorizationCode', 'code', soon()))?.consumed, 'number');
});

records('of a grant go with it, others stay', async ({ store }) => {
  await store.put('AuthorizationCode', 'code', { jti: 'code', grantId: 'grant' }, 60);
  await store.put('AccessToken', 'token', { jti: 'token', grantId: 'grant' }, 60);
  await store.put('AccessToken', 'other', { jti: 'other', grantId: 'other grant' }, 60);
  await store.removeOfGrant('grant');
  assert.is(await store.find('AuthorizationCode', 'code', soon()), undefined);
  assert.is(await store.find('AccessToken', 'token', soon()), undefined);
  assert.ok(await store.find('AccessToken', 'other', soon()));
});

records('of an account go with it', async ({ store }) => {
  await store.put('Session', 'one', { jti: 'one', uid: 'u1', accountId: 'first' }, 60);
  await store.put('Session', 'other', { jti: 'other', uid: 'u2', accountId: 'second' }, 60);
  await store.removeOfAccount('first');
  assert.is(await store.find('Session', 'one', soon()), undefined);
  assert.ok(await store.find('Session', 'other', soon()));
});

records('that somebody moved to another id inside the database are not read', async ({ test, store }) => {
  await store.put('Session', 'mine', { jti: 'mine', uid: 'u', accountId: 'mine' }, 60);
  await store.put('Session', 'theirs', { jti: 'theirs', uid: 'v', accountId: 'theirs' }, 60);
  const [mine, theirs] = await test.database('openid_record').orderBy('account_id').select<{ id_hash: string; sealed: string }[]>();
  await test.database('openid_record').where({ id_hash: mine?.id_hash }).update({ sealed: theirs?.sealed });
  const failed = await store.find('Session', 'mine', soon()).catch(() => 'refused');
  assert.is(failed, 'refused');
});

records.run();
