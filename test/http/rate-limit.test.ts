import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRateLimit, RATE_LIMITS, truncateAddress, type LimitRule } from '../../appservice/http/rate-limit.ts';
import { route } from '../../appservice/http/route.ts';
import { bearerToken, type AuthTypes } from '../../appservice/http/auth.ts';
import type { CompanyId, DeviceId, PersonId, UserId } from '../../appservice/ids.ts';
import { authenticators, errorOf, SESSION, startServer, type TestServer } from './http-fixture.ts';

const few: LimitRule = { points: 2, seconds: 60, per: 'network' };
const rules = {
  ...RATE_LIMITS,
  browse: [few],
  prove: [few, { points: 3, seconds: 60, per: 'service' }],
  write: [
    { ...few, per: 'person' },
    { ...few, points: 3, per: 'company' },
  ],
} as const;

/** Sessions by token: two of one person, others of other people and companies. */
const sessionOf = (person: string, company: string): AuthTypes['visitor'] => ({
  ...SESSION,
  companyId: company as CompanyId,
  visitor: { personId: person as PersonId, userId: '@visitor' as UserId, deviceId: 'D' as DeviceId },
});
const sessions: Readonly<Record<string, AuthTypes['visitor']>> = {
  'lena-phone': sessionOf('lena', 'acme'),
  'lena-desk': sessionOf('lena', 'acme'),
  'otto-desk': sessionOf('otto', 'acme'),
  'ines-desk': sessionOf('ines', 'other'),
};
const plain = { summary: 'A limited route.', auth: 'none', responses: { 200: { description: 'Fine.' } } } as const;

const test = suite<{ server: TestServer }>('rate limits');
test.before.each(async (context) => {
  context.server = await startServer({
    trustProxy: true,
    authenticators: { ...authenticators, visitor: async (request) => sessions[bearerToken(request)] ?? SESSION },
    rateLimit: createRateLimit({ hashKey: 'a key of the tests', rules }),
    routes: [
      route({ ...plain, method: 'get', path: '/read', limit: 'browse' }, () => ({ status: 200, body: 'fine' })),
      route({ ...plain, auth: 'visitor', method: 'post', path: '/write', limit: 'write' }, () => ({ status: 200, body: 'fine' })),
      route({ ...plain, method: 'get', path: '/prove', limit: 'prove' }, () => ({ status: 200, body: 'fine' })),
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

const write = (server: TestServer, token: string): Promise<Response> =>
  fetch(`${server.origin}/write`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });

test('writing is counted per person: a second session has no budget of its own', async ({ server }) => {
  await write(server, 'lena-phone');
  await write(server, 'lena-phone');
  assert.is((await write(server, 'lena-desk')).status, 429);
  assert.is((await write(server, 'otto-desk')).status, 200);
});

test('writing is counted per company: a flood of many people leaves other companies alone', async ({ server }) => {
  for (const token of ['lena-phone', 'lena-desk', 'otto-desk']) assert.is((await write(server, token)).status, 200);
  const refused = await write(server, 'otto-desk');
  assert.is(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  assert.is((await write(server, 'ines-desk')).status, 200);
});

const prove = (server: TestServer, address: string): Promise<Response> =>
  fetch(`${server.origin}/prove`, { headers: { 'X-Forwarded-For': address } });

test('a flood from one network takes nothing of what the whole service may do beyond that network’s own limit', async ({ server }) => {
  const statuses = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await prove(server, '198.51.100.7')).status);
  assert.equal(statuses, [200, 200, 429, 429, 429, 429]);
  assert.is((await prove(server, '203.0.113.1')).status, 200);
});

test('a flood from very many networks is refused when the share of the whole service is used, and told when to come again', async ({
  server,
}) => {
  for (let i = 1; i <= 3; i += 1) assert.is((await prove(server, `198.51.${i}.7`)).status, 200);
  const refused = await prove(server, '198.51.4.7');
  assert.is(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  assert.is((await read(server, '198.51.4.7')).status, 200, 'other things are not held up');
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
