import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLeftover } from '../../homeserver-config/embedded/part.ts';
import { processIdentity } from '../../homeserver-config/embedded/process-identity.ts';

const OWNER = 'owner';
const PREFIX = 'smoope-';
const STOP_BOUND_MS = 2000;

/** Makes a folder for programs that a test starts; it says whose it is, so that it can be cleared when that process was killed. */
export function makeStackFolder(name: string, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `${PREFIX}${name}-`));
  // As root, PostgreSQL runs as another user and must reach its part of the folder.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, OWNER), processIdentity(process.pid) ?? '');
  return folder;
}

/** Ends what still runs in a folder, and takes the folder away. */
export async function removeStackFolder(folder: string): Promise<void> {
  const run = join(folder, 'run');
  const pidFiles = existsSync(run) ? readdirSync(run).filter((file) => file.endsWith('.pid')) : [];
  await Promise.all(pidFiles.map((file) => endLeftover({ pidFile: join(run, file), stopSignal: 'SIGQUIT', stopBoundMs: STOP_BOUND_MS })));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isAbandoned(folder: string): boolean {
  try {
    const owner = readFileSync(join(folder, OWNER), 'utf8');
    return processIdentity(Number(owner.split(' ')[0])) !== owner;
  } catch {
    return false;
  }
}

/** Clears the folders whose process is gone: a suite that was killed could not end the programs it had started. */
export async function clearAbandonedFolders(parent = tmpdir()): Promise<void> {
  const folders = readdirSync(parent)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(parent, name));
  await Promise.all(folders.filter(isAbandoned).map(removeStackFolder));
}
