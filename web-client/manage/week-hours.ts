/** A stretch of a day in which somebody answers. */
export type Span = { readonly from: string; readonly to: string };

/** Days as the service names them, Monday first. */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** See `DAYS`. */
export type Day = (typeof DAYS)[number];

const TIME = String.raw`(\d{1,2})(?:[:.]?(\d{2}))?(?:\s*(?:h|uhr))?`;
const SPAN = new RegExp(`^${TIME}\\s*(?:-|–|bis|to)\\s*${TIME}$`, 'i');

function timeOf(hour: string | undefined, minute = '00'): string | undefined {
  if (Number(hour) === 24 && Number(minute) === 0) return '23:59';
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minute}`;
}

/**
 * Reads the hours of a day as people type them: `9-12:30, 13.30–18`. Nothing means closed. Undefined for what cannot be read, ends before it
 * begins, or overlaps. The day ends at 23:59, which `24` is read as.
 */
export function readDay(typed: string): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const part of typed.split(/[,;\n]|\s+(?:und|and)\s+/)) {
    if (part.trim() === '') continue;
    const found = SPAN.exec(part.trim());
    const from = found === null ? undefined : timeOf(found[1], found[2]);
    const to = found === null ? undefined : timeOf(found[3], found[4]);
    if (from === undefined || to === undefined || from >= to) return undefined;
    spans.push({ from, to });
  }
  spans.sort((a, b) => a.from.localeCompare(b.from));
  return spans.some(({ from }, index) => index > 0 && from < (spans[index - 1]?.to ?? '')) ? undefined : spans;
}

/** The hours of a day as they are typed; empty for a closed day. */
export const writeDay = (spans: readonly Span[]): string =>
  [...spans]
    .sort((a, b) => a.from.localeCompare(b.from))
    .map(({ from, to }) => `${from}–${to}`)
    .join(', ');
