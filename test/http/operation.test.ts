import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { healthRoutes } from '../../appservice/http/health.ts';
import { createMetrics, metricsRoutes } from '../../appservice/http/metrics.ts';
import { startServer, type TestServer } from './http-fixture.ts';

const TOKEN = 'metrics-token-of-the-tests';
let homeserver: () => Promise<void> = async () => undefined;
const metrics = createMetrics();

const test = suite<{ server: TestServer }>('health and figures');
test.before(async (context) => {
  const checks = { database: async (): Promise<void> => undefined, homeserver: (): Promise<void> => homeserver() };
  context.server = await startServer({ routes: [...healthRoutes(checks), ...metricsRoutes({ metrics, token: TOKEN })] });
});
test.after(async ({ server }) => server.close());

test('the process says that it lives and that it is ready', async ({ server }) => {
  assert.equal(await (await fetch(`${server.origin}/health/live`)).json(), { status: 'ok' });
  const ready = await fetch(`${server.origin}/health/ready`);
  assert.equal([ready.status, await ready.json()], [200, { status: 'ok', checks: { database: 'ok', homeserver: 'ok' } }]);
});

test('a part that fails, or does not answer in time, is named', async ({ server }) => {
  for (const outcome of [() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7')), () => new Promise<void>(() => undefined)]) {
    homeserver = outcome;
    const ready = await fetch(`${server.origin}/health/ready`);
    assert.equal([ready.status, await ready.json()], [503, { status: 'unavailable', checks: { database: 'ok', homeserver: 'failed' } }]);
  }
});

test('figures are for this machine and for who has the token, also behind a proxy', async ({ server }) => {
  assert.is((await fetch(`${server.origin}/metrics`)).status, 200);
  const outside = { 'X-Forwarded-For': '198.51.100.7' };
  const ask = (headers: Record<string, string>): Promise<Response> => fetch(`${server.origin}/metrics`, { headers });
  assert.is((await ask(outside)).status, 401);
  assert.is((await ask({ ...outside, Authorization: 'Bearer somebody-elses-token' })).status, 403);
  assert.is((await ask({ ...outside, Authorization: `Bearer ${TOKEN}` })).status, 200);
});

test('requests, streams, events and the outbox are counted by template and outcome', async ({ server }) => {
  await fetch(`${server.origin}/health/live`);
  await fetch(`${server.origin}/nowhere`);
  const http = await server.metrics.text();
  assert.match(http, /smoope_http_requests_total\{route="\/health\/live",status="2xx"\} \d+/);
  assert.match(http, /smoope_http_requests_total\{route="unmatched",status="4xx"\} 1/);
  assert.match(http, 'smoope_http_request_seconds_bucket');
  metrics.countEvent('set-aside');
  metrics.setOutboxDepth(12);
  const text = await metrics.text();
  assert.match(text, 'smoope_matrix_events_total{outcome="set-aside"} 1');
  assert.match(text, 'smoope_outbox_depth 12');
});

test.run();
