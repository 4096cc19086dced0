import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createJobs, type JobDeclaration } from '../../appservice/database/jobs.ts';
import { createLogger } from '../../appservice/logger.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { eventually } from '../stack/waiting.ts';

const jobs = suite<{ test: TestDatabase }>('jobs');

jobs.before(async (context) => {
  context.test = await openTestDatabase();
});
jobs.after(async ({ test }) => {
  await test.close();
});

const silent = createLogger({ level: 'error', destination: { write: () => undefined } });

async function withJobs(url: string, declarations: JobDeclaration[], work: (given: ReturnType<typeof createJobs>) => Promise<void>) {
  const made = createJobs({ url, log: silent, declarations });
  await made.start();
  try {
    await work(made);
  } finally {
    await made.stop();
  }
}

jobs('a job that is asked for runs with its ids', async ({ test: { url } }) => {
  const seen: unknown[] = [];
  const run = async (data: Readonly<Record<string, unknown>>) => void seen.push(data);
  await withJobs(url, [{ name: 'test.ask', run }], async (made) => {
    await made.send('test.ask', { companyId: 'a' });
    await eventually('the job to run', async () => (seen.length > 0 ? true : undefined));
    assert.equal(seen, [{ companyId: 'a' }]);
  });
});

jobs('what fails is tried again, and nothing that the error said is stored', async ({ test: { url, database } }) => {
  let tries = 0;
  async function run(): Promise<void> {
    tries += 1;
    if (tries === 1) throw new Error('Erika geheim', { cause: new Error('noch geheimer') });
  }
  await withJobs(url, [{ name: 'test.fail', run }], async (made) => {
    await made.send('test.fail');
    const [row] = await eventually('the failure to be noted', async () => {
      const rows = await database<{ name: string; state: string }>('pgboss.job').where({ name: 'test.fail', state: 'retry' });
      return rows.length > 0 ? rows : undefined;
    });
    assert.match(JSON.stringify(row), 'see the log');
    assert.not.match(JSON.stringify(row), /geheim|at run/);
    await eventually('the second try', async () => (tries > 1 ? true : undefined));
  });
});

jobs('a schedule that is gone from the code is gone from the database', async ({ test: { url, database } }) => {
  const run = async (): Promise<void> => undefined;
  const schedules = () => database('pgboss.schedule').where({ name: 'test.cron' });
  await withJobs(url, [{ name: 'test.cron', cron: '7 * * * *', run }], async () => assert.is((await schedules()).length, 1));
  await withJobs(url, [{ name: 'test.cron', run }], async () => assert.is((await schedules()).length, 0));
});

jobs.run();
