import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { route } from '../../appservice/http/route.ts';
import { errorOf, startServer, SESSION, type TestServer } from './http-fixture.ts';

const note = z.strictObject({ text: z.string().min(1).max(20), kind: z.enum(['plain', 'loud']).default('plain') });
const slug = z.object({ slug: z.string().regex(/^[a-z]+$/, 'must be small letters') });

const secretive = { slug: 'acme', internal: 'not declared' };

const routes = [
  route(
    {
      method: 'put',
      path: '/notes/:slug',
      summary: 'Keeps a note.',
      auth: 'none',
      fromAnywhere: 'It is a test.',
      params: slug,
      query: z.object({ times: z.coerce.number().int().min(1).max(3).default(1) }),
      body: note,
      bodyLimit: 200,
      responses: { 201: { description: 'Kept.', schema: z.object({ slug: z.string(), text: z.string(), times: z.number() }) } },
    },
    ({ params, body, query }) => ({ status: 201, body: { slug: params.slug, text: body.text, times: query.times } }),
  ),
  route(
    {
      method: 'get',
      path: '/me',
      summary: 'Who asks.',
      auth: 'visitor',
      responses: { 200: { description: 'You.', schema: z.object({ session: z.string() }) } },
    },
    ({ auth }) => ({ status: 200, body: { session: auth.id } }),
  ),
  route(
    {
      method: 'get',
      path: '/leak',
      summary: 'Hands on too much.',
      auth: 'none',
      responses: { 200: { description: 'Some.', schema: z.object({ slug: z.string() }) } },
    },
    () => ({ status: 200, body: secretive }),
  ),
  route(
    {
      method: 'delete',
      path: '/notes/:slug',
      summary: 'Drops a note.',
      auth: 'none',
      fromAnywhere: 'It is a test.',
      params: slug,
      responses: { 204: { description: 'Gone.' } },
    },
    () => ({
      status: 204,
    }),
  ),
];

const test = suite<{ server: TestServer }>('declared routes');
test.before(async (context) => {
  context.server = await startServer({ routes });
});
test.after(async ({ server }) => server.close());

const put = (
  server: TestServer,
  path: string,
  body: string,
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
): Promise<Response> => fetch(`${server.origin}${path}`, { method: 'PUT', body, headers });

test('a handler gets decoded parameters, query and body with their defaults', async ({ server }) => {
  const response = await put(server, '/notes/acme?times=2', '{"text":"hello"}');
  assert.is(response.status, 201);
  assert.equal(await response.json(), { slug: 'acme', text: 'hello', times: 2 });
});

test('a missing key is named', async ({ server }) => {
  const error = await errorOf(await put(server, '/notes/acme', '{}'));
  assert.is(error.status, 400);
  assert.is(error.errcode, 'M_MISSING_PARAM');
  assert.is(error.field, 'body.text');
});

test('a value out of its list is refused with the list and without the value', async ({ server }) => {
  const error = await errorOf(await put(server, '/notes/acme', '{"text":"a","kind":"Geheimnis"}'));
  assert.is(error.errcode, 'M_INVALID_PARAM');
  assert.is(error.field, 'body.kind');
  assert.match(error.error, /"plain"\|"loud"/);
  assert.not.match(error.error, 'Geheimnis');
});

test('a key nobody declared is refused by its name', async ({ server }) => {
  const error = await errorOf(await put(server, '/notes/acme', '{"text":"a","colour":"red"}'));
  assert.is(error.errcode, 'M_INVALID_PARAM');
  assert.is(error.field, 'body.colour');
});

test('a bad path parameter and a bad query parameter are named', async ({ server }) => {
  const inPath = await errorOf(await put(server, '/notes/ACME', '{"text":"a"}'));
  assert.is(inPath.field, 'params.slug');
  assert.match(inPath.error, 'must be small letters');
  const inQuery = await errorOf(await put(server, '/notes/acme?times=9', '{"text":"a"}'));
  assert.is(inQuery.field, 'query.times');
  assert.match(inQuery.error, '<=3');
});

test('a body that is no object is M_BAD_JSON', async ({ server }) => {
  assert.is((await errorOf(await put(server, '/notes/acme', '[]'))).errcode, 'M_BAD_JSON');
});

