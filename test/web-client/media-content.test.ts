import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fileContentOf } from '../../web-client/files/room-files.ts';
import { mediaContent } from '../../web-client/files/media-content.ts';
import { BARS, barsOf, waveform } from '../../web-client/files/wave.ts';

const parts = { url: 'mxc://server/a', name: 'a.jpg', caption: '' };

test('a message is of the kind that its content is, a caption stands beside the name', () => {
  const info = { mimetype: 'image/jpeg', size: 3, w: 4, h: 5 };
  assert.equal(mediaContent({ ...parts, info }), { msgtype: 'm.image', body: 'a.jpg', filename: 'a.jpg', url: parts.url, info });
  assert.is(mediaContent({ ...parts, info, caption: 'Words' }).body, 'Words');
  for (const [mimetype, msgtype] of [
    ['audio/ogg', 'm.audio'],
    ['video/mp4', 'm.video'],
    ['application/pdf', 'm.file'],
    ['text/plain', 'm.file'],
  ] as const)
    assert.is(mediaContent({ ...parts, info: { mimetype, size: 1 } }).msgtype, msgtype);
});

test('a recording is a voice message as other clients write it, in whatever container', () => {
  const content = mediaContent({
    ...parts,
    info: { mimetype: 'video/webm', size: 1, duration: 1200 },
    voice: { levels: [0, 0.5, 2] },
  });
  assert.is(content.msgtype, 'm.audio');
  assert.equal(content['org.matrix.msc3245.voice'], {});
  assert.equal(content['org.matrix.msc1767.audio'], { duration: 1200, waveform: [0, 512, 1024] });
});

test('a wave of any length becomes as many bars as are drawn, and what is no wave becomes none', () => {
  assert.is(barsOf(waveform(Array.from({ length: 1000 }, () => 0.5)))?.length, BARS);
  assert.is(barsOf([1024])?.at(-1), 1);
  assert.equal(barsOf(['x', Number.NaN, -5, 1e9])?.slice(-1), [1]);
  for (const none of [undefined, [], 'wave', {}]) assert.is(barsOf(none), undefined);
});

test('files and stickers are shown as files, words are not', () => {
  assert.is(fileContentOf('m.room.message', { msgtype: 'm.text', body: 'a' }), undefined);
  assert.is(fileContentOf('m.room.message', { msgtype: 'm.video', url: 'x' })?.['url'], 'x');
  assert.is(fileContentOf('m.sticker', { url: 'x' })?.['msgtype'], 'm.image');
});

test.run();
