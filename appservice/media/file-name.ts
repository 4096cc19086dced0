import { kindOf } from './media-kind.ts';

/** Most characters (UTF-16) of a name, ending included. */
const MAX_LENGTH = 100;

/** Characters that no person types into a name: control, and those that turn or hide text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Characters with a meaning to file systems, shells or addresses. */
const SPECIAL = /[:*?"<>|%`$]/g;

/** A name that is safe to show and to save: no path, no control or direction characters, not long, never empty. */
export function cleanName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replaceAll(INVISIBLE, '').replaceAll(SPECIAL, '_').replaceAll(/\s+/g, ' ');
  // A dot in front hides a file, dots and blanks at the end are cut off by some systems.
  const trimmed = plain.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '');
  return trimmed === '' ? 'file' : shorten(trimmed);
}

/**
 * A clean name whose ending fits the type that was found: "picture.html" that is a JPEG becomes "picture.html.jpg", so that
 * whoever saves and opens it gets what it is.
 */
export function cleanNameFor(name: string, type: string): string {
  const clean = cleanName(name);
  const { endings } = kindOf(type);
  const ending = /\.([^.]+)$/.exec(clean)?.[1]?.toLowerCase();
  if (ending !== undefined && endings.includes(ending)) return clean;
  return shorten(`${clean}.${endings[0] ?? 'bin'}`);
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  let start = '';
  for (const { segment } of characters.segment(name.slice(0, MAX_LENGTH))) {
    if (start.length + segment.length + ending.length > MAX_LENGTH) break;
    start += segment;
  }
  return (start + ending).toWellFormed();
}

/** `Content-Disposition` with the name for every browser (RFC 6266, RFC 8187). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
