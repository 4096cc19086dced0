import { setTimeout as wait } from 'node:timers/promises';

/** Results of two ways to do the same work. */
export type Comparison = { readonly ours: readonly number[]; readonly plain: readonly number[] };

type Way = () => Promise<number>;

type Course = {
  readonly samples: number;
  /** Rounds before those that count: connections, caches and compiled code are there afterwards. */
  readonly warmUp: number;
  /** Lets what the measured work set off come to its end; not part of any result. */
  readonly settle: () => Promise<unknown>;
};

/** Does both ways in turn, so that whatever else the machine does meets both alike. */
export async function alternate({ samples, warmUp, settle }: Course, ours: Way, plain: Way): Promise<Comparison> {
  const results: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
  for (let round = -warmUp; round < samples; round += 1) {
    for (const [name, way] of [['ours', ours] as const, ['plain', plain] as const]) {
      const result = await way();
      if (round >= 0) results[name].push(result);
      await settle();
    }
  }
  return results;
}

/** The middle of the values; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured');
  return (upper + lower) / 2;
}

/** Waits a moment of varying length, so that no timer of the other side is met again and again. */
export const breathe = (): Promise<void> => wait(60 + Math.random() * 60);

/** Waits until a condition holds; throws with `what` after `boundMs`. */
export async function waitUntil(what: string, holds: () => Promise<boolean>, boundMs = 60_000): Promise<void> {
  for (const deadline = Date.now() + boundMs; !(await holds()); await wait(25)) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${boundMs / 1000} s`);
  }
}
