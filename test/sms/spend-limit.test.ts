import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLogger } from '../../appservice/logger.ts';
import { createSpendLimit, textsForMoney } from '../../appservice/sms/spend-limit.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

type Context = { test: TestDatabase; clock: { now: string }; lines: string[]; limit: ReturnType<typeof createSpendLimit> };

const spend = suite<Context>('spend limit');

spend.before(async (context) => {
  context.test = await openTestDatabase();
});
spend.after(async ({ test }) => {
  await test.close();
});
spend.before.each(async (context) => {
  await context.test.database('text_spend').delete();
  context.clock = { now: '2026-11-23T12:00:00Z' };
  context.lines = [];
  const { clock, lines } = context;
  context.limit = createSpendLimit({
    database: context.test.database,
    most: 3,
    log: createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } }),
    now: () => new Date(clock.now),
  });
});

spend('money is enough for so many texts, the last cent included', () => {
  assert.is(textsForMoney({ centsPerText: 7.5, centsPerDay: 2_000 }), 266);
  assert.is(textsForMoney({ centsPerText: 7.5, centsPerDay: 15 }), 2);
  assert.is(textsForMoney({ centsPerText: 7.5, centsPerDay: 14 }), 1);
  assert.is(textsForMoney({ centsPerText: 0.1, centsPerDay: 3 }), 30);
  assert.is(textsForMoney({ centsPerText: 0.3, centsPerDay: 9 }), 30);
});

spend('the last text of the day is paid for, the next is not, and the alarm is raised once', async ({ limit, lines }) => {
  for (const expected of [true, true, true, false, false, false]) assert.is(await limit.pay(), expected);
  assert.is(lines.length, 1);
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  assert.equal([line['level'], line['event'], line['count']], ['error', 'texts_stopped', 3]);
});

spend('the next day begins at midnight UTC, not before', async ({ limit, clock, lines }) => {
  for (let count = 0; count < 4; count += 1) await limit.pay();
  clock.now = '2026-11-23T23:59:59.999Z';
  assert.is(await limit.pay(), false);
  clock.now = '2026-11-24T00:00:00Z';
  for (const expected of [true, true, true, false]) assert.is(await limit.pay(), expected);
  assert.is(lines.length, 2, 'a new day has an alarm of its own');
});

spend('of many at once not one more is paid for', async ({ limit, lines }) => {
  const paid = await Promise.all(Array.from({ length: 20 }, () => limit.pay()));
  assert.is(paid.filter(Boolean).length, 3);
  assert.is(lines.length, 1);
});

spend('counts are kept for 400 days', async ({ test: { database }, limit, clock }) => {
  await limit.pay();
  clock.now = '2027-12-28T23:59:59Z';
  await limit.deleteOld();
  assert.is((await database('text_spend')).length, 1);
  clock.now = '2027-12-29T00:00:00Z';
  await limit.deleteOld();
  assert.is((await database('text_spend')).length, 0);
});

spend.run();
