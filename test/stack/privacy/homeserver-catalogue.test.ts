import pg from 'pg';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DATA_CATALOGUE } from '../../../appservice/privacy/data-catalogue.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { eventually } from '../waiting.ts';

/** Synapse does one update a second, some fifty on a new database; a machine that does much else takes longer. */
const UPDATES_BOUND_MS = 180_000;

/**
 * Waits until Synapse is done with its background updates. On a new database they go on for about a minute after it answers, with
 * tables of their own (`_temp_populate_user_directory_rooms`) that their last step drops: what the catalogue names is what stays.
 */
async function whenUpdatesAreDone({ homeserverUrl, secrets }: StackAccess, database: pg.Client): Promise<void> {
  const url = `${homeserverUrl}/_synapse/admin/v1/background_updates/status`;
  async function isDone(): Promise<boolean> {
    const { status, body } = await callJson(url, { token: secrets.adminToken });
    assert.is(status, 200);
    // The status names only the one at work: between two there is none, and those to come are rows.
    const { rowCount } = await database.query('select from background_updates');
    return rowCount === 0 && Object.keys(body['current_updates'] as object).length === 0;
  }
  await eventually('the background updates of Synapse', async () => ((await isDone()) ? true : undefined), UPDATES_BOUND_MS);
}

async function listTables(stack: StackAccess): Promise<string[]> {
  const database = new pg.Client({ connectionString: stack.config.homeserver.databaseUrl });
  await database.connect();
  try {
    await whenUpdatesAreDone(stack, database);
    const { rows } = await database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by name`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await database.end();
  }
}

test('the data catalogue names every table of the homeserver, and none that is not there', async () => {
  const there = await listTables(sharedStackAccess());
  const named = DATA_CATALOGUE.matrix.flatMap(({ tables }) => tables);
  assert.ok(there.length > 100);
  assert.equal(
    there.filter((name) => !named.includes(name)),
    [],
    'tables that the catalogue does not name',
  );
  assert.equal(
    named.filter((name) => !there.includes(name)),
    [],
    'tables that do not exist',
  );
});

test.run();
