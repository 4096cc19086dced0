import { connect } from 'node:net';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { ApiError } from '../../appservice/errors.ts';
import { route } from '../../appservice/http/route.ts';
import { errorOf, startServer, type TestServer } from './http-fixture.ts';

const plain = { summary: 'A route of the test.', auth: 'none', responses: { 200: { description: 'Fine.' } } } as const;

let letGo: () => void = () => undefined;

const routes = [
  route({ ...plain, method: 'get', path: '/fine' }, () => ({ status: 200, body: 'fine' })),
  route({ ...plain, method: 'get', path: '/fault' }, () => {
    throw new Error('duplicate key (email)=(erika@example.de)', {
      cause: Object.assign(new TypeError('token syt_abcdefghijkl'), { code: '23505' }),
    });
  }),
  route({ ...plain, method: 'get', path: '/away' }, () => {
    throw new ApiError('COM_SMOOPE_HOMESERVER_UNAVAILABLE', 'The message service is away; your message is kept.', { retryAfterMs: 2500 });
  }),
  route({ ...plain, method: 'get', path: '/people/:name', params: z.object({ name: z.string() }) }, () => ({
    status: 200,
    body: 'somebody',
  })),
  route({ ...plain, method: 'post', path: '/body', body: z.unknown(), fromAnywhere: 'It is a test.' }, () => ({
    status: 200,
    body: 'read',
  })),
  route({ ...plain, method: 'get', path: '/slow' }, async () => {
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    return { status: 200, body: 'late but whole' };
  }),
];

const assertRejects = async (promise: Promise<unknown>): Promise<void> => {
  let refused = false;
  await promise.catch(() => {
    refused = true;
  });
  assert.ok(refused);
};

const test = suite<{ server: TestServer }>('HTTP server');
test.before.each(async (context) => {
  context.server = await startServer({ routes });
});
test.after.each(async ({ server }) => server.close());

test('a fault of ours is a fixed sentence with the request id, and the log has cause without messages', async ({ server }) => {
  const response = await fetch(`${server.origin}/fault`);
  const error = await errorOf(response);
  assert.is(error.status, 500);
  assert.is(error.errcode, 'M_UNKNOWN');
  assert.is(error.request_id, response.headers.get('x-request-id') ?? undefined);
  assert.not.match(JSON.stringify(error), 'erika');
  const line = server.lines.find(({ event }) => event === 'http_failed');
  assert.is(line?.level, 'error');
  assert.is(line?.['requestId'], error.request_id);
  const written = JSON.stringify(line);
  assert.match(written, '"name":"TypeError"');
  assert.match(written, '"code":"23505"');
  assert.match(written, 'server.test.ts');
  assert.not.match(written, 'erika');
  assert.not.match(written, 'syt_');
});

test('an unavailable part speaks for itself and says when to come back', async ({ server }) => {
  const response = await fetch(`${server.origin}/away`);
  assert.is(response.headers.get('retry-after'), '3');
  const error = await errorOf(response);
  assert.is(error.status, 503);
  assert.is(error.errcode, 'COM_SMOOPE_HOMESERVER_UNAVAILABLE');
  assert.is(error.retry_after_ms, 2500);
  assert.match(error.error, 'is kept');
});

test('an unknown path is 404 and a wrong method 405, both M_UNRECOGNIZED', async ({ server }) => {
  const path = await errorOf(await fetch(`${server.origin}/nowhere`));
  assert.equal([path.status, path.errcode], [404, 'M_UNRECOGNIZED']);
  const method = await errorOf(await fetch(`${server.origin}/fine`, { method: 'PATCH' }));
  assert.equal([method.status, method.errcode], [405, 'M_UNRECOGNIZED']);
  const strange = await errorOf(await fetch(`${server.origin}/nowhere`, { method: 'PROPFIND' }));
  assert.is(strange.errcode, 'M_UNRECOGNIZED');
});

test('a path with bytes that are no UTF-8 is no fault of ours', async ({ server }) => {
  assert.ok((await fetch(`${server.origin}/people/%ff`)).status < 500);
  assert.ok((await fetch(`${server.origin}/%ff`)).status < 500);
});

test('the request id of a proxy is kept when it is well formed; any other, and one of the caller, is replaced', async ({ server }) => {
  const idOf = async (origin: string, given: string): Promise<string> =>
    (await fetch(`${origin}/fine`, { headers: { 'X-Request-Id': given } })).headers.get('x-request-id') ?? '';
  const proxied = await startServer({ routes, trustProxy: true });
  try {
    assert.is(await idOf(proxied.origin, 'proxy-12345678'), 'proxy-12345678');
    assert.match(await idOf(proxied.origin, '<script>'), /^[0-9a-f]{18}$/);
  } finally {
    await proxied.close();
  }
  assert.match(await idOf(server.origin, 'proxy-12345678'), /^[0-9a-f]{18}$/);
});

test('the access log names the template of a route, never its path or query', async ({ server }) => {
  await fetch(`${server.origin}/people/erika?phone=491701234567`);
  await fetch(`${server.origin}/nowhere/erika`);
  const lines = server.lines.filter(({ event }) => event === 'http_request');
  assert.equal(
    lines.map((line) => [line['route'], line['status'], line['method']]),
    [
      ['/people/:name', 200, 'GET'],
      ['unmatched', 404, 'GET'],
    ],
  );
  assert.not.match(JSON.stringify(server.lines), /erika|4917/);
});

test('every answer, an error too, has the security headers and is kept by nobody', async ({ server }) => {
  for (const path of ['/fine', '/fault', '/nowhere']) {
    const { headers } = await fetch(`${server.origin}${path}`);
    assert.is(headers.get('x-content-type-options'), 'nosniff');
    assert.is(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('content-security-policy') ?? '', "default-src 'none'");
  }
});

test('a caller that breaks off while sending is no fault of ours', async ({ server }) => {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":');
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  for (let i = 0; i < 40 && !server.lines.some(({ event }) => event === 'http_client_gone'); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.ok(server.lines.some(({ event }) => event === 'http_client_gone'));
  assert.not.ok(server.lines.some(({ level }) => level === 'error'));
});

test('closing lets a running request finish and takes no new one', async () => {
  const server = await startServer({ routes });
  const running = fetch(`${server.origin}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closing = server.close();
  await assertRejects(fetch(`${server.origin}/fine`));
  letGo();
  assert.is(await (await running).text(), 'late but whole');
  await closing;
});

test.run();
