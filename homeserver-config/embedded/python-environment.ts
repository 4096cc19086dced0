import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FolderInUse, lockFolder, type FolderLock } from './folder-lock.ts';

const REQUIREMENTS = fileURLToPath(new URL('../synapse/requirements.txt', import.meta.url));
const SHARED = fileURLToPath(new URL('../../.local', import.meta.url));
// A distribution builds its Python with optimisation by profile; with one that a version manager compiled, Synapse needs a
// fifth more of the processor and a third longer to start.
const NAMES = ['/usr/bin/python3', 'python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const NEEDED = [3, 10] as const;

/** Version of a Python, like `3.11`; undefined where there is none of that name. */
function versionOf(name: string): string | undefined {
  const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const result = spawnSync(name, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Every Python that is new enough, the preferred one first. */
function findPythons(): string[] {
  const found = NAMES.map((name) => ({ name, version: versionOf(name) }));
  const good = found.flatMap(({ name, version }) => (version !== undefined && isNewEnough(version) ? [name] : []));
  if (good.length > 0) return good;
  const old = found.flatMap(({ name, version }) => (version === undefined ? [] : [`${name} is ${version}`]));
  throw new Error(
    `Synapse needs Python ${NEEDED.join('.')} or later, which was not found on the path (${old.join(', ') || 'no Python at all'}).`,
  );
}

type Hearing = { readonly onLine?: (line: string) => void; readonly signal: AbortSignal | undefined };

/** Runs a command and hands each line it says to `onLine`; the promise rejects with the last lines when it fails. */
function run(command: string, args: readonly string[], { onLine, signal }: Hearing): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, ...(signal === undefined ? {} : { signal }) });
    const last: string[] = [];
    const take = (chunk: Buffer): void => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        last.push(line);
        if (last.length > 15) last.shift();
        onLine?.(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(last.join('\n')))));
  });
}

/** Ways to an environment with pip, from the usual to the rare: Debian ships Python without the part that puts pip in. */
function waysToEnvironment(python: string, folder: string): { command: string; args: string[] }[][] {
  const bare = { command: python, args: ['-m', 'venv', '--without-pip', folder] };
  return [
    [{ command: python, args: ['-m', 'venv', folder] }],
    [{ command: python, args: ['-m', 'virtualenv', folder] }],
    [{ command: 'virtualenv', args: ['--python', python, folder] }],
    // pip of the system, working on the environment instead of the system.
    [bare, { command: python, args: ['-m', 'pip', '--python', join(folder, 'bin', 'python'), 'install', '--quiet', 'pip'] }],
  ];
}

async function createEnvironment(pythons: readonly string[], folder: string, signal: AbortSignal | undefined): Promise<void> {
  let reason = '';
  for (const way of pythons.flatMap((python) => waysToEnvironment(python, folder))) {
    try {
      rmSync(folder, { recursive: true, force: true });
      for (const { command, args } of way) await run(command, args, { signal });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      reason ||= error instanceof Error ? error.message : '';
    }
  }
  rmSync(folder, { recursive: true, force: true });
  throw new Error(
    `${pythons[0]} is there, but it can make no virtual environment. On Debian and Ubuntu: apt install python3-venv.\n${reason}`,
  );
}

async function lockWhenFree(file: string): Promise<FolderLock> {
  for (;;) {
    try {
      return lockFolder(file, SHARED);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      await wait(500);
    }
  }
}

/** What pip is at, in a few words; undefined for a line that tells nothing to whoever waits. */
function pipStep(line: string): string | undefined {
  if (line.startsWith('Installing')) return 'writing packages';
  return /^Collecting \S+/.exec(line)?.[0].replace('Collecting', 'fetching');
}

/**
 * The Python that has Synapse, in an environment shared by all data folders of this checkout; made at the first call and again
 * when requirements.txt changes or its Python is gone. Returns the path of its interpreter. `say` hears pip at work.
 */
export async function ensurePythonEnvironment(say: (detail: string) => void, signal?: AbortSignal): Promise<string> {
  const folder = join(SHARED, 'python');
  const interpreter = join(folder, 'bin', 'python');
  const marker = join(folder, 'smoope-requirements');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const isReady = (): boolean => existsSync(marker) && readFileSync(marker, 'utf8') === wanted && versionOf(interpreter) !== undefined;
  if (isReady()) return interpreter;
  mkdirSync(SHARED, { recursive: true });
  const lock = await lockWhenFree(join(SHARED, 'python.lock'));
  try {
    if (isReady()) return interpreter;
    say('making a virtual environment');
    await createEnvironment(findPythons(), folder, signal);
    // Synapse compiles what it imports at its first start, which is a fraction of what lies there.
    const install = ['-m', 'pip', 'install', '--only-binary=:all:', '--progress-bar=off', '--no-compile', '-r', REQUIREMENTS];
    const onLine = (line: string): void => {
      const step = pipStep(line);
      if (step !== undefined) say(step);
    };
    await run(interpreter, install, { onLine, signal }).catch((cause: unknown) => {
      throw new Error(`pip could not install Synapse. It says:\n${cause instanceof Error ? cause.message : ''}`, { cause });
    });
    writeFileSync(marker, wanted);
    return interpreter;
  } finally {
    lock.release();
  }
}
