/** Files that this page has sent, by their `mxc` address: they are shown without being fetched again. */
export const sentFiles = new Map<string, Blob>();

// Characters that turn the direction of what follows make "gpj.exe" of "exe.jpg"; control characters are never part of a name.
// oxlint-disable-next-line no-control-regex
const TRICKS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const LONGEST = 120;

/** Name of a file as it may be shown and saved: without tricks and parts of a path; `fallback` where nothing is left. */
export function cleanName(name: unknown, fallback: string): string {
  const clean = typeof name === 'string' ? (name.replace(TRICKS, '').split(/[\\/]/).at(-1) ?? '').trim() : '';
  if (clean.length <= LONGEST) return clean || fallback;
  const ending = /\.[^.]{1,8}$/.exec(clean)?.[0] ?? '';
  return `${clean.slice(0, LONGEST - ending.length - 1)}…${ending}`;
}

/** Size in the units people know, in the habit of their language: 840 kB, 1.2 MB. */
export function formatSize(bytes: number, locale: string): string {
  const [unit, divisor] = bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  const value = Math.max(bytes / divisor, unit === 'kilobyte' ? 1 : 0);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 10 && unit === 'megabyte' ? 1 : 0 }).format(
    value,
  );
}

/** Length of a recording as minutes and seconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
}

/** Facts of a file that a content tells; what is malformed is left out. */
export type FileFacts = {
  readonly name: string;
  /** Words that came with the file. */
  readonly caption: string;
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly isVoice: boolean;
  /** Ending of the name in capitals, as a word for the type. */
  readonly ending: string;
  readonly size?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly width?: number;
  readonly height?: number;
};

const LARGEST_EDGE = 100_000;

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined;
}

/** Reads the facts of a file from the content of its message (https://spec.matrix.org/v1.15/client-server-api/#media-captions). */
export function fileFacts(content: Readonly<Record<string, unknown>>, fallback: string): FileFacts {
  const { msgtype, body, filename, info } = content;
  const { size, duration, w, h } = Object(info) as Record<string, unknown>;
  const name = cleanName(filename ?? body, fallback);
  const kind = (['image', 'audio', 'video'] as const).find((one) => msgtype === `m.${one}`) ?? 'file';
  const [bytes, ms, width, height] = [size, duration, w, h].map(positive);
  const hasShape = width !== undefined && height !== undefined && width < LARGEST_EDGE && height < LARGEST_EDGE;
  return {
    name,
    caption: typeof filename === 'string' && typeof body === 'string' && body !== filename ? body : '',
    kind,
    isVoice: kind === 'audio' && 'org.matrix.msc3245.voice' in content,
    ending: /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toUpperCase() ?? '',
    ...(bytes !== undefined && { size: bytes }),
    ...(ms !== undefined && { duration: ms }),
    ...(hasShape && { width, height }),
  };
}