test('text that is no JSON, and bytes that are no UTF-8, are M_NOT_JSON', async ({ server }) => {
  assert.is((await errorOf(await put(server, '/notes/acme', '{"text":'))).errcode, 'M_NOT_JSON');
  const bytes = await fetch(`${server.origin}/notes/acme`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: new Uint8Array([0x22, 0xff, 0x22]),
  });
  assert.is((await errorOf(bytes)).errcode, 'M_NOT_JSON');
});

test('a body of another content type is refused, so that no form of another site can post here', async ({ server }) => {
  const error = await errorOf(await put(server, '/notes/acme', '{"text":"a"}', { 'Content-Type': 'text/plain' }));
  assert.is(error.errcode, 'M_NOT_JSON');
});

test('a body beyond the limit of its route is 413, with and without a declared length', async ({ server }) => {
  const long = JSON.stringify({ text: 'x'.repeat(300) });
  assert.is((await errorOf(await put(server, '/notes/acme', long))).errcode, 'M_TOO_LARGE');
  const chunked = await fetch(`${server.origin}/notes/acme`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: new Blob([long]).stream(),
    duplex: 'half',
  } as RequestInit);
  const error = await errorOf(chunked);
  assert.is(error.status, 413);
  assert.match(error.error, '200 bytes');
});

test('the key __proto__ is refused at any depth, also when it is escaped', async ({ server }) => {
  for (const body of ['{"__proto__":{"a":1}}', '{"text":"a","deep":[{"\\u005f_proto__":1}]}']) {
    const error = await errorOf(await put(server, '/notes/acme', body));
    assert.is(error.errcode, 'M_BAD_JSON');
    assert.match(error.error, '__proto__');
  }
});

test('nesting without end is refused as an error of the caller', async ({ server }) => {
  const roomy = await startServer({
    routes: [
      route(
        {
          method: 'post',
          path: '/any',
          summary: 'Takes anything.',
          auth: 'none',
          fromAnywhere: 'It is a test.',
          body: z.unknown(),
          responses: { 204: { description: 'Taken.' } },
        },
        () => ({ status: 204 }),
      ),
    ],
  });
  try {
    const response = await fetch(`${roomy.origin}/any`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '['.repeat(60_000),
    });
    assert.is((await errorOf(response)).status, 400);
    assert.is((await fetch(`${server.origin}/leak`)).status, 200);
  } finally {
    await roomy.close();
  }
});

test('a handler knows who asks', async ({ server }) => {
  const response = await fetch(`${server.origin}/me`, { headers: { Authorization: 'Bearer visitor-token' } });
  assert.equal(await response.json(), { session: SESSION.id });
});

test('without a token the answer is M_MISSING_TOKEN, with a strange one M_UNKNOWN_TOKEN', async ({ server }) => {
  const missing = await fetch(`${server.origin}/me`);
  assert.is(missing.headers.get('www-authenticate'), 'Bearer');
  assert.equal([missing.status, (await errorOf(missing)).errcode], [401, 'M_MISSING_TOKEN']);
  const strange = await errorOf(await fetch(`${server.origin}/me`, { headers: { Authorization: 'Bearer somebody-else' } }));
  assert.equal([strange.status, strange.errcode], [401, 'M_UNKNOWN_TOKEN']);
});

test('a token in the address is not read', async ({ server }) => {
  assert.is((await errorOf(await fetch(`${server.origin}/me?access_token=visitor-token`))).errcode, 'M_MISSING_TOKEN');
});

test('a field that the answer does not declare does not leave', async ({ server }) => {
  assert.equal(await (await fetch(`${server.origin}/leak`)).json(), { slug: 'acme' });
});

test('an answer may have no body', async ({ server }) => {
  const response = await fetch(`${server.origin}/notes/acme`, { method: 'DELETE' });
  assert.equal([response.status, await response.text()], [204, '']);
});

test('a route that changes something for anybody, from a page of any site, says why that does no harm', () => {
  const declare = (more: object) =>
    route({ method: 'post', path: '/x', summary: 'X.', auth: 'none', responses: { 204: { description: 'Fine.' } }, ...more }, () => ({
      status: 204,
    }));
  assert.throws(() => declare({}), /post \/x must be for pages of ours/);
  assert.throws(() => declare({ method: 'delete' }), /delete \/x must be for pages of ours/);
  declare({ fromAnywhere: 'It changes nothing but in this test.' });
  declare({ auth: 'page' });
  declare({ method: 'get' });
});

test.run();
