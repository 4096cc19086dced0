import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isConflict } from '../../appservice/database/database.ts';
import { inTransaction } from '../../appservice/database/transaction.ts';
import { openEmptyDatabase, type TestDatabase } from '../companies/test-database.ts';

const transactions = suite<{ db: TestDatabase }>('transactions');

transactions.before(async (context) => {
  context.db = await openEmptyDatabase();
  await context.db.database.raw('create table account (name text primary key, balance integer not null)');
});

transactions.before.each(async ({ db: { database } }) => {
  await database('account').delete();
  await database('account').insert([
    { name: 'a', balance: 0 },
    { name: 'b', balance: 0 },
  ]);
});

transactions.after(async ({ db }) => db.close());

/** Adds one to both, with a rest in between that lets another do the same in the other order. */
const addBoth = (db: TestDatabase, first: string, second: string, met: () => Promise<unknown>) =>
  inTransaction(db.database, async (transaction) => {
    await transaction('account').where({ name: first }).increment('balance', 1);
    await met();
    await transaction('account').where({ name: second }).increment('balance', 1);
  });

/** Resolves for all once `count` wait; whoever comes later does not wait. */
function createMeeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let present = 0;
  return () => {
    present += 1;
    if (present === count) resolve();
    return promise;
  };
}

transactions('two that wait for each other both succeed: the one that was given up runs again', async ({ db }) => {
  const met = createMeeting(2);
  await Promise.all([addBoth(db, 'a', 'b', met), addBoth(db, 'b', 'a', met)]);
  assert.equal(await db.database('account').orderBy('name'), [
    { name: 'a', balance: 2 },
    { name: 'b', balance: 2 },
  ]);
});

transactions('a savepoint does not run again by itself: the whole transaction does', async ({ db }) => {
  let [outer, inner] = [0, 0];
  const conflict = Object.assign(new Error('deadlock detected'), { code: '40P01' });
  await inTransaction(db.database, async (transaction) => {
    outer += 1;
    await inTransaction(transaction, async () => {
      inner += 1;
      if (inner === 1) throw conflict;
    });
  });
  assert.equal([outer, inner], [2, 2]);
});

transactions('an error of another kind is thrown at once, and nothing stands', async ({ db }) => {
  let runs = 0;
  try {
    await inTransaction(db.database, async (transaction) => {
      runs += 1;
      await transaction('account').where({ name: 'a' }).increment('balance', 1);
      throw new Error('something else');
    });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'something else');
  }
  assert.is(runs, 1);
  assert.equal(await db.database('account').where({ name: 'a' }).first('balance'), { balance: 0 });
});

transactions('a conflict that comes every time is thrown in the end', async ({ db }) => {
  let runs = 0;
  try {
    await inTransaction(db.database, async () => {
      runs += 1;
      throw Object.assign(new Error('could not serialize'), { code: '40001' });
    });
    assert.unreachable();
  } catch (error) {
    assert.ok(isConflict(error));
  }
  assert.is(runs, 4);
});

transactions.run();
