import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createOpenidSeal } from '../../appservice/openid/openid-seal.ts';
import { NOTICE_MS, ROTATION_MS, TOKEN_LIFE_MS } from '../../appservice/openid/signing-key.ts';
import { createSigningKeys } from '../../appservice/openid/signing-keys.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { exampleSecrets } from '../homeserver-config/example-config.ts';

const keys = suite<{ test: TestDatabase }>('signing keys');
keys.before(async (context) => {
  context.test = await openTestDatabase();
});
keys.after(({ test }) => test.close());
keys.before.each(({ test }) => test.database('openid_signing_key').delete());

const seal = createOpenidSeal(exampleSecrets);
const BEGIN = Date.UTC(2026, 0, 1);

keys('are made once, also when several processes start at the same moment', async ({ test: { database } }) => {
  const processes = Array.from({ length: 4 }, () => createSigningKeys({ database, seal, now: () => new Date() }));
  const found = await Promise.all(processes.map((each) => each.current()));
  assert.is(new Set(found.flat().map(({ id }) => id)).size, 1);
  assert.equal(await createSigningKeys({ database, seal, now: () => new Date() }).current(), found[0]);
});

keys('stand encrypted in the database, and are of no use under another id or another secret', async ({ test: { database } }) => {
  const signing = createSigningKeys({ database, seal, now: () => new Date() });
  const [key] = await signing.current();
  const row = await database('openid_signing_key').first<Record<string, unknown>>();
  assert.not.match(JSON.stringify(row), String(key?.jwk.d));
  const otherSeal = createOpenidSeal({ ...exampleSecrets, sealingKey: 'z'.repeat(43) });
  const isRefused = async (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => false,
      () => true,
    );
  assert.ok(await isRefused(createSigningKeys({ database, seal: otherSeal, now: () => new Date() }).current()));
  await database('openid_signing_key').update({ id: randomUUID() });
  assert.ok(await isRefused(signing.current()));
});

keys('are replaced in time: published, then signing, then the old one deleted', async ({ test: { database } }) => {
  let now = BEGIN;
  const signing = createSigningKeys({ database, seal, now: () => new Date(now) });
  const idsAt = async (ms: number): Promise<string[]> => {
    now = BEGIN + ms;
    return (await signing.current()).map(({ id }) => id);
  };
  const [first] = await idsAt(0);
  assert.equal(await idsAt(ROTATION_MS - 1), [first]);
  const announced = await idsAt(ROTATION_MS);
  assert.is(announced.length, 2);
  assert.is(announced[0], first, 'the old one still signs');
  const [, second] = announced;
  assert.equal(await idsAt(ROTATION_MS + NOTICE_MS), [second, first], 'the new one signs, both are published');
  assert.equal(await idsAt(ROTATION_MS + NOTICE_MS + TOKEN_LIFE_MS), [second]);
  assert.is((await database('openid_signing_key')).length, 1, 'nothing is left of the old one');
});

keys.run();
