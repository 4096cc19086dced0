import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

function writeBeside(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
  return temporary;
}

/** Writes a file that only its owner may read (mode 600) in one step: a reader sees the old text or the new, never a part. */
export function writePrivateFile(file: string, text: string): void {
  renameSync(writeBeside(file, text), file);
}

/** As `writePrivateFile`, but only where there is no such file yet; returns false and changes nothing where there is one. */
export function createPrivateFile(file: string, text: string): boolean {
  const temporary = writeBeside(file, text);
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary);
  }
}
