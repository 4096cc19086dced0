import { setTimeout as wait } from 'node:timers/promises';
import type { AdvisoryLocks } from './advisory-locks.ts';

/** Does one work of a name at a time, among all processes; later ones wait for their turn. */
export type Alone = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

const ASK_MS = 100;
/** Longer than any work that belongs here; who has waited so long is told, not left hanging. */
const BOUND_MS = 60_000;

/** See `Alone`. The locks hold other processes off, a chain per name the work of this one. */
export function createAlone(locks: AdvisoryLocks, boundMs: number = BOUND_MS): Alone {
  const chains = new Map<string, Promise<unknown>>();

  async function lock(name: string): Promise<void> {
    for (const deadline = Date.now() + boundMs; !(await locks.tryLock(name)); await wait(ASK_MS))
      if (Date.now() > deadline) throw new Error(`another process has worked on "${name}" for ${boundMs / 1_000} s`);
  }

  async function locked<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    await lock(name);
    try {
      return await work();
    } finally {
      await locks.unlock(name);
    }
  }

  return async (name, work) => {
    const before = chains.get(name) ?? Promise.resolve();
    const mine = before.then(() => locked(name, work));
    const settled = mine.catch(() => undefined);
    chains.set(name, settled);
    try {
      return await mine;
    } finally {
      if (chains.get(name) === settled) chains.delete(name);
    }
  };
}
