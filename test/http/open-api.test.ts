import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { openApiRoutes } from '../../appservice/http/open-api.ts';
import { route } from '../../appservice/http/route.ts';
import { startServer, type TestServer } from './http-fixture.ts';

const company = z.object({ slug: z.string().describe('Short name <b>for ever</b>.') }).meta({ id: 'Company' });

const routes = [
  route(
    {
      method: 'patch',
      path: '/api/v1/companies/:slug',
      summary: 'Renames a company.',
      auth: 'operator',
      params: z.object({ slug: z.string() }),
      query: z.object({ dry: z.coerce.boolean().optional().describe('Only looks.') }),
      body: z.strictObject({ name: z.string().min(1).max(120), members: z.array(z.object({ role: z.enum(['agent', 'admin']) })) }),
      responses: { 200: { description: 'Renamed.', schema: z.object({ company }) } },
    },
    ({ params }) => ({ status: 200, body: { company: { slug: params.slug } } }),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/pictures',
      summary: 'Takes a picture and gives it back.',
      auth: 'operator',
      fileBody: 'The picture as it is, at most <5> octets.',
      responses: { 200: { description: 'The picture.', isFile: true } },
    },
    () => ({ status: 200, body: Buffer.from('x') }),
  ),
  route(
    {
      method: 'get',
      path: '/inside',
      summary: 'Hidden.',
      auth: 'homeserver',
      responses: { 200: { description: 'Nothing.' } },
      hidden: true,
    },
    () => ({ status: 200 }),
  ),
];

type Document = {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      { security?: object[]; parameters: { name: string; in: string }[]; requestBody: object; responses: Record<string, object> }
    >
  >;
  components: { schemas: object; securitySchemes: Record<string, object> };
};

const test = suite<{ server: TestServer; document: Document; html: string }>('API reference');
test.before(async (context) => {
  context.server = await startServer({
    routes: [...routes, ...openApiRoutes(routes, { title: 'Smoope API', version: '1', publicOrigin: 'https://chat.example.de' })],
  });
  context.document = (await (await fetch(`${context.server.origin}/api/v1/openapi.json`)).json()) as Document;
  context.html = await (await fetch(`${context.server.origin}/api/v1/`)).text();
});
test.after(async ({ server }) => server.close());

test('the document is OpenAPI 3.1 and made from the declarations', ({ document }) => {
  assert.match(document.openapi, /^3\.1\./);
  assert.equal(Object.keys(document.paths), ['/api/v1/companies/{slug}', '/api/v1/pictures']);
  const operation = document.paths['/api/v1/companies/{slug}']?.['patch'];
  assert.equal(
    operation?.parameters.map(({ name, in: where }) => [name, where]),
    [
      ['slug', 'path'],
      ['dry', 'query'],
    ],
  );
  assert.match(JSON.stringify(operation?.requestBody), '"maxLength":120');
  assert.equal(operation?.security, [{ operator: [] }]);
});

test('a file is a body of octets, both ways', ({ document, html }) => {
  const operation = document.paths['/api/v1/pictures']?.['post'];
  const octets = { content: { 'application/octet-stream': {} } };
  assert.equal(operation?.requestBody, { required: true, description: 'The picture as it is, at most <5> octets.', ...octets });
  assert.equal(operation?.responses['200'], { description: 'The picture.', ...octets });
  assert.match(html, 'at most &lt;5&gt; octets');
});

test('every answer that is no success is the one error', ({ document }) => {
  const operation = document.paths['/api/v1/companies/{slug}']?.['patch'];
  assert.equal(Object.keys(operation?.responses ?? {}), ['200', 'default']);
  assert.match(JSON.stringify(operation?.responses['default']), '#/components/schemas/Error');
  assert.match(JSON.stringify(document.components.schemas), 'M_LIMIT_EXCEEDED');
});

test('the page shows each route with its fields and what they allow', ({ html }) => {
  assert.match(html, '/api/v1/companies/:slug');
  assert.match(html, '<code>members[].role</code>');
  assert.match(html, '&quot;agent&quot; or &quot;admin&quot;');
  assert.match(html, '<code>company.slug</code>');
  assert.not.match(html, '/inside');
});

test('descriptions are text on the page, not markup', ({ html }) => {
  assert.match(html, '&lt;b&gt;for ever&lt;/b&gt;');
});

test('the page needs no script and nothing from elsewhere', async ({ html, server }) => {
  assert.not.match(html, /<script|style=|https?:\/\//);
  const style = await fetch(`${server.origin}/api/v1/reference.css`);
  assert.equal([style.status, style.headers.get('content-type')], [200, 'text/css; charset=utf-8']);
});

test.run();
