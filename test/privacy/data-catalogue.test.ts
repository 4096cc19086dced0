import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DATA_CATALOGUE, listColumns } from '../../appservice/privacy/data-catalogue.ts';
import type { Rules } from '../../appservice/privacy/catalogue-entry.ts';
import { createJobs, JOBS_SCHEMA } from '../../appservice/database/jobs.ts';
import { createLogger } from '../../appservice/logger.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const catalogue = suite<{ test: TestDatabase }>('data catalogue');

catalogue.before(async (context) => {
  context.test = await openTestDatabase();
});

catalogue.after(async ({ test }) => {
  await test.close();
});

const isPerson = ({ subjects }: Pick<Rules, 'subjects'>): boolean =>
  subjects.some((subject) => subject !== 'nobody' && subject !== 'company');
const everything = (): (Rules & { name: string; purpose: string })[] => [
  ...listColumns().map((column) => ({ ...column, name: `${column.table}.${column.column}` })),
  ...[...DATA_CATALOGUE.matrix, ...DATA_CATALOGUE.libraries].map(({ store, purpose, rules }) => ({ ...rules, purpose, name: store })),
  ...DATA_CATALOGUE.browser.map(({ store, purpose, rules }) => ({ ...rules, purpose, name: store })),
  ...DATA_CATALOGUE.files.map(({ file, purpose, rules }) => ({ ...rules, purpose, name: file })),
];

catalogue('names every column of the database, and none that is not there', async ({ test: { database } }) => {
  const result = await database.raw<{ rows: { name: string }[] }>(`
    select table_name || '.' || column_name as name from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema', '${JOBS_SCHEMA}') order by name`);
  const there = result.rows.map(({ name }) => name);
  const named = listColumns().map(({ table, column }) => `${table}.${column}`);
  assert.equal(
    there.filter((name) => !named.includes(name)),
    [],
    'columns that the catalogue does not name',
  );
  assert.equal(
    named.filter((name) => !there.includes(name)),
    [],
    'columns that do not exist',
  );
  assert.is(new Set(named).size, named.length, 'a column is named twice');
});

catalogue('names every table that the library for jobs makes for itself', async ({ test: { database, url } }) => {
  const jobs = createJobs({ url, log: createLogger({ level: 'error' }), declarations: [{ name: 'test.job', run: async () => undefined }] });
  await jobs.start();
  await jobs.stop();
  const result = await database.raw<{ rows: { name: string }[] }>(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_schema = '${JOBS_SCHEMA}' order by name`,
  );
  // Partitions carry a day in their name.
  const there = result.rows.map(({ name }) => name).filter((name) => !/_\d{8}$/.test(name));
  assert.equal(DATA_CATALOGUE.libraries.flatMap(({ tables }) => tables).toSorted(), there);
});

catalogue('a column that a migration adds is noticed', async ({ test: { database } }) => {
  const named = new Set(listColumns().map(({ table, column }) => `${table}.${column}`));
  await database.raw('alter table person add column nickname text');
  const result = await database.raw<{ rows: { name: string }[] }>(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  await database.raw('alter table person drop column nickname');
  assert.equal(
    result.rows.map(({ name }) => name).filter((name) => !named.has(name)),
    ['person.nickname'],
  );
});

catalogue('says of everything why, on what basis, whose and how long', () => {
  for (const { name, purpose, basis, subjects, life } of everything()) {
    assert.ok(purpose.length >= 4 && purpose.endsWith('.'), `${name}: purpose`);
    assert.ok(subjects.length > 0, `${name}: subjects`);
    assert.ok(life.start !== '' && life.period !== '', `${name}: life`);
    assert.is(basis.startsWith('none'), subjects.includes('nobody'), `${name}: only what is nobody's has no basis`);
    assert.ok(!subjects.includes('nobody') || subjects.length === 1, `${name}: nobody's and somebody's at once`);
  }
});

catalogue('data of a person is exported and erased, or the entry says why not', () => {
  for (const entry of everything().filter(isPerson)) {
    if (entry.export.how === 'left out') assert.ok(entry.export.because.length > 20, `${entry.name}: export`);
    if (entry.erasure.how === 'stays') assert.ok(entry.erasure.because.length > 20, `${entry.name}: erasure`);
    assert.not.match(`${JSON.stringify(entry.export)}${JSON.stringify(entry.erasure)}`, 'It is no data of a person', entry.name);
  }
});

catalogue("a visitor's own words, files and conversations are always exported and deleted", () => {
  for (const name of ['events', 'media', 'conversation.room_id', 'conversation_event.event_id', 'person.id', 'person_identity.user_id']) {
    const entry = everything().find((one) => one.name === name);
    assert.is(entry?.export.how, 'included', name);
    assert.is(entry?.erasure.how, 'deleted', name);
  }
});

catalogue('says of everything in a browser why what was asked for cannot do without it, and deletes it', () => {
  assert.ok(DATA_CATALOGUE.browser.length > 0);
  for (const { store, necessary, rules } of DATA_CATALOGUE.browser) {
    assert.ok(necessary.length > 20 && necessary.endsWith('.'), store);
    assert.is(rules.erasure.how, 'deleted', store);
  }
});

catalogue('no table of the homeserver stands in two stores', () => {
  const tables = DATA_CATALOGUE.matrix.flatMap((store) => store.tables);
  assert.equal(
    tables.filter((table, index) => tables.indexOf(table) !== index),
    [],
  );
});

catalogue.run();
