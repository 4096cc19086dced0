/** Bars of a drawn wave. */
export const BARS = 40;
const FULL = 1024;

/** Levels as other clients write them: whole numbers from 0 to 1024 (MSC1767). */
export const waveform = (levels: readonly number[]): number[] => levels.map((level) => Math.round(Math.min(1, Math.max(0, level)) * FULL));

/** As many levels as there are bars, 0 to 1, from a waveform of any length; undefined for what is none. */
export function barsOf(given: unknown): number[] | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const levels = given.slice(0, 10_000).map((value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0));
  return Array.from({ length: BARS }, (_bar, index) => {
    const from = Math.floor((index * levels.length) / BARS);
    const part = levels.slice(from, Math.max(from + 1, Math.floor(((index + 1) * levels.length) / BARS)));
    return Math.min(1, Math.max(0, ...part) / FULL);
  });
}
