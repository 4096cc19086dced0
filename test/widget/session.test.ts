import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiFailure } from '../../widget/transport/api.ts';
import { createSession } from '../../widget/transport/session.ts';
import { anApi, aStore, FakeStorage, type Asked, type Reply } from './session-fixture.ts';

const settings = { company: { slug: 'acme' }, locale: 'de', channel: 'widget', ticket: 'first-ticket' } as const;
const USED: Reply = [403, { errcode: 'COM_SMOOPE_TICKET_USED', error: 'used' }];
const GONE: Reply = [401, { errcode: 'M_UNKNOWN_TOKEN', error: 'gone' }];

function setUp(answer: (asked: Asked) => Reply, storage = new FakeStorage(), changes: Partial<typeof settings> | { ticket: null } = {}) {
  const { api, asked } = anApi(answer);
  const store = aStore(storage);
  return { session: createSession({ api, store, settings: { ...settings, ...changes } }), asked, store, api };
}

const opens = ({ path, body }: Asked): Reply => {
  if (path === '/api/v1/visitor/sessions') return [200, { token: `token of ${(body as { ticket: string }).ticket}`, expiresAt: 1 }];
  return [200, { ticket: 'fresh-ticket' }];
};
const failure = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined).catch((error: unknown) => error);

test('there is no session before it is used', () => {
  const { session, asked } = setUp(opens);
  assert.is(session.token(), undefined);
  assert.is(asked.length, 0);
});

test('the first use spends the ticket of the page', async () => {
  const { session, asked } = setUp(opens);
  assert.is(await session.use(async (token) => token), 'token of first-ticket');
  assert.equal(asked[0]?.body, { ticket: 'first-ticket', locale: 'de' });
});

test('two first uses at once open one session', async () => {
  const { session, asked } = setUp(opens);
  await Promise.all([session.use(async (token) => token), session.use(async (token) => token)]);
  assert.is(asked.length, 1);
});

test('a used ticket is replaced by a fresh one, once', async () => {
  const { session, asked } = setUp((request) =>
    (request.body as { ticket?: string } | undefined)?.ticket === 'first-ticket' ? USED : opens(request),
  );
  assert.is(await session.use(async (token) => token), 'token of fresh-ticket');
  assert.equal(
    asked.map(({ path }) => path),
    ['/api/v1/visitor/sessions', '/widget/acme?channel=widget&locale=de', '/api/v1/visitor/sessions'],
  );
  assert.is(asked[1]?.headers.get('accept'), 'application/json');
});

test('a server that takes no ticket is not asked for ever', async () => {
  const { session, asked } = setUp((request) => (request.method === 'POST' ? USED : opens(request)));
  const error = await failure(session.use(async (token) => token));
  assert.instance(error, ApiFailure);
  assert.is(asked.filter(({ method }) => method === 'POST').length, 2);
});

test('a company that is not open any more gives no ticket', async () => {
  const { session } = setUp(() => [200, { ticket: null }], new FakeStorage(), { ticket: null });
  assert.is(((await failure(session.use(async (token) => token))) as ApiFailure).errcode, 'COM_SMOOPE_COMPANY_NOT_OPEN');
});

test('a session that ended is forgotten and replaced, once', async () => {
  const storage = new FakeStorage();
  aStore(storage).update(() => ({ token: 'old' }));
  const { session, api } = setUp(
    (request) => (request.path === '/use' ? (request.token === 'Bearer old' ? GONE : [200, 'done']) : opens(request)),
    storage,
  );
  assert.is(await session.use((token) => api.call({ path: '/use', token })), 'done');
  assert.is(session.token(), 'token of first-ticket');
});

test('a server that knows no token at all is not asked for ever', async () => {
  const { session, api, asked } = setUp((request) => (request.path === '/use' ? GONE : opens(request)));
  const error = await failure(session.use((token) => api.call({ path: '/use', token })));
  assert.is((error as ApiFailure).status, 401);
  assert.is(asked.filter(({ path }) => path === '/use').length, 2);
});

test('other refusals leave the session as it is', async () => {
  const { session, api } = setUp((request) => (request.path === '/use' ? [503] : opens(request)));
  assert.is(((await failure(session.use((token) => api.call({ path: '/use', token })))) as ApiFailure).status, 503);
  assert.is(session.token(), 'token of first-ticket');
});

test('a session that another tab opened meanwhile is taken up', async () => {
  const storage = new FakeStorage();
  const { session } = setUp((request) => {
    aStore(storage).update(() => ({ token: 'of the other tab' }));
    return opens(request);
  }, storage);
  assert.is(await session.use(async (token) => token), 'of the other tab');
});

test('only the present session can be forgotten', () => {
  const { session, store } = setUp(opens);
  store.update(() => ({ token: 'present' }));
  session.forget('earlier');
  assert.is(session.token(), 'present');
});

test('the token is sent in a header and in no address', async () => {
  const { session, api, asked } = setUp((request) => (request.path === '/use' ? [200, {}] : opens(request)));
  await session.use((token) => api.call({ path: '/use', token }));
  assert.is(asked.at(-1)?.token, 'Bearer token of first-ticket');
  assert.not.ok(asked.some(({ path }) => path.includes('token of')));
});

test.run();
