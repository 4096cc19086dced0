import { fileTypeFromBuffer } from 'file-type';
import { toMediaType, UNKNOWN_TYPE, type MediaType } from './media-kind.ts';

/** Most time for a look at a file, in milliseconds: an archive that nests without end must not hold a process. */
const LOOK_MS = 5_000;

/** Names by which the library and the rest of the world differ. */
const ALIASES: Readonly<Record<string, MediaType>> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'text/calendar': 'text/plain',
  'text/vcard': 'text/plain',
  'text/vtt': 'text/plain',
};

/** Type of a file by its content; its name and what a client says of it are not asked. `UNKNOWN_TYPE` for what is not recognised or never shown. */
export async function detectType(bytes: Uint8Array): Promise<MediaType> {
  const found = await fileTypeFromBuffer(bytes, { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
  if (found === undefined) return isPlainText(bytes) ? 'text/plain' : UNKNOWN_TYPE;
  const type = ALIASES[found.mime] ?? toMediaType(found.mime);
  if (type === 'text/plain') return isPlainText(bytes) ? type : UNKNOWN_TYPE;
  if (type === 'video/webm') return hasVideoTrackOfWebm(bytes) ? type : 'audio/webm';
  if (type === 'video/mp4') return hasVideoTrackOfMp4(bytes) ? type : 'audio/mp4';
  return type;
}

// Tabs, line ends and form feeds are text; other control characters are not.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** Begins like HTML, SVG or XML, which a browser may run wherever it is told to guess. */
const MARKUP = /^\s*<(!doctype|!--|\?xml|html|head|body|script|style|svg|iframe|img|math|x:)/i;

/** Whether octets are UTF-8 without control characters, and no markup. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !CONTROL.test(text) && !MARKUP.test(text);
  } catch {
    return false;
  }
}

/** Codec ids of video tracks begin with "V_" (https://www.matroska.org/technical/codec_specs.html); recorders of sound make the same container. */
function hasVideoTrackOfWebm(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024));
  return head.includes('V_') || !head.includes('A_');
}

/** Each track has a handler (ISO/IEC 14496-12, 8.4.3): the kind stands 8 octets behind the name of the box. */
function hasVideoTrackOfMp4(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const kinds: string[] = [];
  for (let at = all.indexOf('hdlr'); at >= 0 && kinds.length < 64; at = all.indexOf('hdlr', at + 4)) {
    kinds.push(all.toString('latin1', at + 12, at + 16));
  }
  return kinds.includes('vide') || !kinds.includes('soun');
}
