import knex, { type Knex } from 'knex';

/** A connection pool or a transaction; stores take either, so a use case over several tables is built on the transaction. */
export type Database = Knex;

/** Opens the pool; `poolSize` is the most connections this process holds. */
export function openDatabase({ url, poolSize }: { url: string; poolSize: number }): Database {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'smoope' },
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 30_000 },
    acquireConnectionTimeout: 10_000,
    // knex prints errors as they are; ours reach the log by its allow-list.
    log: { warn: ignore, error: ignore, debug: ignore, deprecate: ignore },
  });
}

const ignore = (): void => undefined;

/** PostgreSQL error classes that mean "cannot be reached now": connection, shutdown, too many connections. */
const UNREACHABLE = /^(08|57P|53300)/;
const UNREACHABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);

/** Whether PostgreSQL ended a transaction for the sake of another: serialization failure, deadlock. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}

/** Whether an error says that the database cannot be reached, as against a statement that failed. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    UNREACHABLE.test(code) ||
    UNREACHABLE_CODES.has(code) ||
    error.name === 'KnexTimeoutError' ||
    /Connection terminated|Connection ended|not queryable|socket hang up/.test(error.message)
  );
}
