import { setTimeout as wait } from 'node:timers/promises';

/** Long enough for a machine that does much else; only a failing test waits so long. */
const BOUND_MS = 30_000;

const MAX_PAUSE_MS = 250;

/** Things that arrive one by one, and waiting for one of them. */
export type Waiting<Item> = {
  /** Everything that arrived so far, in order. */
  readonly items: readonly Item[];
  add(item: Item): void;
  /** The first item that fits, there already or still to come; throws with `what` after `ms`. */
  waitFor(what: string, predicate: (item: Item) => boolean, ms?: number): Promise<Item>;
  /** The same for what arrives from now on: where several tests share what they look at, it fitted before. */
  fromNow(): Pick<Waiting<Item>, 'waitFor'>;
};

/** See `Waiting`. */
export function createWaiting<Item>(): Waiting<Item> {
  const items: Item[] = [];
  const waiters = new Set<(item: Item) => void>();
  const waitFrom =
    (first: number): Waiting<Item>['waitFor'] =>
    async (what, predicate, ms = BOUND_MS) => {
      const known = items.find((item, index) => index >= first && predicate(item));
      if (known !== undefined) return known;
      const found = Promise.withResolvers<Item>();
      const waiter = (item: Item): void => {
        if (predicate(item)) found.resolve(item);
      };
      waiters.add(waiter);
      // Made here, so that its stack names the test that waits.
      const tooLate = new Error(`waited ${ms} ms in vain for ${what}`);
      const timer = setTimeout(() => found.reject(tooLate), ms);
      try {
        return await found.promise;
      } finally {
        clearTimeout(timer);
        waiters.delete(waiter);
      }
    };
  return {
    items,
    add(item) {
      items.push(item);
      for (const waiter of waiters) waiter(item);
    },
    waitFor: waitFrom(0),
    fromNow: () => ({ waitFor: waitFrom(items.length) }),
  };
}

/**
 * Asks again and again until the answer is not undefined, ever more seldom since each question costs work of what is waited for; throws
 * with `what` after `ms`.
 */
export async function eventually<Result>(what: string, ask: () => Promise<Result | undefined>, ms: number = BOUND_MS): Promise<Result> {
  const tooLate = new Error(`waited ${ms} ms in vain for ${what}`);
  const deadline = Date.now() + ms;
  for (let pause = 50; ; pause = Math.min(pause * 1.25, MAX_PAUSE_MS)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw tooLate;
    await wait(pause);
  }
}
