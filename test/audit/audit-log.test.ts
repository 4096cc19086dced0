import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deleteOldEntries, list, record, type AuditDetail } from '../../appservice/audit/audit-log.ts';
import type { CompanyId } from '../../appservice/ids.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const audit = suite<{ test: TestDatabase }>('audit log');

audit.before(async (context) => {
  context.test = await openTestDatabase();
});

audit.after(async ({ test }) => {
  await test.close();
});

const entry = (detail: AuditDetail, companyId: CompanyId | null = null) => ({
  actor: 'system' as const,
  action: 'company.set',
  companyId,
  detail,
});

audit('ids, codes and names of settings are taken', async ({ test: { database } }) => {
  await record(
    database,
    entry({ settings: ['origins', 'color'], member: '7e6f1a52-1d7c-4f0e-9d0e-1c1f2f3a4b5c', count: 3, present: true }),
  );
  const [newest] = await list(database, { limit: 1 });
  assert.is(newest?.detail['count'], 3);
  assert.instance(newest?.at, Date);
});

audit('words, names and Matrix ids are refused, and nothing is stored', async ({ test: { database } }) => {
  const before = (await database('audit_log')).length;
  for (const detail of [
    { name: 'Anna Schmidt' },
    { user: '@anna:acme.example' },
    { list: ['fine', 'not fine'] },
    { mail: 'a@b.example' },
    { long: 'x'.repeat(121) },
    { empty: '' },
  ]) {
    try {
      await record(database, entry(detail));
      assert.unreachable(JSON.stringify(detail));
    } catch (error) {
      assert.match(String(error), 'no id or code');
    }
  }
  assert.is((await database('audit_log')).length, before);
});

audit('a line is gone with the transaction it belongs to', async ({ test: { database } }) => {
  const before = (await database('audit_log')).length;
  await database
    .transaction(async (transaction) => {
      await record(transaction, entry({}));
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  assert.is((await database('audit_log')).length, before);
});

audit('lines of one company are listed alone', async ({ test: { database } }) => {
  const company = '11111111-1111-4111-8111-111111111111' as CompanyId;
  await record(database, entry({}, company));
  await record(database, entry({}));
  assert.is((await list(database, { companyId: company, limit: 10 })).length, 1);
});

audit('a line can be changed by nobody, and deleted only when it is older than a year', async ({ test: { database } }) => {
  await record(database, entry({ step: 'young' }));
  await database('audit_log').insert({ at: new Date(Date.now() - 367 * 86_400_000), actor: 'system', action: 'company.set', detail: '{}' });
  const count = async (): Promise<number> => (await database('audit_log')).length;
  const before = await count();
  for (const attempt of [
    database('audit_log').update({ actor: 'nobody' }),
    database('audit_log').delete(),
    database.raw('truncate audit_log'),
  ]) {
    try {
      await attempt;
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), 'append-only');
    }
  }
  assert.is(await count(), before);
  await deleteOldEntries(database);
  assert.is(await count(), before - 1);
});

audit.run();
