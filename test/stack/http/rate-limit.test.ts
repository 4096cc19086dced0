import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase, type Database } from '../../../appservice/database/database.ts';
import { createRateLimit, RATE_LIMITS } from '../../../appservice/http/rate-limit.ts';
import { route } from '../../../appservice/http/route.ts';
import { bearerToken, type AuthTypes } from '../../../appservice/http/auth.ts';
import type { HttpContext } from '../../../appservice/http/context.ts';
import type { CompanyId, DeviceId, PersonId, UserId } from '../../../appservice/ids.ts';
import { authenticators, SESSION, startServer, type TestServer } from '../../http/http-fixture.ts';
import { runningStack } from '../running-stack.ts';

type Process = { db: Database; server: TestServer };

const rules = {
  ...RATE_LIMITS,
  browse: [{ points: 3, seconds: 60, per: 'network' }],
  // In lots of two each.
  write: [{ points: 40, seconds: 60, per: 'person' }],
  read: [{ points: 40, seconds: 60, per: 'company' }],
} as const;

/** Tokens are `person.company.anything`. */
async function visitorOf(context: HttpContext): Promise<AuthTypes['visitor']> {
  const [person = '', company = ''] = bearerToken(context).split('.');
  const visitor = { personId: person as PersonId, userId: '@visitor' as UserId, deviceId: 'D' as DeviceId };
  return { ...SESSION, companyId: company as CompanyId, visitor };
}
// Counters of one run stay apart from those of another.
const hashKey = randomBytes(16).toString('hex');

async function startProcess(url: string): Promise<Process> {
  const db = openDatabase({ url, poolSize: 2 });
  const limited = route(
    { method: 'get', path: '/read', summary: 'Read.', auth: 'none', responses: { 200: { description: 'Fine.' } }, limit: 'browse' },
    () => ({ status: 200, body: 'fine' }),
  );
  const visitors = (['write', 'read'] as const).map((limit) =>
    route(
      { method: 'post', path: `/${limit}`, summary: 'Limited.', auth: 'visitor', responses: { 200: { description: 'Fine.' } }, limit },
      () => ({ status: 200, body: 'fine' }),
    ),
  );
  const server = await startServer({
    trustProxy: true,
    authenticators: { ...authenticators, visitor: visitorOf },
    rateLimit: createRateLimit({ hashKey, db, rules }),
    routes: [limited, ...visitors],
  });
  return { db, server };
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

const post = async ({ server }: Process, path: string, token: string): Promise<number> =>
  (await fetch(`${server.origin}${path}`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })).status;

/** Statuses of requests that two processes get by turns, each of them several at once. */
async function alternate(path: string, processes: readonly Process[], tokens: readonly string[], times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1)
    statuses.push(
      ...(await Promise.all(processes.map((process, place) => post(process, path, tokens[(i + place) % tokens.length] ?? '')))),
    );
  return statuses;
}

const taken = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length;

test('a person is counted by all processes together, in all of their sessions', async ({ one, other }) => {
  const statuses = await alternate('/write', [one, other], ['lena.acme.phone', 'lena.acme.desk'], 30);
  assert.is(taken(statuses), 40);
  assert.is(statuses.at(-1), 429);
  assert.is(await post(other, '/write', 'otto.acme.desk'), 200);
});

test('a company is counted by all processes together, whoever writes', async ({ one, other }) => {
  const statuses = await alternate('/read', [one, other], ['lena.firm.a', 'otto.firm.b', 'ines.firm.c'], 30);
  assert.is(taken(statuses), 40);
  assert.is(await post(one, '/read', 'new.firm.d'), 429);
  assert.is(await post(one, '/read', 'new.neighbour.d'), 200);
});

test('requests that come at once take one lot, not one each', async ({ one }) => {
  const statuses = await Promise.all(Array.from({ length: 40 }, () => post(one, '/write', 'mona.acme.desk')));
  assert.is(taken(statuses), 40);
});

test('of a person and a company the database holds keyed hashes', async ({ one }) => {
  const keys = await one.db<{ key: string }>('rate_limit').whereLike('key', 'write.person:%').pluck('key');
  assert.ok(keys.length > 0);
  for (const key of keys) assert.match(key, /^write\.person:[\w-]{22}$/);
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
