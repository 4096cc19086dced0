import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture of one colour. */
const plain = (width: number, height: number): Sharp => sharp({ create: { width, height, channels: 3, background: '#0b5c6b' } });

/** What a phone writes into a photo: where it was taken, with what, and that it lies on its side. */
const PHONE_EXIF = {
  IFD0: { Make: 'KanariPhone' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 36/1' },
};

/** A photo of a phone, 60 by 40 as stored and 40 by 60 as it is to be seen, with a place in it. */
export const photo = (): Promise<Buffer> => plain(60, 40).withMetadata({ orientation: 6 }).withExifMerge(PHONE_EXIF).jpeg().toBuffer();

/** A picture in a format of the given name. */
export const picture = (format: 'png' | 'webp' | 'gif' | 'avif' | 'tiff', size = 24): Promise<Buffer> =>
  plain(size, size).toFormat(format).toBuffer();

/** A GIF or WebP of three frames. */
export async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 16, height: 16, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(8 + data.length + 4);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), 8 + data.length);
  return whole;
}

function crc32(bytes: Buffer): number {
  let crc = 0xff_ff_ff_ff;
  for (const octet of bytes) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xed_b8_83_20 : 0);
  }
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
}

/** A few kilobytes that are a picture of `side` times `side` pixels, one bit each. */
export function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const SCRIPT = '<script>alert("kanari")</script>';

/** A GIF that is a page as well, to whoever reads it so. */
export async function gifWithPage(): Promise<Buffer> {
  return Buffer.concat([await picture('gif'), Buffer.from(`<html>${SCRIPT}</html>`)]);
}

/** A PDF that is a page as well. */
export const pdfWithPage = (): Buffer => Buffer.from(`%PDF-1.4\n<html>${SCRIPT}</html>\n%%EOF\n`);

/** Files that a browser would run, whatever they are called. */
export const activeFiles: readonly (readonly [string, Buffer])[] = [
  ['SVG', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`)],
  ['SVG with a declaration', Buffer.from(`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)],
  ['HTML', Buffer.from(`<!DOCTYPE html><title>kanari</title>${SCRIPT}`)],
  ['HTML after blanks', Buffer.from(`\uFEFF \n\t<html>${SCRIPT}</html>`)],
  ['XML', Buffer.from(`<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><a/>`)],
  ['a program', Buffer.from('MZ\x90\x00\x03\x00\x00\x00kanari', 'latin1')],
  ['nothing known', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
];

/** A Matroska file (WebM) with one track of this codec, as recorders in browsers make it. */
export function webm(codec: 'A_OPUS' | 'V_VP8'): Buffer {
  const element = (id: number[], data: Buffer): Buffer => Buffer.concat([Buffer.from(id), Buffer.from([0x80 | data.length]), data]);
  const head = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Buffer.from('webm')));
  return Buffer.concat([head, element([0x86], Buffer.from(codec)), Buffer.alloc(64)]);
}

/** An MP4 file with one track of this kind. */
export function mp4(kind: 'soun' | 'vide'): Buffer {
  const box = (name: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(8 + data.length);
    return Buffer.concat([length, Buffer.from(name, 'latin1'), data]);
  };
  const handler = Buffer.concat([Buffer.alloc(8), Buffer.from(kind, 'latin1'), Buffer.alloc(12)]);
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1')), box('moov', box('hdlr', handler))]);
}
