import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MediaContent } from '../../web-client/files/media-content.ts';
import { createUploadQueue, type Outgoing } from '../../web-client/files/upload-queue.ts';

const outgoing = (name: string, more: Partial<Outgoing> = {}): Outgoing => ({
  file: new File(['octets'], name, { type: 'application/pdf' }),
  info: { mimetype: 'application/pdf', size: 6 },
  problem: undefined,
  caption: '',
  ...more,
});

function aServer() {
  const asked: { name: string; resolve: (url: string) => void; reject: (error: Error) => void; signal: AbortSignal }[] = [];
  const sent: MediaContent[] = [];
  const queue = createUploadQueue({
    upload: (file, { signal: { signal }, onProgress }) => {
      onProgress(0.5);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      asked.push({ name: file instanceof File ? file.name : 'poster', resolve, reject, signal });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      return promise;
    },
    onChange: () => undefined,
  });
  const place = { roomId: '!a', send: (content: MediaContent) => void sent.push(content) };
  return { asked, sent, queue, place };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('files go one after the other, and each becomes a message when it is there', async () => {
  const { asked, sent, queue, place } = aServer();
  queue.add([outgoing('a.pdf', { caption: 'Words' }), outgoing('b.pdf')], place);
  await soon();
  assert.equal(
    asked.map(({ name }) => name),
    ['a.pdf'],
  );
  assert.is(queue.uploads()[0]?.share, 0.5);
  asked[0]?.resolve('mxc://server/a');
  await soon();
  assert.equal(
    sent.map(({ body, url }) => [body, url]),
    [['Words', 'mxc://server/a']],
  );
  asked[1]?.resolve('mxc://server/b');
  await soon();
  assert.is(sent[1]?.body, 'b.pdf');
  assert.is(queue.uploads().length, 0);
});

test('what failed stays, holds nothing up, and goes when it is sent again', async () => {
  const { asked, sent, queue, place } = aServer();
  queue.add([outgoing('a.pdf'), outgoing('b.pdf')], place);
  await soon();
  asked[0]?.reject(new Error('no connection'));
  await soon();
  const [failed] = queue.uploads();
  assert.is(failed?.state, 'failed');
  asked[1]?.resolve('mxc://server/b');
  await soon();
  assert.ok(failed);
  queue.again(failed);
  await soon();
  asked[2]?.resolve('mxc://server/a');
  await soon();
  assert.equal(
    sent.map(({ body }) => body),
    ['b.pdf', 'a.pdf'],
  );
});

test('what is cancelled is broken off, and no message is sent', async () => {
  const { asked, sent, queue, place } = aServer();
  queue.add([outgoing('a.pdf')], place);
  await soon();
  const [upload] = queue.uploads();
  assert.ok(upload);
  queue.remove(upload);
  await soon();
  assert.is(asked[0]?.signal.aborted, true);
  assert.equal([queue.uploads().length, sent.length], [0, 0]);
});

test('a film takes a frame of it along', async () => {
  const { asked, sent, queue, place } = aServer();
  queue.add([outgoing('a.mp4', { poster: { blob: new Blob(['x'], { type: 'image/jpeg' }), w: 4, h: 3 } })], place);
  asked[0]?.resolve('mxc://server/poster');
  await soon();
  asked[1]?.resolve('mxc://server/film');
  await soon();
  const { thumbnail_url: url, thumbnail_info: info } = Object(sent[0]?.['info']) as Record<string, unknown>;
  assert.equal([url, info], ['mxc://server/poster', { mimetype: 'image/jpeg', size: 1, w: 4, h: 3 }]);
});

test.run();
