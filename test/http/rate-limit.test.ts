import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRateLimit, RATE_LIMITS, truncateAddress, type LimitRule } from '../../appservice/http/rate-limit.ts';
import { route } from '../../appservice/http/route.ts';
import { errorOf, startServer, type TestServer } from './http-fixture.ts';

const few: LimitRule = { points: 2, seconds: 60, per: 'network' };
const rules = { ...RATE_LIMITS, browse: few, write: { ...few, per: 'caller' } } as const;
const plain = { summary: 'A limited route.', auth: 'none', responses: { 200: { description: 'Fine.' } } } as const;

const test = suite<{ server: TestServer }>('rate limits');
test.before.each(async (context) => {
  context.server = await startServer({
    trustProxy: true,
    rateLimit: createRateLimit({ hashKey: 'a key of the tests', rules }),
    routes: [
      route({ ...plain, method: 'get', path: '/read', limit: 'browse' }, () => ({ status: 200, body: 'fine' })),
      route({ ...plain, method: 'post', path: '/write', limit: 'write' }, () => ({ status: 200, body: 'fine' })),
      route({ ...plain, method: 'get', path: '/free' }, () => ({ status: 200, body: 'fine' })),
    ],
  });
});
test.after.each(async ({ server }) => server.close());

const read = (server: TestServer, address: string): Promise<Response> =>
  fetch(`${server.origin}/read`, { headers: { 'X-Forwarded-For': address } });

test('beyond the limit a network is told how long to wait', async ({ server }) => {
  await read(server, '198.51.100.7');
  assert.is((await read(server, '198.51.100.7')).status, 200);
  const refused = await read(server, '198.51.100.7');
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  const error = await errorOf(refused);
  assert.equal([error.status, error.errcode], [429, 'M_LIMIT_EXCEEDED']);
  assert.ok((error.retry_after_ms ?? 0) > 50_000);
});

test('a neighbour in the same network counts along, another network does not', async ({ server }) => {
  await read(server, '198.51.100.7');
  await read(server, '198.51.100.8');
  assert.is((await read(server, '198.51.100.9')).status, 429);
  assert.is((await read(server, '203.0.113.1')).status, 200);
});

test('what a caller puts before the address that our proxy saw is not believed', async ({ server }) => {
  await read(server, '1.1.1.1, 198.51.100.7');
  await read(server, '2.2.2.2, 198.51.100.7');
  assert.is((await read(server, '3.3.3.3, 198.51.100.7')).status, 429);
});

test('writing is counted per token, whatever the network', async ({ server }) => {
  const write = (token: string): Promise<Response> =>
    fetch(`${server.origin}/write`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  await write('token-of-one');
  await write('token-of-one');
  assert.is((await write('token-of-one')).status, 429);
  assert.is((await write('token-of-another')).status, 200);
});

test('a route without a limit is not counted', async ({ server }) => {
  for (let i = 0; i < 5; i += 1) assert.is((await fetch(`${server.origin}/free`)).status, 200);
});

test('addresses are cut to /24 and /48 before anything is kept', () => {
  assert.is(truncateAddress('198.51.100.7'), '198.51.100.0/24');
  assert.is(truncateAddress('::ffff:198.51.100.7'), '198.51.100.0/24');
  assert.is(truncateAddress('2001:db8:1:2:3:4:5:6'), '2001:db8:1::/48');
  assert.is(truncateAddress('2001:DB8:0001::1'), '2001:db8:1::/48');
  assert.is(truncateAddress('::1'), '0:0:0::/48');
  assert.is(truncateAddress('fe80::1%eth0'), 'fe80:0:0::/48');
  assert.is(truncateAddress('nonsense'), 'unknown');
});

test.run();
