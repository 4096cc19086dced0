import { test } from 'uvu';
import * as assert from 'uvu/assert';
import sharp from 'sharp';
import { ApiError } from '../../appservice/errors.ts';
import { isPicture, renewPicture } from '../../appservice/media/picture.ts';
import { animation, gifWithPage, photo, picture, pngBomb } from './sample-files.ts';

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof ApiError ? error.code : 'another error';
  }
  return 'accepted';
}

test('a photo loses place, device and every other metadata, and stands upright', async () => {
  const before = await photo();
  const { exif, orientation } = await sharp(before).metadata();
  assert.ok(exif !== undefined && before.includes('KanariPhone') && orientation === 6, 'the sample holds what must go');
  const renewed = await renewPicture(before, 'image/jpeg');
  const after = await sharp(renewed.bytes).metadata();
  assert.equal([after.exif, after.iptc, after.xmp, after.orientation], [undefined, undefined, undefined, undefined]);
  assert.equal([after.width, after.height, renewed.width, renewed.height, renewed.type], [40, 60, 40, 60, 'image/jpeg']);
  assert.not.ok(renewed.bytes.includes('KanariPhone') || renewed.bytes.includes('Exif'));
});

test('what is hidden behind or inside a picture is not in the new one', async () => {
  const { bytes, type } = await renewPicture(await gifWithPage(), 'image/gif');
  assert.is(type, 'image/gif');
  assert.not.ok(bytes.includes('<html') || bytes.includes('script'));
  const xmp =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">kanari</rdf:RDF></x:xmpmeta>';
  const commented = await sharp(await photo())
    .withXmp(xmp)
    .jpeg()
    .toBuffer();
  assert.ok(commented.includes('kanari'), 'the sample holds what must go');
  assert.not.ok((await renewPicture(commented, 'image/jpeg')).bytes.includes('kanari'));
});

test('each format stays what it is, but AVIF, which becomes WebP', async () => {
  for (const format of ['png', 'webp', 'gif'] as const) {
    const renewed = await renewPicture(await picture(format), `image/${format}`);
    assert.equal([renewed.type, (await sharp(renewed.bytes).metadata()).format], [`image/${format}`, format]);
  }
  const renewed = await renewPicture(await picture('avif'), 'image/avif');
  assert.equal([renewed.type, (await sharp(renewed.bytes).metadata()).format], ['image/webp', 'webp']);
});

test('an animation goes on moving, and says the size of one frame', async () => {
  for (const format of ['gif', 'webp'] as const) {
    const renewed = await renewPicture(await animation(format), `image/${format}`);
    assert.equal([(await sharp(renewed.bytes).metadata()).pages, renewed.width, renewed.height], [3, 16, 16], format);
  }
});

test('a few kilobytes with endless pixels are refused, quickly', async () => {
  const bomb = pngBomb(20_000);
  assert.ok(bomb.length < 100_000);
  const begin = performance.now();
  assert.is(await refusalOf(renewPicture(bomb, 'image/png')), 'M_TOO_LARGE');
  assert.ok(performance.now() - begin < 2_000);
  assert.is(await refusalOf(renewPicture(pngBomb(5_000), 'image/png')), 'accepted');
});

test('what only begins like a picture is refused', async () => {
  for (const bytes of [Buffer.from('GIF89a<script>'), (await picture('png')).subarray(0, 60), Buffer.from([0xff, 0xd8, 0xff, 0xe0])]) {
    assert.is(await refusalOf(renewPicture(bytes, 'image/png')), 'COM_SMOOPE_MEDIA_TYPE');
  }
});

test('formats whose metadata would stay are no pictures here', () => {
  for (const type of ['image/svg+xml', 'image/tiff', 'image/heic', 'image/bmp', 'text/plain']) assert.is(isPicture(type), false);
});

test.run();
