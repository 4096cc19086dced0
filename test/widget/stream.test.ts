import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Api, ApiFailure, type ApiRequest } from '../../widget/transport/api.ts';
import { createStream, type StreamState } from '../../widget/transport/stream.ts';

type Turn = string | Error;

function follow(turns: readonly Turn[], lastEventId = () => '') {
  const requests: ApiRequest[] = [];
  const messages: string[] = [];
  const states: StreamState[] = [];
  const slept: number[] = [];
  let gone = 0;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const open: Api['open'] = async (request) => {
    requests.push(request);
    const turn = turns[requests.length - 1];
    if (turn === undefined) {
      finish();
      return new Promise(() => {});
    }
    if (turn instanceof Error) throw turn;
    return new Response(turn);
  };
  const stream = createStream({
    api: { open, call: () => Promise.reject(new Error('not used')) },
    token: 'secret',
    lastEventId,
    onMessage: ({ type }) => messages.push(type),
    onState: (state) => states.push(state),
    onGone: () => {
      gone += 1;
      finish();
    },
    pause: { sleep: async (ms) => void slept.push(ms), wake: () => {} },
  });
  return { finished, requests, messages, states, slept, stream, gone: () => gone };
}

const READY = 'event: ready\ndata: {}\n\n';

test('messages are passed on, those with an unknown name are not', async () => {
  const { finished, messages } = follow([`event: typing\ndata: {}\n\nevent: dance\ndata: {}\n\n${READY}`]);
  await finished;
  assert.equal(messages, ['typing', 'ready']);
});

test('the token travels in the request, the place to resume in a header', async () => {
  const { finished, requests } = follow([READY], () => 'a:1,b:2');
  await finished;
  assert.is(requests[0]?.token, 'secret');
  assert.is(requests[0]?.path, '/api/v1/visitor/stream');
  assert.is(requests[0]?.headers?.['last-event-id'], 'a:1,b:2');
});

test('every connection resumes from what is known by then', async () => {
  let seq = 0;
  const { finished, requests } = follow([READY, READY], () => `a:${(seq += 1)}`);
  await finished;
  assert.equal(
    requests.map(({ headers }) => headers?.['last-event-id']),
    ['a:1', 'a:2', 'a:3'],
  );
});

test('a stream is live only once everything missed was sent', async () => {
  const { finished, states } = follow([READY]);
  await finished;
  assert.equal(states, ['connecting', 'live', 'waiting', 'connecting']);
});

test('the wait grows from failure to failure and begins anew after a connection', async () => {
  const { finished, slept } = follow([new ApiFailure(0, ''), new ApiFailure(0, ''), new ApiFailure(0, ''), READY]);
  await finished;
  const [first = 0, , third = 0, afterConnection = 0] = slept;
  assert.ok(third > first * 1.5);
  assert.ok(afterConnection <= 500);
});

test('the wait is as long as the server asks', async () => {
  const { finished, slept } = follow([new ApiFailure(503, '', 45_000)]);
  await finished;
  assert.is(slept[0], 45_000);
});

test('a session that ended ends the stream', async () => {
  const { finished, requests, gone } = follow([new ApiFailure(401, 'M_UNKNOWN_TOKEN'), READY]);
  await finished;
  assert.is(gone(), 1);
  assert.is(requests.length, 1);
});

test('a broken message breaks the connection, not the panel', async () => {
  const { finished, messages } = follow(['event: event\ndata: {oh no\n\n', READY]);
  await finished;
  assert.equal(messages, ['ready']);
});

test('a renewed stream connects again at once', async () => {
  let connections = 0;
  const open: Api['open'] = ({ signal }) =>
    new Promise((_resolve, reject) => {
      connections += 1;
      signal?.addEventListener('abort', () => reject(new ApiFailure(0, '')));
    });
  const stream = createStream({
    api: { open, call: () => Promise.reject(new Error('not used')) },
    token: 'secret',
    lastEventId: () => '',
    onMessage: () => {},
    onState: () => {},
    onGone: () => {},
    pause: { sleep: async () => {}, wake: () => {} },
  });
  stream.renew();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.is(connections, 2);
  stream.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.is(connections, 2);
});

test('a closed stream says nothing more', async () => {
  const { stream, states, finished } = follow([]);
  await finished;
  stream.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(states, ['connecting']);
});

test.run();
