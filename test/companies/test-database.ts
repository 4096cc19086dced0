import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase, type Database } from '../../appservice/database/database.ts';
import { migrate } from '../../appservice/database/migrate.ts';
import { createEmbeddedPostgres } from '../../homeserver-config/embedded/postgres.ts';
import { forgetTheDisk } from '../runner/forgetful-disk.ts';
import { freePort } from '../runner/free-port.ts';
import { makeStackFolder, removeStackFolder } from '../runner/stack-folder.ts';

/** A database of its own on a real PostgreSQL. */
export type TestDatabase = { readonly database: Database; readonly url: string; close(): Promise<void> };

type Cluster = { readonly adminUrl: string; stop(): Promise<void> };

let cluster: Promise<Cluster> | undefined;
let users = 0;

/** Starts a PostgreSQL that is empty and its own; `stop` takes its folder away. */
export async function startCluster(): Promise<Cluster> {
  const folder = makeStackFolder('database');
  const postgres = await createEmbeddedPostgres({ dataDir: folder, port: await freePort() });
  await postgres.start();
  await forgetTheDisk(postgres.adminUrl);
  return {
    adminUrl: postgres.adminUrl,
    async stop() {
      await postgres.stop();
      await removeStackFolder(folder);
    },
  };
}

/** The one that all suites of a run share, or one of this process. */
const findCluster = async (): Promise<Cluster> => {
  const adminUrl = process.env['SMOOPE_TEST_POSTGRES'];
  return adminUrl === undefined ? startCluster() : { adminUrl, stop: async () => undefined };
};

async function release(): Promise<void> {
  users -= 1;
  if (users > 0 || cluster === undefined) return;
  const { stop } = await cluster;
  cluster = undefined;
  await stop();
}

/** Makes an empty database; suites of one process share the PostgreSQL, which ends with the last database. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  users += 1;
  cluster ??= findCluster();
  const { adminUrl } = await cluster;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  await admin.end();
  const url = adminUrl.replace(/\/[^/]*$/, `/${name}`);
  const database = openDatabase({ url, poolSize: 5 });
  return {
    database,
    url,
    async close() {
      await database.destroy();
      await release();
    },
  };
}

/** Makes a database with the newest schema. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const made = await openEmptyDatabase();
  await migrate(made.database);
  return made;
}
