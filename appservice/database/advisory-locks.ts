import pg from 'pg';

/** Locks by name among all processes; a process that dies gives its locks back by itself. */
export type AdvisoryLocks = {
  /** Takes a lock; false when another process has it. */
  tryLock(name: string): Promise<boolean>;
  unlock(name: string): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Advisory locks of PostgreSQL on one connection of its own, outside any transaction. When that connection breaks the locks are
 * gone, so what is done under one must be repeatable.
 */
export function createAdvisoryLocks({ url }: { url: string }): AdvisoryLocks {
  let connection: Promise<pg.Client> | undefined;

  function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: 'smoope-locks', keepAlive: true });
    const connecting = client.connect().then(() => client);
    // A connection that ends late must not take a newer one with it, whose locks would then be held for ever.
    const forget = (): void => {
      if (connection === connecting) connection = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    connecting.catch(forget);
    return connecting;
  }

  async function query(sql: string, name: string): Promise<boolean> {
    connection ??= connect();
    const client = await connection;
    const result = await client.query<{ done: boolean }>(sql, [name]);
    return result.rows[0]?.done === true;
  }

  return {
    tryLock: (name) => query('select pg_try_advisory_lock(hashtextextended($1, 0)) as done', name),
    async unlock(name) {
      await query('select pg_advisory_unlock(hashtextextended($1, 0)) as done', name);
    },
    async stop() {
      const client = await connection?.catch(() => undefined);
      await client?.end();
    },
  };
}
