import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function startTimeByProc(pid: number): string | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  // The second field is the name in brackets and may hold anything; the state follows it, and the start time is field 22.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

function startTimeByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * A word that is the same as long as this very process lives, undefined when it does not: a process id alone is given anew to
 * another program, in a container at the first chance.
 */
export function processIdentity(pid: number): string | undefined {
  const boot = readOrUndefined('/proc/sys/kernel/random/boot_id');
  const started = boot === undefined ? startTimeByPs(pid) : startTimeByProc(pid);
  return started === undefined ? undefined : `${pid} ${boot?.trim() ?? ''} ${started}`;
}

/** Sends a signal; false when the process is gone already. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Ends a process that is not our child: by `signal`, after `boundMs` by SIGKILL; returns when it is gone. */
export async function endProcess(pid: number, signal: NodeJS.Signals, boundMs: number): Promise<void> {
  const identity = processIdentity(pid);
  if (identity === undefined || !signalProcess(pid, signal)) return;
  const deadline = Date.now() + boundMs;
  let killed = false;
  while (processIdentity(pid) === identity) {
    if (!killed && Date.now() > deadline) killed = signalProcess(pid, 'SIGKILL');
    await wait(20);
  }
}
