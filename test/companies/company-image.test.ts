import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import { decodeImage, IMAGE_LIMIT, imageType } from '../../appservice/companies/company-image.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const codeOf = (base64: string): string => {
  try {
    decodeImage(base64);
    return 'accepted';
  } catch (error) {
    return error instanceof ApiError ? `${error.code} ${error.field}` : 'other';
  }
};

test('PNG, JPEG and WebP are known by their octets', () => {
  assert.is(imageType(PNG), 'image/png');
  assert.is(imageType(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg');
  assert.is(imageType(Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1')), 'image/webp');
});

test('whatever could carry a script is refused', () => {
  for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', 'GIF89a', '%PDF-1.7', 'RIFF\0\0\0\0WAVE', '']) {
    assert.is(imageType(Buffer.from(text, 'latin1')), undefined, text);
    assert.is(codeOf(Buffer.from(text, 'latin1').toString('base64')), 'M_INVALID_PARAM body.image', text);
  }
});

test('a picture of the limit is taken, one octet more is not', () => {
  const sized = (size: number): string => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]).toString('base64');
  assert.is(codeOf(sized(IMAGE_LIMIT)), 'accepted');
  assert.is(codeOf(sized(IMAGE_LIMIT + 1)), 'M_TOO_LARGE body.image');
});

test.run();
