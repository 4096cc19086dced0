import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from './outcome.ts';

const OUTPUT_LIMIT = 400_000;
/** How a process is asked to end, and how long it may take. */
type Ending = { signal: NodeJS.Signals; graceMs: number };

const running = new Map<ChildProcess, Ending>();

function signalTo(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It is gone, which is what was wanted.
  }
}

/** Ends a child in the way it was started to be ended, then everything it left behind. */
export async function endChild(child: ChildProcess): Promise<void> {
  const { signal, graceMs } = running.get(child) ?? { signal: 'SIGKILL', graceMs: 0 };
  running.delete(child);
  if (child.pid === undefined) return;
  const isUp = (): boolean => child.exitCode === null && child.signalCode === null;
  if (isUp()) signalTo(child.pid, signal);
  for (let waited = 0; waited < graceMs && isUp(); waited += 50) await wait(50);
  signalTo(-child.pid, 'SIGKILL');
}

/** Ends everything that is still running; for the end of the run, however it comes. */
export async function endAll(): Promise<void> {
  await Promise.all([...running.keys()].map(endChild));
}

const BY_DEFAULT: Ending = { signal: 'SIGTERM', graceMs: 3000 };

/** Starts a process as the head of its own group, so that what it starts ends with it. */
export function startChild(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  ending: Ending = BY_DEFAULT,
): ChildProcess {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.set(child, ending);
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
    void endChild(child);
  }, boundMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: output(), timedOut };
  } catch (error) {
    return { code: null, output: `${command}: ${error instanceof Error ? error.message : 'could not be started'}`, timedOut };
  } finally {
    clearTimeout(timer);
    // What a test started and left behind goes with it.
    await endChild(child);
  }
}
