import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase, type Database } from '../../../appservice/database/database.ts';
import { createRateLimit, RATE_LIMITS } from '../../../appservice/http/rate-limit.ts';
import { route } from '../../../appservice/http/route.ts';
import { startServer, type TestServer } from '../../http/http-fixture.ts';
import { runningStack } from '../running-stack.ts';

type Process = { db: Database; server: TestServer };

const rules = { ...RATE_LIMITS, browse: { points: 3, seconds: 60, per: 'network' } } as const;
// Counters of one run stay apart from those of another.
const hashKey = randomBytes(16).toString('hex');

async function startProcess(url: string): Promise<Process> {
  const db = openDatabase({ url, poolSize: 2 });
  const limited = route(
    { method: 'get', path: '/read', summary: 'Read.', auth: 'none', responses: { 200: { description: 'Fine.' } }, limit: 'browse' },
    () => ({ status: 200, body: 'fine' }),
  );
  return { db, server: await startServer({ trustProxy: true, rateLimit: createRateLimit({ hashKey, db, rules }), routes: [limited] }) };
}

const test = suite<{ one: Process; other: Process }>('rate limits over several processes');
test.before(async (context) => {
  const { databaseUrl } = runningStack();
  context.one = await startProcess(databaseUrl);
  context.other = await startProcess(databaseUrl);
});
test.after(async ({ one, other }) => {
  for (const { server, db } of [one, other]) {
    await server.close();
    await db.destroy();
  }
});

const read = ({ server }: Process, address: string): Promise<Response> =>
  fetch(`${server.origin}/read`, { headers: { 'X-Forwarded-For': address } });

test('a network is counted by all processes together', async ({ one, other }) => {
  await read(one, '198.51.100.7');
  await read(other, '198.51.100.8');
  assert.is((await read(one, '198.51.100.9')).status, 200);
  assert.is((await read(other, '198.51.100.7')).status, 429);
  assert.is((await read(other, '203.0.113.7')).status, 200);
});

test('the database holds a keyed hash of the network and no address', async ({ one }) => {
  const rows = await one.db<{ key: string }>('rate_limit').where('key', 'like', 'browse:%').select('key');
  assert.ok(rows.length >= 2);
  for (const { key } of rows) assert.match(key, /^browse:[\w-]{22}$/);
});

test('while the database does not answer, requests are counted in memory and answered', async ({ other }) => {
  await other.db.destroy();
  const statuses: number[] = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await read(other, '192.0.2.7')).status);
  assert.equal(statuses, [200, 200, 200, 429]);
});

test.run();
