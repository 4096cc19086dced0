import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { animation, photo, picture } from '../media/sample-files.ts';
import { typeOf } from '../../web-client/files/file-type.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const archive = (name: string): Buffer => bytes(`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml${'x'.repeat(300)}${name}`);
const OOXML = 'application/vnd.openxmlformats-officedocument.';

const samples: readonly (readonly [string, Buffer | Promise<Buffer>, string])[] = [
  ['a photo', photo(), 'image/jpeg'],
  ['a PNG', picture('png'), 'image/png'],
  ['a GIF', animation('gif'), 'image/gif'],
  ['a WebP', animation('webp'), 'image/webp'],
  ['an AVIF', picture('avif'), 'image/avif'],
  ['a photo of an iPhone', bytes('\0\0\0\x18ftypheic\0\0\0\0'), 'image/heic'],
  ['sound of an iPhone', bytes('\0\0\0\x18ftypM4A \0\0\0\0'), 'audio/mp4'],
  ['a film', bytes('\0\0\0\x18ftypisom\0\0\0\0\0\0\0\x20hdlr\0\0\0\0\0\0\0\0vide'), 'video/mp4'],
  ['sound in the container of films', bytes('\0\0\0\x18ftypisom\0\0\0\0\0\0\0\x20hdlr\0\0\0\0\0\0\0\0soun'), 'audio/mp4'],
  ['recorded sound', bytes('\x1a\x45\xdf\xa3\x01B\x82\x84webm\x86A_OPUS'), 'audio/webm'],
  ['a recorded film', bytes('\x1a\x45\xdf\xa3\x01B\x82\x84webm\x86V_VP9A_OPUS'), 'video/webm'],
  ['sound of Firefox', bytes('OggS\0\x02OpusHead'), 'audio/ogg'],
  ['a WAV', bytes('RIFF\0\0\0\0WAVEfmt '), 'audio/wav'],
  ['an MP3', bytes('ID3\x04'), 'audio/mpeg'],
  ['a PDF', bytes('%PDF-1.7'), 'application/pdf'],
  ['a letter', archive('word/document.xml'), `${OOXML}wordprocessingml.document`],
  ['a table', archive('xl/workbook.xml'), `${OOXML}spreadsheetml.sheet`],
  [
    'an open letter',
    bytes(`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.textPK`),
    'application/vnd.oasis.opendocument.text',
  ],
  ['an archive', bytes('PK\x03\x04other'), 'application/zip'],
  ['words', Buffer.from('Grüße, 10 €\n'), 'text/plain'],
  ['words longer than is looked at', Buffer.from('€'.repeat(40_000)), 'text/plain'],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'application/octet-stream'],
  ['HTML', bytes('\n <!DOCTYPE html><p>'), 'application/octet-stream'],
  ['XML', bytes('<?xml version="1.0"?>'), 'application/octet-stream'],
  ['a program', bytes('MZ\x90\0\x03'), 'application/octet-stream'],
  ['nothing', bytes(''), 'application/octet-stream'],
];

for (const [what, given, type] of samples)
  test(`${what} is ${type}, whatever it is called`, async () => {
    const file = new File([new Uint8Array(await given)], 'name.png', { type: 'image/png' });
    assert.is(await typeOf(file), type);
  });

test.run();
