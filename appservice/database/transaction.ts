import { isConflict, type Database } from './database.ts';

/** Work that PostgreSQL gave up because of others is tried so often in all. */
const ATTEMPTS = 4;

/**
 * Runs `work` in one database transaction, or under a savepoint of the one it is given; it commits when `work` resolves. Where
 * PostgreSQL gave it up for the sake of another transaction (a deadlock), nothing of it stands and the whole of it runs again. No
 * Matrix call belongs inside.
 */
export async function inTransaction<Result>(database: Database, work: (transaction: Database) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction((transaction) => work(transaction));
    } catch (error) {
      if (database.isTransaction === true || attempt === ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}
