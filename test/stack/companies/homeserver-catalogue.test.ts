import { dirname, join } from 'node:path';
import pg from 'pg';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../../appservice/config.ts';
import { DATA_CATALOGUE } from '../../../appservice/privacy/data-catalogue.ts';

test('the data catalogue names every table of the homeserver, and none that is not there', async () => {
  const { homeserver } = loadConfig(join(dirname(process.env['SMOOPE_STACK'] ?? ''), 'config.yaml'), {});
  const client = new pg.Client({ connectionString: homeserver.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by name`,
  );
  await client.end();
  const there = rows.map(({ name }) => name);
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
