import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { detectType } from '../../appservice/media/detect-type.ts';
import { kindOf, MEDIA_TYPES, toMediaType } from '../../appservice/media/media-kind.ts';
import { activeFiles, animation, gifWithPage, mp4, pdfWithPage, photo, picture, webm } from './sample-files.ts';

test('pictures are known by their first octets', async () => {
  assert.is(await detectType(await photo()), 'image/jpeg');
  for (const format of ['png', 'webp', 'gif', 'avif'] as const) assert.is(await detectType(await picture(format)), `image/${format}`);
  assert.is(await detectType(await animation('webp')), 'image/webp');
});

test('sound without film is told from film, in the containers that browsers record into', async () => {
  assert.equal(await Promise.all([webm('A_OPUS'), webm('V_VP8')].map(detectType)), ['audio/webm', 'video/webm']);
  assert.equal(await Promise.all([mp4('soun'), mp4('vide')].map(detectType)), ['audio/mp4', 'video/mp4']);
  assert.is(await detectType(Buffer.from('OggS\0\x02'.padEnd(28, '\0') + 'OpusHead', 'latin1')), 'audio/ogg');
});

test('text is what reads as UTF-8 without control characters', async () => {
  for (const text of [
    'Hallo',
    'Grüße 😀\r\n\tEinzug\f',
    '{"a": 1}',
    'a;b;c\n1;2;3',
    '<3 von mir',
    'BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n',
  ]) {
    assert.is(await detectType(Buffer.from(text)), 'text/plain', text);
  }
  for (const bytes of [
    Buffer.from('a\0b'),
    Buffer.from('\u001b[31m'),
    Buffer.from([0xff, 0xfe, 0x41, 0]),
    Buffer.from('Gr\xfc\xdfe', 'latin1'),
    Buffer.alloc(0),
  ]) {
    assert.is(await detectType(bytes), 'application/octet-stream', bytes.toString('hex'));
  }
});

test('what a browser could run has no type of its own', async () => {
  for (const [name, bytes] of activeFiles) assert.is(await detectType(bytes), 'application/octet-stream', name);
});

test('a file that is two things at once is the one that its first octets say', async () => {
  assert.is(await detectType(await gifWithPage()), 'image/gif');
  assert.is(await detectType(pdfWithPage()), 'application/pdf');
});

test('only pictures, sound and film are shown in place; documents, archives and all else are not', () => {
  for (const type of MEDIA_TYPES) assert.is(kindOf(type).isInline, /^(image|audio|video)\//.test(type), type);
  for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'application/xml', '__proto__', 'constructor', '']) {
    assert.equal([toMediaType(type), kindOf(type).isInline, kindOf(type).msgtype], ['application/octet-stream', false, 'm.file'], type);
  }
});

test('an archive that says it is endless ends the look, not the process', async () => {
  const name = Buffer.from('[Content_Types].xml');
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 0, 'latin1');
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(0xff_ff_ff_f0, 18);
  header.writeUInt32LE(0xff_ff_ff_f0, 22);
  header.writeUInt16LE(name.length, 26);
  const type = await detectType(Buffer.concat([header, name, Buffer.alloc(2_000_000)]));
  assert.ok(['application/zip', 'application/octet-stream'].includes(type), type);
});

test.run();
