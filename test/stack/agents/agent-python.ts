import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FolderInUse, lockFolder, type FolderLock } from '../../../homeserver-config/embedded/folder-lock.ts';
import { ensurePythonEnvironment } from '../../../homeserver-config/embedded/python-environment.ts';
import { runChild } from '../../runner/child-process.ts';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const SHARED = fileURLToPath(new URL('../../../.local', import.meta.url));
const FOLDER = join(SHARED, 'test-python');
const MARKER = join(FOLDER, 'smoope-requirements');
const MINUTE = 60_000;

async function run(command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runChild(command, args, 3 * MINUTE);
  if (code !== 0) throw new Error(`The Python environment of the agents could not be made:\n${output}`);
}

async function lockWhenFree(): Promise<FolderLock> {
  for (;;) {
    try {
      return lockFolder(join(SHARED, 'test-python.lock'), FOLDER);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      await wait(500);
    }
  }
}

/**
 * The interpreter that has matrix-nio, in an environment of its own beside Synapse's: neither dictates versions to the other.
 * It is made at the first call and again when requirements.txt changes.
 */
export async function ensureAgentPython(): Promise<string> {
  const interpreter = join(FOLDER, 'bin', 'python');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const isReady = (): boolean => existsSync(MARKER) && existsSync(interpreter) && readFileSync(MARKER, 'utf8') === wanted;
  if (isReady()) return interpreter;
  // Synapse's Python brings pip along, which a system's Python may not.
  const python = await ensurePythonEnvironment(() => undefined);
  const lock = await lockWhenFree();
  try {
    if (isReady()) return interpreter;
    await run(python, ['-m', 'venv', '--clear', '--without-pip', FOLDER]);
    await run(python, ['-m', 'pip', '--python', interpreter, 'install', '--quiet', '--only-binary=:all:', '-r', REQUIREMENTS]);
    writeFileSync(MARKER, wanted);
    return interpreter;
  } finally {
    lock.release();
  }
}
