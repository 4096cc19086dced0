/** Notes when messages arrive somewhere, by their text. */
export type Arrivals = {
  note(text: string): void;
  /** When the text arrived, on the clock of `performance.now()`; rejects when it does not within `boundMs`. */
  of(text: string, boundMs?: number): Promise<number>;
};

/** Something that hears messages until it is stopped. */
export type Follower = { readonly arrivals: Arrivals; stop(): Promise<void> };

const BOUND_MS = 30_000;

/** See `Arrivals`. */
export function createArrivals(): Arrivals {
  const arrived = new Map<string, number>();
  const awaited = new Map<string, (at: number) => void>();
  return {
    note(text) {
      if (arrived.has(text)) return;
      const at = performance.now();
      arrived.set(text, at);
      awaited.get(text)?.(at);
    },
    of(text, boundMs = BOUND_MS) {
      const at = arrived.get(text);
      if (at !== undefined) return Promise.resolve(at);
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const timer = setTimeout(() => reject(new Error(`a message did not arrive within ${boundMs / 1000} s`)), boundMs);
      awaited.set(text, (when) => {
        clearTimeout(timer);
        resolve(when);
      });
      return promise;
    },
  };
}

let counter = 0;

/** A text that no other message has. */
export function newText(): string {
  counter += 1;
  return `Measured message ${process.pid}-${Date.now().toString(36)}-${counter}`;
}

/** From before `send` until the message is heard, in milliseconds. */
export async function timeToArrive(follower: Follower, send: (text: string) => Promise<unknown>): Promise<number> {
  const text = newText();
  const arrival = follower.arrivals.of(text);
  const begin = performance.now();
  const [at] = await Promise.all([arrival, send(text)]);
  return at - begin;
}
