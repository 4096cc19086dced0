/** How long a connection may be lost before it is said: a short break is none of the reader's business. */
const SAID_AFTER_MS = 4000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** What is known of the way to the homeserver. */
export type Connection = {
  /** False once it has been lost for some seconds. */
  isThere(): boolean;
  /**
   * Makes a request again and again until it is answered; each wait is twice the one before, and ends at once where the browser is online
   * again. Throws what `isFinal` says cannot get better, and when it is aborted.
   */
  persist<Answer>(ask: () => Promise<Answer>, options: { signal?: AbortSignal; isFinal: (error: unknown) => boolean }): Promise<Answer>;
  /** Calls after a connection was lost or found. */
  onChange(hear: (isThere: boolean) => void): void;
  stop(): void;
};

/** How long to wait after so many tries, in milliseconds; some chance in it keeps all browsers from coming back at the same moment. */
export const waitAfter = (tries: number, chance = Math.random()): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2);

/** Waits until the time is over, the browser is online again, or somebody ends it. */
export function waitOrOnline(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** See `Connection`. */
export function watchConnection(saidAfterMs = SAID_AFTER_MS): Connection {
  const hearers = new Set<(isThere: boolean) => void>();
  let isThere = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (now: boolean): void => {
    if (now === isThere) return;
    isThere = now;
    for (const hear of hearers) hear(now);
  };
  const lost = (): void => {
    timer ??= setTimeout(() => set(false), saidAfterMs);
  };
  const found = (): void => {
    clearTimeout(timer);
    timer = undefined;
    set(true);
  };
  addEventListener('offline', lost);
  if (!navigator.onLine) lost();
  return {
    isThere: () => isThere,
    async persist(ask, { signal, isFinal }) {
      for (let tries = 0; ; tries += 1) {
        try {
          const answer = await ask();
          found();
          return answer;
        } catch (error) {
          if (signal?.aborted || isFinal(error)) throw error;
          lost();
          await waitOrOnline(waitAfter(tries), signal);
          if (signal?.aborted) throw error;
        }
      }
    },
    onChange: (hear) => void hearers.add(hear),
    stop() {
      clearTimeout(timer);
      removeEventListener('offline', lost);
      hearers.clear();
    },
  };
}
