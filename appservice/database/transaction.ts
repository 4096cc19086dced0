import type { Database } from './database.ts';

/** Runs `work` in one database transaction; it commits when `work` resolves. No Matrix call belongs inside. */
export function inTransaction<Result>(database: Database, work: (transaction: Database) => Promise<Result>): Promise<Result> {
  return database.transaction((transaction) => work(transaction));
}
