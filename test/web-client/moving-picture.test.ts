import sharp from 'sharp';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { animation } from '../media/sample-files.ts';
import { isMovingWebp, plainGif, plainWebp } from '../../web-client/files/moving-picture.ts';

const framesOf = async (bytes: Uint8Array): Promise<number | undefined> => (await sharp(bytes, { animated: true }).metadata()).pages;

/** A GIF with a comment and what a program wrote, put before its end. */
function talkative(gif: Buffer): Buffer {
  const words = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), words('kanari place'), Buffer.from([0])]);
  const program = Buffer.concat([Buffer.from([0x21, 0xff]), words('XMP DataXMP'), words('kanari device'), Buffer.from([0])]);
  return Buffer.concat([gif.subarray(0, -1), comment, program, gif.subarray(-1)]);
}

test('a GIF loses its comments and what programs wrote, and still moves', async () => {
  const given = talkative(await animation('gif'));
  const plain = plainGif(given);
  assert.ok(plain);
  assert.is(Buffer.from(plain).includes('kanari'), false);
  assert.is(await framesOf(plain), 3);
  assert.is(Buffer.from(plain).includes('NETSCAPE2.0'), given.includes('NETSCAPE2.0'));
});

test('a moving WebP loses what a camera wrote, and still moves', async () => {
  const given = await sharp(await animation('webp'), { animated: true })
    .withExif({ IFD0: { Make: 'KanariPhone' } })
    .webp()
    .toBuffer();
  assert.ok(given.includes('KanariPhone'));
  assert.ok(isMovingWebp(given));
  const plain = plainWebp(given);
  assert.ok(plain);
  assert.is(Buffer.from(plain).includes('KanariPhone'), false);
  assert.is((await sharp(plain).metadata()).exif, undefined);
  assert.is(await framesOf(plain), 3);
});

test('a picture that does not move is none of these', async () => {
  const still = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .webp()
    .toBuffer();
  assert.is(isMovingWebp(still), false);
});

test('what is cut off or something else is not taken apart', async () => {
  const gif = await animation('gif');
  const webp = await animation('webp');
  assert.is(plainGif(gif.subarray(0, -1)), undefined);
  assert.is(plainGif(webp), undefined);
  assert.is(plainWebp(webp.subarray(0, -3)), undefined);
  assert.is(plainWebp(gif), undefined);
});

test.run();
