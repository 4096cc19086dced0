import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from './outcome.ts';

const OUTPUT_LIMIT = 400_000;
const running = new Set<ChildProcess>();

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

/** Ends a child and everything it started: asks with `signal`, insists after `graceMs`. */
export async function endGroup(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  signalGroup(child, signal);
  for (let waited = 0; waited < graceMs && isGroupAlive(child); waited += 50) await wait(50);
  signalGroup(child, 'SIGKILL');
  running.delete(child);
}

/** Ends everything that is still running; for the end of the run, however it comes. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => endGroup(child, 'SIGTERM', 5000)));
}

/** Starts a process as the head of its own group, so that what it starts ends with it. */
export function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  return child;
}

/** Collects what a process says, the last part of it when it says too much. */
export function collectOutput(child: ChildProcess): () => string {
  let output = '';
  const take = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return () => output;
}

/** Runs a process to its end, or ends it after `boundMs`. */
export async function runChild(command: string, args: readonly string[], boundMs: number, env?: NodeJS.ProcessEnv): Promise<Ended> {
  const child = startChild(command, args, env);
  const output = collectOutput(child);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void endGroup(child, 'SIGTERM', 3000);
  }, boundMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: output(), timedOut };
  } catch (error) {
    return { code: null, output: `${command}: ${error instanceof Error ? error.message : 'could not be started'}`, timedOut };
  } finally {
    clearTimeout(timer);
    // What a test started and left behind goes with it.
    await endGroup(child, 'SIGKILL', 0);
  }
}
