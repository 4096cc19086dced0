import { fileURLToPath } from 'node:url';
import { openDatabase, type Database } from './database.ts';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Settings of knex's migrator; tests of `down` use them too. */
export const migrationSettings = { directory, loadExtensions: ['.ts'], tableName: 'migration' } as const;

/** Brings a database to the newest schema; a second process waits for the first. */
export async function migrate(database: Database): Promise<void> {
  await database.migrate.latest(migrationSettings);
}

/** As `migrate`, with a connection of its own. */
export async function migrateToLatest(url: string): Promise<void> {
  const database = openDatabase({ url, poolSize: 2 });
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
}
