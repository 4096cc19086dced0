import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiFailure, createApi, isPassing, isSessionGone } from '../../widget/transport/api.ts';
import { anApi, type Reply } from './session-fixture.ts';

async function failureOf(reply: Reply): Promise<ApiFailure> {
  const error = await anApi(() => reply)
    .api.call({ path: '/x' })
    .catch((cause: unknown) => cause);
  assert.instance(error, ApiFailure);
  return error as ApiFailure;
}

test('an error carries the code of the server and the wait it asks for', async () => {
  const { status, errcode, retryAfterMs } = await failureOf([429, { errcode: 'M_LIMIT_EXCEEDED', error: 'slow' }, { 'retry-after': '7' }]);
  assert.equal([status, errcode, retryAfterMs], [429, 'M_LIMIT_EXCEEDED', 7000]);
});

test('an error page of a proxy is an error without a code', async () => {
  const error = await createApi(async () => new Response('<html>', { status: 502 }))
    .call({ path: '/x' })
    .catch((cause: unknown) => cause as ApiFailure);
  assert.equal([(error as ApiFailure).status, (error as ApiFailure).errcode, (error as ApiFailure).retryAfterMs], [502, '', undefined]);
});

test('an answer that breaks off is like none', async () => {
  const error = await createApi(async () => new Response('{"a":'))
    .call({ path: '/x' })
    .catch((cause: unknown) => cause as ApiFailure);
  assert.is((error as ApiFailure).status, 0);
});

test('what may pass is told from what will not', async () => {
  for (const reply of ['no answer', [408], [429], [500], [503]] as const) assert.ok(isPassing(await failureOf(reply)), String(reply));
  for (const reply of [[400], [401], [403], [404], [413]] as const) assert.not.ok(isPassing(await failureOf(reply)), String(reply));
  assert.not.ok(isPassing(new Error('a fault of our own')));
});

test('a session has ended only when the server says so', async () => {
  assert.ok(isSessionGone(await failureOf([401])));
  assert.not.ok(isSessionGone(await failureOf('no answer')));
});

test('cookies of our origin are never sent along', async () => {
  let credentials: RequestCredentials | undefined;
  await createApi(async (_input, init) => {
    credentials = init?.credentials;
    return new Response(null, { status: 200 });
  }).call({ path: '/x' });
  assert.is(credentials, 'omit');
});

test.run();
