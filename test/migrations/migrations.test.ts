import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { migrate, migrationSettings } from '../../appservice/database/migrate.ts';
import type { Database } from '../../appservice/database/database.ts';
import { openEmptyDatabase, type TestDatabase } from '../companies/test-database.ts';

const migrations = suite<{ cluster: TestDatabase; test: TestDatabase }>('migrations');

// Holds PostgreSQL for all tests; each has a database of its own.
migrations.before(async (context) => {
  context.cluster = await openEmptyDatabase();
});

migrations.after(async ({ cluster }) => {
  await cluster.close();
});

migrations.before.each(async (context) => {
  context.test = await openEmptyDatabase();
});

migrations.after.each(async ({ test }) => {
  await test.close();
});

/** Everything a schema is made of, except the migrator's own tables. */
async function describe(database: Database): Promise<string[]> {
  const result = await database.raw<{ rows: { line: string }[] }>(`
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
      from information_schema.columns where table_schema = 'public' and table_name not in ('migration', 'migration_lock')
    union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename not in ('migration', 'migration_lock')
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid <> 0 and conrelid::regclass::text not in ('migration', 'migration_lock')
    union all select 'trigger ' || tgname || ' on ' || tgrelid::regclass from pg_trigger where not tgisinternal
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    order by line`);
  return result.rows.map(({ line }) => line);
}

async function rollBackAll(database: Database): Promise<void> {
  const [done] = (await database.migrate.list(migrationSettings)) as [unknown[], unknown[]];
  for (let count = done.length; count > 0; count -= 1) await database.migrate.down(migrationSettings);
}

migrations('up, down and up again lead to the same schema, and down leaves nothing', async ({ test: { database } }) => {
  await migrate(database);
  const first = await describe(database);
  assert.ok(first.length > 50);
  await rollBackAll(database);
  assert.equal(await describe(database), []);
  await migrate(database);
  assert.equal(await describe(database), first);
});

migrations('a second run changes nothing', async ({ test: { database } }) => {
  await migrate(database);
  const first = await describe(database);
  await migrate(database);
  assert.equal(await describe(database), first);
});

migrations('every table says what it is for', async ({ test: { database } }) => {
  await migrate(database);
  const result = await database.raw<{ rows: { name: string }[] }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not in ('migration', 'migration_lock') and obj_description(oid) is null`);
  assert.equal(
    result.rows.map(({ name }) => name),
    [],
  );
});

migrations('every id of a row is text or a number that the database makes, and every time has a zone', async ({ test: { database } }) => {
  await migrate(database);
  const result = await database.raw<{ rows: { column: string }[] }>(`
    select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = 'public' and table_name not in ('migration', 'migration_lock')
      and data_type in ('timestamp without time zone', 'uuid', 'character')`);
  assert.equal(result.rows, []);
});

migrations('the audit log refuses changes and deletions', async ({ test: { database } }) => {
  await migrate(database);
  await database('audit_log').insert({ actor: 'system', action: 'company.create', detail: '{}' });
  for (const sql of ["update audit_log set actor = 'x'", 'delete from audit_log', 'truncate audit_log']) {
    try {
      await database.raw(sql);
      assert.unreachable(sql);
    } catch (error) {
      assert.match(String(error), 'append-only');
    }
  }
  assert.is((await database('audit_log')).length, 1);
});

migrations.run();
