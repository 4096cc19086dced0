import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts one request; rejects with a `RateLimiterRes` that says how long to wait. */
export type Limiter = { consume(key: string): Promise<unknown> };

/** Keys whose lots are remembered before those that ended are let go. */
const REMEMBERED = 10_000;

/**
 * Takes points of a limit that processes share in lots of `size`, and spends a lot without asking again: of the messages of a
 * visitor only the first of a lot waits for the counter. Together the processes never take more than the limit has; what of a
 * lot is not spent when its window ends is lost to the others, hence lots are small beside the limit.
 */
export function createLotLimiter(shared: RateLimiterAbstract, size: number): Limiter {
  const lots = new Map<string, { left: number; until: number }>();
  const taking = new Map<string, Promise<void>>();

  async function take(key: string): Promise<void> {
    const { msBeforeNext }: RateLimiterRes = await shared.consume(key, size);
    const now = Date.now();
    if (lots.size >= REMEMBERED) for (const [one, { until }] of lots) if (until <= now) lots.delete(one);
    lots.set(key, { left: size, until: now + msBeforeNext });
  }

  return {
    async consume(key) {
      for (;;) {
        const lot = lots.get(key);
        if (lot !== undefined && lot.left > 0 && lot.until > Date.now()) {
          lot.left -= 1;
          return;
        }
        // Requests that come at once share one lot, in place of each taking its own.
        const taken = taking.get(key) ?? take(key).finally(() => taking.delete(key));
        taking.set(key, taken);
        await taken;
      }
    },
  };
}
