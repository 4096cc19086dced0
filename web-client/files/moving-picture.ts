const text = (bytes: Uint8Array, from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length));

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Octets of a colour table by the flags that announce it. */
const tableLength = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Where a row of sub-blocks ends. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) > 0) at += (bytes[at] ?? 0) + 1;
  return at + 1;
}

/**
 * A GIF without its comments and without what programs added to it; how often it repeats stays. Undefined for what is no whole GIF
 * (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
 */
export function plainGif(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (!/^GIF8[79]a$/.test(text(bytes, 0, 6))) return undefined;
  let at = 13 + tableLength(bytes[10] ?? 0);
  const parts = [bytes.subarray(0, at)];
  while (at < bytes.length) {
    const from = at;
    const kind = bytes[at];
    if (kind === 0x3b) return joined([...parts, bytes.subarray(at, at + 1)]);
    if (kind === 0x2c) {
      at = endOfBlocks(bytes, at + 11 + tableLength(bytes[at + 9] ?? 0));
      parts.push(bytes.subarray(from, at));
    } else if (kind === 0x21) {
      const label = bytes[at + 1];
      at = endOfBlocks(bytes, at + 2);
      const isRepeat = label === 0xff && text(bytes, from + 3, 11) === 'NETSCAPE2.0';
      if (label === 0xf9 || isRepeat) parts.push(bytes.subarray(from, at));
    } else return undefined;
  }
  return undefined;
}

/** Whether a WebP moves. */
export const isMovingWebp = (bytes: Uint8Array): boolean => text(bytes, 12, 4) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;

/** A moving WebP without what a camera or program wrote into it; undefined for what is no whole WebP (RFC 9649). */
export function plainWebp(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.slice(0, 12)];
  for (let at = 12; at < bytes.length;) {
    if (at + 8 > bytes.length) return undefined;
    const name = text(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) return undefined;
    const chunk = bytes.slice(at, end);
    // The header says which of these are there.
    if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~0x0c;
    if (name !== 'EXIF' && name !== 'XMP ') parts.push(chunk);
    at = end;
  }
  const all = joined(parts);
  new DataView(all.buffer).setUint32(4, all.length - 8, true);
  return all;
}
