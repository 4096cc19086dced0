import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAdvisoryLocks, type AdvisoryLocks } from '../../appservice/database/advisory-locks.ts';
import { createAlone } from '../../appservice/database/alone.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const alone = suite<{ test: TestDatabase; here: AdvisoryLocks; there: AdvisoryLocks }>('work that is done alone');

alone.before(async (context) => {
  context.test = await openTestDatabase();
  context.here = createAdvisoryLocks({ url: context.test.url });
  context.there = createAdvisoryLocks({ url: context.test.url });
});
alone.after(async ({ test, here, there }) => {
  await here.stop();
  await there.stop();
  await test.close();
});

/** Notes how many are at work at the same time. */
function countAtOnce() {
  let now = 0;
  const seen: number[] = [];
  const work = async (): Promise<void> => {
    seen.push((now += 1));
    await wait(20);
    now -= 1;
  };
  return { seen, work };
}

alone('works of one name follow each other, within a process and among processes', async ({ here, there }) => {
  const { seen, work } = countAtOnce();
  const [one, other] = [createAlone(here), createAlone(there)];
  await Promise.all([one('a', work), one('a', work), other('a', work), other('a', work)]);
  assert.equal(seen, [1, 1, 1, 1]);
});

alone('works of different names do not wait for each other', async ({ here }) => {
  const { seen, work } = countAtOnce();
  const one = createAlone(here);
  await Promise.all([one('a', work), one('b', work)]);
  assert.equal(seen, [1, 2]);
});

alone('work that fails tells who asked for it, and the next one has its turn', async ({ here }) => {
  const one = createAlone(here);
  const failing = one('a', async () => Promise.reject(new Error('broken')));
  const next = one('a', async () => 'done');
  await failing.then(assert.unreachable, (error: Error) => assert.is(error.message, 'broken'));
  assert.is(await next, 'done');
});

alone('who has waited too long for another process is told what for', async ({ here, there }) => {
  assert.ok(await there.tryLock('a'));
  await createAlone(here, 200)('a', async () => undefined).then(assert.unreachable, (error: Error) =>
    assert.match(error.message, 'another process has worked on "a"'),
  );
  await there.unlock('a');
  assert.is(await createAlone(here)('a', async () => 'done'), 'done');
});

alone.run();
