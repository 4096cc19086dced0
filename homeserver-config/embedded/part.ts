import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { rotateLog } from './log-rotation.ts';
import { writePrivateFile } from '../private-file.ts';
import { endProcess, processIdentity } from './process-identity.ts';

/** How one program of the stack is run. */
export type PartSettings = {
  /** Name in messages, like `Synapse`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Takes everything the program says; written on from one start to the next. */
  readonly logFile: string;
  /** Remembers the process, so that a later start can end it when this one was killed. */
  readonly pidFile: string;
  /** Asks the program to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  /** How long it may take to end before it is killed, in milliseconds. */
  readonly stopBoundMs: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Resolves true as soon as the program answers. */
  readonly isReady: () => Promise<boolean>;
  /** How long it may take to answer, in milliseconds. */
  readonly readyBoundMs: number;
};

/** A program of the stack; tests stop, kill and start each by itself. */
export type Part = {
  readonly name: string;
  readonly logFile: string;
  /** Starts the program and waits until it answers; an earlier process that was left behind is ended first. */
  readonly start: () => Promise<void>;
  /** Ends it in good order; nothing happens when it does not run. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a power failure would (SIGKILL). */
  readonly kill: () => Promise<void>;
  /** Process id while it runs. */
  readonly pid: () => number | undefined;
  /** Calls back whenever the program ends without having been asked to. */
  readonly onUnexpectedEnd: (listener: () => void) => void;
};

/** Ends a process that an earlier run left behind because it was killed itself. */
export async function endLeftover({ pidFile, stopSignal, stopBoundMs }: Pick<PartSettings, 'pidFile' | 'stopSignal' | 'stopBoundMs'>) {
  let written: string;
  try {
    written = readFileSync(pidFile, 'utf8').trim();
  } catch {
    return;
  }
  const pid = Number(written.split(' ')[0]);
  if (processIdentity(pid) === written) await endProcess(pid, stopSignal, stopBoundMs);
  rmSync(pidFile, { force: true });
}

const HOUR_MS = 3_600_000;

/**
 * A program in a process group of its own: Ctrl-C reaches the starter alone, which then ends the parts in order. Its output
 * goes to a file, not through a pipe, so that it outlives the starter without harm.
 */
export function createPart(settings: PartSettings): Part {
  const { name, logFile, pidFile } = settings;
  let child: ChildProcess | undefined;
  let asked = false;
  let ends = 0;
  let rotation: NodeJS.Timeout | undefined;
  const listeners: (() => void)[] = [];

  const launch = (): ChildProcess => {
    mkdirSync(dirname(logFile), { recursive: true });
    rotateLog(logFile);
    rotation ??= setInterval(() => rotateLog(logFile), HOUR_MS).unref();
    const log = openSync(logFile, 'a', 0o600);
    const { command, args, env, cwd, uid, gid } = settings;
    const user = { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
    const started = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', log, log], ...user });
    closeSync(log);
    const ended = (): void => {
      if (child === started) child = undefined;
      rmSync(pidFile, { force: true });
      if (!asked) for (const listener of listeners) listener();
    };
    started.on('exit', ended);
    // A command that cannot be run at all says nothing but this.
    started.on('error', ended);
    const identity = started.pid === undefined ? undefined : processIdentity(started.pid);
    if (identity !== undefined) writePrivateFile(pidFile, `${identity}\n`);
    return started;
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    ends += 1;
    const running = child;
    if (running === undefined) return;
    asked = true;
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill(signal);
    const timer = setTimeout(() => running.kill('SIGKILL'), settings.stopBoundMs);
    await gone;
    clearTimeout(timer);
  };

  return {
    name,
    logFile,
    start: async () => {
      if (child !== undefined) return;
      const endsBefore = ends;
      await endLeftover(settings);
      if (ends !== endsBefore) throw new Error(`${name} was stopped before it had started`);
      // Until it answers, its end is reported by this very call.
      asked = true;
      child = launch();
      const deadline = Date.now() + settings.readyBoundMs;
      while (!(await settings.isReady())) {
        if (child === undefined) {
          throw new Error(`${name} did not start; the last lines of ${logFile} say why`);
        }
        if (Date.now() > deadline) {
          await end('SIGKILL');
          throw new Error(`${name} did not answer within ${settings.readyBoundMs / 1000} s; the last lines of ${logFile} say why`);
        }
        await wait(40);
      }
      asked = false;
    },
    stop: () => end(settings.stopSignal),
    kill: () => end('SIGKILL'),
    pid: () => child?.pid,
    onUnexpectedEnd: (listener) => void listeners.push(listener),
  };
}
