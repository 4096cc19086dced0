import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { staticFiles } from '../../appservice/http/static-files.ts';
import { startServer, type TestServer } from './http-fixture.ts';

const settings = { publicOrigin: 'http://localhost' };
const script = `export const words = '${'many words '.repeat(200)}';`;

const test = suite<{ server: TestServer; folder: string }>('static files');

test.before(async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'smoope-static-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'secrets.json'), '{"token":"never"}');
  writeFileSync(join(site, 'panel-abcd1234.js'), script);
  writeFileSync(join(site, 'panel-abcd1234.js.br'), brotliCompressSync(script));
  writeFileSync(join(site, 'loader-ef567890.js'), script);
  writeFileSync(join(site, 'deep', 'index.html'), '<!doctype html><title>deep</title>');
  writeFileSync(join(site, '.hidden'), 'never');
  context.folder = folder;
  context.server = await startServer({
    before: [
      staticFiles({ prefix: '/assets/', directory: site, headers: 'asset', immutable: true }, settings),
      staticFiles(
        { prefix: '/', directory: site, headers: 'host-script', immutable: false, only: { 'widget.js': 'loader-ef567890.js' } },
        settings,
      ),
      staticFiles(
        { prefix: '/demo/', directory: join(site, 'deep'), headers: 'host-page', immutable: false, hostname: 'demo.localhost' },
        settings,
      ),
    ],
  });
});
test.after(async ({ server, folder }) => {
  await server.close();
  rmSync(folder, { recursive: true });
});

// fetch tidies a path and sets Accept-Encoding by itself; this asks exactly for what it is told.
async function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>();
  const asking = request({ port, host: '127.0.0.1', path, headers }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

test('a hashed file is kept for a year, with type and length', async ({ server }) => {
  const { status, headers, body } = await ask(server.port, '/assets/panel-abcd1234.js');
  assert.is(status, 200);
  assert.is(headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.is(headers['content-type'], 'text/javascript; charset=utf-8');
  assert.is(headers['cross-origin-resource-policy'], 'same-origin');
  assert.is(Number(headers['content-length']), body.length);
  assert.is(body.toString(), script);
});

test('brotli is sent where it was built, gzip otherwise, and nothing packed to who takes neither', async ({ server }) => {
  const both = { 'accept-encoding': 'gzip, deflate, br' };
  const brotli = await ask(server.port, '/assets/panel-abcd1234.js', both);
  assert.is(brotli.headers['content-encoding'], 'br');
  assert.ok(brotli.body.length < script.length / 5);
  const gzip = await ask(server.port, '/assets/loader-ef567890.js', both);
  assert.is(gzip.headers['content-encoding'], 'gzip');
  assert.is(gzip.headers['vary'], 'Accept-Encoding');
  assert.is((await ask(server.port, '/assets/panel-abcd1234.js', { 'accept-encoding': 'deflate' })).headers['content-encoding'], undefined);
});

test('a file without a hash in its name is asked for again each time', async ({ server }) => {
  assert.is((await ask(server.port, '/assets/deep/index.html')).headers['cache-control'], 'no-cache');
});

test('the script for other websites may be loaded from them and is asked for again', async ({ server }) => {
  const first = await ask(server.port, '/widget.js');
  assert.is(first.headers['cross-origin-resource-policy'], 'cross-origin');
  assert.is(first.headers['cache-control'], 'no-cache');
  const again = await ask(server.port, '/widget.js', { 'if-none-match': String(first.headers['etag']) });
  assert.equal([again.status, again.body.length], [304, 0]);
});

test('a mount with chosen files serves nothing else of its folder', async ({ server }) => {
  assert.is((await ask(server.port, '/loader-ef567890.js')).status, 404);
});

test('nothing outside the folder can be reached', async ({ server }) => {
  const paths = [
    '/assets/../secrets.json',
    '/assets/..%2fsecrets.json',
    '/assets/%2e%2e/secrets.json',
    '/assets/deep/../../secrets.json',
    '/assets//etc/passwd',
    '/assets/..\\secrets.json',
    '/assets/%00',
  ];
  for (const path of paths) {
    const { status, body } = await ask(server.port, path);
    assert.is(status, 404, path);
    assert.not.match(body.toString(), 'never');
  }
});

test('hidden files and packed copies are no files of their own', async ({ server }) => {
  assert.is((await ask(server.port, '/assets/.hidden')).status, 404);
  assert.is((await ask(server.port, '/assets/panel-abcd1234.js.br')).status, 404);
});

test('a folder answers with its index', async ({ server }) => {
  assert.match((await ask(server.port, '/assets/deep/')).body.toString(), 'deep');
});

test('a mount for one host name answers there only', async ({ server }) => {
  assert.is((await ask(server.port, '/demo/', { host: 'demo.localhost' })).status, 200);
  assert.is((await ask(server.port, '/demo/', { host: 'localhost' })).status, 404);
});

test('files are read, not written to', async ({ server }) => {
  assert.is((await fetch(`${server.origin}/assets/panel-abcd1234.js`, { method: 'POST' })).status, 404);
  const head = await fetch(`${server.origin}/assets/panel-abcd1234.js`, { method: 'HEAD' });
  assert.equal([head.status, await head.text()], [200, '']);
});

test('a folder that was not built stops the start with the command that builds it', () => {
  assert.throws(
    () => staticFiles({ prefix: '/x/', directory: '/nowhere/at/all', headers: 'asset', immutable: true }, settings),
    'npm run build',
  );
});

test.run();
