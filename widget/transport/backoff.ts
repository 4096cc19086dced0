const STEPS_MS = [500, 1000, 2000];
const STEADY_MS = 3000;
const STEADY_UNTIL = 20;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the given attempt (0 is the first repetition), in milliseconds. For the first minute three seconds at
 * most, so that people see a restarted server at once; then doubling up to half a minute. `random` (0 to 1) spreads clients.
 */
export function backoff(attempt: number, random: number): number {
  const steady = attempt < STEADY_UNTIL ? STEADY_MS : Math.min(LONGEST_MS, STEADY_MS * 2 ** (attempt - STEADY_UNTIL + 1));
  return (STEPS_MS[attempt] ?? steady) * (0.6 + 0.4 * random);
}

/** A pause that something else may end early. */
export type Pause = {
  /** Resolves after the time, or as soon as `wake` is called. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends the present pause; without one it does nothing. */
  readonly wake: () => void;
};

/** Makes pauses by the clock of the browser. */
export function createPause(): Pause {
  let wake = () => {};
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}
