import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createPrivateFile } from '../private-file.ts';
import { processIdentity } from './process-identity.ts';

/** The folder belongs to a running process; the message names it. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** A folder held by this process; see `lockFolder`. */
export type FolderLock = {
  /** Lets others have the folder. */
  release(): void;
};

function holderOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Takes a sign away that nobody alive wrote. Two may try at once, so what is taken is looked at before it goes. */
function sweep(file: string, stale: string | undefined): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) !== stale) linkSync(aside, file);
  } catch {
    // Somebody else was quicker; the next look tells.
  }
  rmSync(aside, { force: true });
}

/**
 * Takes `file` as the sign that this process works in its folder. The sign of a process that was killed is swept away.
 * Throws `FolderInUse` where the process that wrote it is alive.
 */
export function lockFolder(file: string, folder: string): FolderLock {
  const own = processIdentity(process.pid);
  if (own === undefined) throw new Error('this system tells nothing about its processes (neither /proc nor ps)');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (createPrivateFile(file, `${own}\n`)) return { release: () => rmSync(file, { force: true }) };
    const holder = holderOf(file);
    const pid = Number(holder?.split(' ')[0]);
    if (holder !== undefined && processIdentity(pid) === holder) {
      throw new FolderInUse(`${folder} is in use by process ${pid}. Stop that one first, or name another folder with --data DIR.`);
    }
    sweep(file, holder);
  }
  throw new FolderInUse(`${folder} is being taken by another process at this moment. Try again.`);
}
