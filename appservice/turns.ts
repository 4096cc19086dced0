/** How many may wait for a turn, and what whoever comes then is told. */
type Bound = {
  readonly mostWaiting: number;
  readonly refusal: () => Error;
  /** Waits so many milliseconds; given where a turn rests as long as its work took before it goes to the next, so that others get half of the time. */
  readonly rest?: (milliseconds: number) => Promise<unknown>;
};

/** Lets so many pieces of work run at once; the others wait in the order they came. With a bound, whoever finds it full is refused at once. */
export function createTurns(limit: number, bound?: Bound) {
  let running = 0;
  const waiting: (() => void)[] = [];
  const giveOn = (): void => {
    // The turn goes to the next without being given back, so that nobody slips in between.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < limit) running += 1;
    else if (bound !== undefined && waiting.length >= bound.mostWaiting) throw bound.refusal();
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    const begin = performance.now();
    try {
      return await work();
    } finally {
      if (bound?.rest === undefined) giveOn();
      // Whose work is done does not wait for the rest.
      else void bound.rest(performance.now() - begin).then(giveOn);
    }
  };
}
