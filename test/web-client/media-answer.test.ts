import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerMedia, isMediaAddress, mediaHeaders } from '../../web-client/service-worker/media-answer.ts';

const HOME = 'https://matrix.example';
const FILE = `${HOME}/_matrix/client/v1/media/download/matrix.example/abc`;
const session = { homeserverOrigin: HOME, accessToken: 'secret' };

type Asked = { address: string; authorization: string | null; cache: RequestCache | undefined };

function requestOf(address: string, destination: string): Request {
  return Object.defineProperty(new Request(address), 'destination', { value: destination });
}

async function ask(address: string, destination: string, type: string, given: typeof session | undefined = session) {
  const asked: Asked[] = [];
  const answer = await answerMedia(requestOf(address, destination), given, async (input, how) => {
    asked.push({ address: new Request(input).url, authorization: new Headers(how?.headers).get('authorization'), cache: how?.cache });
    return new Response('octets', { headers: { 'content-type': type } });
  });
  return { answer, asked };
}

test('files of a homeserver are known by their address, and nothing else is', () => {
  assert.ok(isMediaAddress(new URL(FILE)));
  assert.ok(isMediaAddress(new URL(`${HOME}/_matrix/client/v1/media/thumbnail/a.example:8448/x-_1?width=1`)));
  for (const path of [
    '/_matrix/client/v3/logout',
    '/_matrix/client/v1/media/config',
    '/_matrix/client/v1/media/download/a/b/c/d',
    '/assets/a.js',
  ])
    assert.not(isMediaAddress(new URL(path, HOME)), path);
});

test('the token goes to the own homeserver, and what comes back is kept by no cache', async () => {
  const { answer, asked } = await ask(FILE, 'image', 'image/png');
  assert.equal(asked, [{ address: FILE, authorization: 'Bearer secret', cache: 'no-store' }]);
  assert.is(answer.headers.get('cache-control'), 'no-store');
  assert.is(await answer.text(), 'octets');
});

test('another server never sees the token, and who is not signed in has none', async () => {
  const elsewhere = await ask(FILE.replace('matrix.example/', 'evil.example/'), 'image', 'image/png');
  assert.is(elsewhere.asked[0]?.authorization, null);
  const port = await ask(FILE.replace(HOME, `${HOME}:8448`), 'image', 'image/png');
  assert.is(port.asked[0]?.authorization, null);
  const nobody = await answerMedia(requestOf(FILE, 'image'), undefined, async (_input, how) => {
    assert.is(new Headers(how?.headers).get('authorization'), null);
    return new Response(null, { status: 401 });
  });
  assert.is(nobody.status, 401);
});

for (const destination of ['script', 'style', 'document', 'iframe', 'object', 'embed', 'worker', 'serviceworker', 'manifest', 'font'])
  test(`a file is never used as ${destination}`, async () => {
    const { answer, asked } = await ask(FILE, destination, 'image/png');
    assert.is(answer.type, 'error');
    assert.equal(asked, []);
  });

for (const type of ['image/svg+xml', 'text/html', 'application/xml', 'application/xhtml+xml', 'text/javascript', 'application/pdf', ''])
  test(`${type === '' ? 'what has no type' : type} is octets to be saved, and no picture`, async () => {
    const headers = mediaHeaders(new Headers({ 'content-type': type }));
    assert.is(headers.get('content-type'), 'application/octet-stream');
    assert.is(headers.get('content-disposition'), 'attachment');
    assert.is(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy') ?? '', 'sandbox');
    assert.is((await ask(FILE, 'image', type)).answer.status, 415);
  });

test('pictures, sound and film of allowed types are shown in place, without parameters that somebody added', () => {
  for (const type of ['image/jpeg', 'image/webp', 'audio/ogg', 'video/mp4']) {
    const headers = mediaHeaders(new Headers({ 'content-type': `${type.toUpperCase()}; charset=utf-7` }));
    assert.equal([headers.get('content-type'), headers.get('content-disposition')], [type, 'inline']);
  }
});

test.run();
