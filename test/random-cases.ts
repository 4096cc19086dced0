/** Draws values that look random and are the same in every run, so that a failure can be repeated. */
export type Draw = {
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
  /** One of these. */
  of<Value>(values: readonly Value[]): Value;
  /** Text of these letters, `length` of them. */
  text(letters: string, length: number): string;
};

// mulberry32: small, fast, and even enough to choose cases with.
function nextOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Checks a property on so many drawn cases; the message of a failure names the case. */
export function forCases(count: number, check: (draw: Draw) => void): void {
  for (let seed = 1; seed <= count; seed += 1) {
    const next = nextOf(seed);
    const below = (limit: number): number => Math.floor(next() * limit);
    const of = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
    const text = (letters: string, length: number): string => Array.from({ length }, () => of(Array.from(letters))).join('');
    try {
      check({ below, of, text });
    } catch (cause) {
      throw new Error(`case ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
}
