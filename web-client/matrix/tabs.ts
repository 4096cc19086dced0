/** What the tabs of one account in one browser agree on. */
export type Tabs = {
  /** Number of this tab, the lowest that no other has. */
  readonly number: number;
  /** Calls once this tab is the one that sends; when it is closed, another takes over. */
  onLeading(begin: () => void): void;
  tell(message: unknown): void;
  onTold(hear: (message: unknown) => void): void;
  leave(): void;
};

const MOST = 50;

/** Takes a lock and keeps it until `leaving`; answers whether it was free. */
function take(name: string, leaving: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const held = new Promise<void>((release) => leaving.addEventListener('abort', () => release()));
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : held;
      })
      .catch(() => resolve(false));
  });
}

async function firstFree(name: string, leaving: AbortSignal): Promise<number> {
  for (let number = 0; number < MOST; number += 1) if (await take(`${name}.tab.${number}`, leaving)) return number;
  return MOST;
}

/** A tab that knows of no other: what is not kept in the browser cannot be shared either. */
export const loneTab = (number: number): Tabs => ({
  number,
  onLeading: (begin) => begin(),
  tell: () => undefined,
  onTold: () => undefined,
  leave: () => undefined,
});

/**
 * Joins the tabs of an account, by Web Locks: the browser gives a lock back when a tab is closed or crashes, so there is always one that
 * leads and never two. `isShared` says whether they keep something together.
 */
export async function joinTabs(userId: string, isShared: boolean): Promise<Tabs> {
  if (!('locks' in navigator)) return loneTab(0);
  const name = `smoope.${userId}`;
  const leaving = new AbortController();
  const number = await firstFree(name, leaving.signal);
  if (!isShared) return { ...loneTab(number), leave: () => leaving.abort() };
  const channel = new BroadcastChannel(name);
  return {
    number,
    onLeading(begin) {
      const held = new Promise<void>((release) => leaving.signal.addEventListener('abort', () => release()));
      navigator.locks
        .request(`${name}.leading`, { signal: leaving.signal }, () => {
          begin();
          return held;
        })
        .catch(() => undefined);
    },
    tell: (message) => channel.postMessage(message),
    onTold: (hear) => channel.addEventListener('message', ({ data }) => hear(data)),
    leave() {
      leaving.abort();
      channel.close();
    },
  };
}
