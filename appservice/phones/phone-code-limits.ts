import type { CountedBy } from './phone-code-text-store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many texts within so long, by number, by its neighbours, or by network. */
export type TextLimit = { readonly by: CountedBy; readonly most: number; readonly withinMs: number };

/** Longest time that a limit looks back; what is older is deleted. */
export const LONGEST_WINDOW_MS = DAY_MS;

/** Waits after the first, second and every further text to a number within a day. */
const RESEND_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS] as const;

/** Limits for one number; whoever does not get a text needs few, whoever sends them for money needs many. */
export const NUMBER_LIMITS: readonly TextLimit[] = [
  { by: 'number', most: 3, withinMs: HOUR_MS },
  { by: 'number', most: 5, withinMs: DAY_MS },
];

/** Limits beyond one number. A range is a thousand neighbours, which pumped traffic goes to in turn. */
export function wideLimits(network: { perHour: number; perDay: number }): readonly TextLimit[] {
  return [
    { by: 'range', most: 20, withinMs: HOUR_MS },
    { by: 'range', most: 50, withinMs: DAY_MS },
    { by: 'network', most: network.perHour, withinMs: HOUR_MS },
    { by: 'network', most: network.perDay, withinMs: DAY_MS },
  ];
}

/** When a limit lets the next text go, in milliseconds; `last` is the last but as many as it allows. */
export function freeAt({ withinMs }: TextLimit, last: Date | undefined): number {
  return last === undefined ? 0 : last.getTime() + withinMs;
}

/** When the next text may go to a number, by its texts of the last day, the newest first. */
export function resendAt(times: readonly Date[]): number {
  const [last] = times;
  if (last === undefined) return 0;
  const wait = RESEND_MS[Math.min(times.length, RESEND_MS.length) - 1] ?? 0;
  return Math.max(last.getTime() + wait, ...NUMBER_LIMITS.map((limit) => freeAt(limit, times[limit.most - 1])));
}
