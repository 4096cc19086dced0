// Signs of files are octets, and many of those are control characters.
/* oxlint-disable no-control-regex */

const UNKNOWN = 'application/octet-stream';
const HEAD = 64 * 1024;
const OOXML = 'application/vnd.openxmlformats-officedocument.';

/** The first octets of a file, each as one character. */
type Head = string;

// ISO/IEC 14496-12, 4.3: the brand says what a file is for.
const BRANDS: readonly (readonly [RegExp, string])[] = [
  [/^avi[fs]$/, 'image/avif'],
  [/^(?:hei[cxms]|hev[cx]|mif1|msf1)$/, 'image/heic'],
  [/^qt {2}$/, 'video/quicktime'],
  [/^(?:M4A |M4B |F4A )$/, 'audio/mp4'],
];

/** Each track has a handler (ISO/IEC 14496-12, 8.4.3): its kind stands 8 octets behind the name of the box. */
function typeOfMp4(head: Head, rest: Head): string {
  const brand = head.slice(8, 12);
  const known = BRANDS.find(([pattern]) => pattern.test(brand))?.[1];
  if (known !== undefined) return known;
  const kinds = [...(head + rest).matchAll(/hdlr[^]{8}(vide|soun)/g)].map(([, kind]) => kind);
  return kinds.includes('soun') && !kinds.includes('vide') ? 'audio/mp4' : 'video/mp4';
}

/** Codec ids of video tracks begin with "V_" (https://www.matroska.org/technical/codec_specs.html); recorders of sound make the same container. */
function typeOfWebm(head: Head): string {
  if (!head.slice(0, 64).includes('webm')) return UNKNOWN;
  return head.includes('A_') && !head.includes('V_') ? 'audio/webm' : 'video/webm';
}

/** Documents are archives: what they are stands in the first name, or in the folder that holds the document. */
function typeOfZip(head: Head, rest: Head): string {
  const opened = /^mimetype(application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))(?=PK|[^-\w])/.exec(
    head.slice(30),
  )?.[1];
  if (opened !== undefined) return opened;
  const all = head + rest;
  if (!all.includes('[Content_Types].xml')) return 'application/zip';
  if (all.includes('word/document.xml')) return `${OOXML}wordprocessingml.document`;
  if (all.includes('xl/workbook.xml')) return `${OOXML}spreadsheetml.sheet`;
  return all.includes('ppt/presentation.xml') ? `${OOXML}presentationml.presentation` : 'application/zip';
}

const SIGNS: readonly (readonly [RegExp, string | ((head: Head, rest: Head) => string)])[] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^RIFF[^]{4}WAVE/, 'audio/wav'],
  [/^[^]{4}ftyp/, typeOfMp4],
  [/^\x1a\x45\xdf\xa3/, typeOfWebm],
  [/^OggS/, (head) => (/\x80theora|BBCD|\x01video/.test(head.slice(0, 256)) ? 'video/ogg' : 'audio/ogg')],
  [/^ID3|^\xff[\xfa\xfb\xf2\xf3]/, 'audio/mpeg'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'audio/aac'],
  [/^fLaC/, 'audio/flac'],
  [/^%PDF-/, 'application/pdf'],
  [/^PK\x03\x04/, typeOfZip],
];

// Tabs, line ends and form feeds are text; other control characters are not, nor is what is no UTF-8.
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufffd]/;
/** Begins like HTML, SVG or XML, which a browser may run wherever it is told to guess. */
const MARKUP = /^\s*<(?:!doctype|!--|\?xml|html|head|body|script|style|svg|iframe|img|math|x:)/i;

function isPlainText(bytes: Uint8Array): boolean {
  // A letter may be cut in two at the end of what is looked at.
  const text = new TextDecoder().decode(bytes, { stream: true });
  return bytes.length > 0 && !CONTROL.test(text) && !MARKUP.test(text);
}

function octets(bytes: Uint8Array): Head {
  const parts: string[] = [];
  // As many at once as a call takes arguments everywhere.
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/**
 * Type of a file by its content; neither its name nor what the browser makes of the name is asked. Only types that may be sent are known
 * (`appservice/media/media-kind.ts`), all others are octets. The server finds types with a library of 30 kB; here a table does.
 */
export async function typeOf(file: Blob): Promise<string> {
  const start = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const head = octets(start);
  const found = SIGNS.find(([sign]) => sign.test(head))?.[1];
  if (found === undefined) return isPlainText(start) ? 'text/plain' : UNKNOWN;
  if (typeof found === 'string') return found;
  // The table of contents of an archive, and of many films, is at the end.
  const rest = file.size > HEAD ? octets(new Uint8Array(await file.slice(Math.max(HEAD, file.size - 4 * HEAD)).arrayBuffer())) : '';
  return found(head, rest);
}
