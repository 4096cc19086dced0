import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EventStream, EventStreams } from '../../appservice/http/event-stream.ts';
import { route, TAKEN_OVER, type Route } from '../../appservice/http/route.ts';
import { startServer, type TestServer } from './http-fixture.ts';

type Fixture = { server: TestServer; opened: EventStream[]; closed: number };

const test = suite<Fixture>('event streams');

function streamRoute(streams: () => EventStreams, fixture: Fixture): Route {
  return route(
    { method: 'get', path: '/stream', summary: 'A stream.', auth: 'none', responses: { 200: { description: 'Events.' } } },
    ({ context }) => {
      fixture.opened.push(
        streams().open(context, () => {
          fixture.closed += 1;
        }),
      );
      return TAKEN_OVER;
    },
  );
}

/** Comment lines far apart: only a test about them meets any. */
const QUIET_MS = 60_000;

async function start(fixture: Fixture, keepAliveMs: number): Promise<void> {
  const routes = [streamRoute(() => fixture.server.streams, fixture)];
  fixture.server = await startServer({ routes, streamOptions: { keepAliveMs } });
}

async function restartWithComments(fixture: Fixture): Promise<void> {
  await fixture.server.close();
  await start(fixture, 40);
}

test.before.each(async (fixture) => {
  fixture.opened = [];
  fixture.closed = 0;
  await start(fixture, QUIET_MS);
});
test.after.each(async (fixture) => {
  await fixture.server.close();
  await eventually(() => fixture.closed === fixture.opened.length);
});

async function eventually(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !condition() && Date.now() < deadline;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(condition(), `not within 10 s: ${condition.toString()}`);
}

async function readUntil(response: Response, end: string): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(end)) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    text += part.value;
  }
  await reader?.cancel();
  return text;
}

async function rawReader(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
  return socket;
}

test('an event has its id, its kind and its data on one line', async ({ server, opened }) => {
  const response = await fetch(`${server.origin}/stream`);
  opened[0]?.send({ id: 7, event: 'message', data: { text: 'two\nlines' } });
  opened[0]?.send({ event: 'typing', data: true });
  const text = await readUntil(response, 'data: true\n\n');
  assert.match(text, 'id: 7\nevent: message\ndata: {"text":"two\\nlines"}\n\n');
  assert.match(text, '\n\nevent: typing\ndata: true\n\n');
});

test('a stream is kept by no cache and collected by no proxy', async ({ server }) => {
  const response = await fetch(`${server.origin}/stream`);
  assert.is(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.is(response.headers.get('cache-control'), 'no-store');
  assert.is(response.headers.get('x-accel-buffering'), 'no');
  await response.body?.cancel();
});

test('a quiet stream gets comment lines and nothing else', async (fixture) => {
  await restartWithComments(fixture);
  const response = await fetch(`${fixture.server.origin}/stream`);
  // A busy machine reads several of them at once.
  assert.match(await readUntil(response, ':\n\n:\n\n:\n\n'), /^(:\n\n){3,}$/);
});

test('a reader that leaves is noticed once, and sending to it does nothing', async (fixture) => {
  const response = await fetch(`${fixture.server.origin}/stream`);
  assert.is(fixture.server.streams.count(), 1);
  assert.match(await fixture.server.metrics.text(), 'smoope_streams_open 1');
  await response.body?.cancel();
  await eventually(() => fixture.server.streams.count() === 0);
  fixture.opened[0]?.send({ event: 'message', data: 'late' });
  fixture.opened[0]?.close();
  assert.is(fixture.closed, 1);
  assert.match(await fixture.server.metrics.text(), 'smoope_streams_open 0');
});

test('a stream closed by us ends for its reader', async (fixture) => {
  const response = await fetch(`${fixture.server.origin}/stream`);
  fixture.opened[0]?.close();
  assert.is(await response.text(), ':\n\n');
  await eventually(() => fixture.closed === 1);
});

test('a reader that does not read is dropped before it costs memory', async (fixture) => {
  const socket = await rawReader(fixture.server.port);
  await eventually(() => fixture.opened.length === 1);
  socket.pause();
  const data = 'x'.repeat(32 * 1024);
  for (let i = 0; i < 2000 && fixture.closed === 0; i += 1) {
    fixture.opened[0]?.send({ event: 'message', data });
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await eventually(() => fixture.closed === 1);
  socket.destroy();
});

test('what is written after the end is dropped, also while an unread rest waits', async (fixture) => {
  const faults: unknown[] = [];
  const note = (fault: unknown): void => void faults.push(fault);
  process.on('uncaughtException', note);
  try {
    await restartWithComments(fixture);
    const socket = await rawReader(fixture.server.port);
    await eventually(() => fixture.opened.length === 1);
    socket.pause();
    const [stream] = fixture.opened;
    for (let i = 0; i < 2000 && fixture.server.streams.count() === 1; i += 1) {
      stream?.send({ event: 'message', data: 'x'.repeat(4 * 1024) });
      if (i === 200) stream?.close();
    }
    assert.is(fixture.server.streams.count(), 0);
    stream?.send({ event: 'message', data: 'late' });
    stream?.close();
    // The next comment line must not be written either: a stream that began later has had one by then.
    await readUntil(await fetch(`${fixture.server.origin}/stream`), ':\n\n:\n\n');
    assert.equal(faults, []);
    socket.destroy();
    await eventually(() => fixture.closed === 2);
  } finally {
    process.off('uncaughtException', note);
  }
});

test('a sender can wait until the reader has taken what was sent', async (fixture) => {
  const response = await fetch(`${fixture.server.origin}/stream`);
  await eventually(() => fixture.opened.length === 1);
  const [stream] = fixture.opened;
  const send = async (): Promise<void> => {
    // Far more than may wait at once.
    for (let i = 0; i < 400; i += 1) {
      stream?.send({ event: 'message', data: `${i} ${'x'.repeat(1024)}` });
      await stream?.drained();
    }
    stream?.send({ event: 'message', data: 'the last' });
  };
  const [text] = await Promise.all([readUntil(response, 'the last'), send()]);
  assert.is(text.match(/^event: message$/gm)?.length, 401);
  await eventually(() => fixture.closed === 1);
  await stream?.drained();
});

test('one slow reader does not hold up another', async (fixture) => {
  const response = await fetch(`${fixture.server.origin}/stream`);
  const slow = await rawReader(fixture.server.port);
  await eventually(() => fixture.opened.length === 2);
  fixture.opened[1]?.send({ event: 'message', data: 'x'.repeat(1024 * 1024 * 8) });
  fixture.opened[0]?.send({ event: 'message', data: 'quick' });
  assert.match(await readUntil(response, 'quick'), 'quick');
  slow.destroy();
});

/** How long the server lets a request finish that does not end by itself. */
const GRACE_MS = 5_000;

test('closing the server ends open streams at once', async (fixture) => {
  const response = await fetch(`${fixture.server.origin}/stream`);
  const begin = performance.now();
  await fixture.server.close();
  assert.ok(performance.now() - begin < GRACE_MS);
  assert.is(await response.text(), ':\n\n');
  assert.is(fixture.closed, 1);
});

test.run();
