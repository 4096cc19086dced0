import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; root lends it this account. */
const ACCOUNT = 'postgres';

/** How a program of PostgreSQL is started. */
export type PostgresUser = {
  readonly uid?: number;
  readonly gid?: number;
  /** Command and arguments for a program of PostgreSQL. */
  command(program: string, args: readonly string[]): { command: string; args: readonly string[]; uid?: number; gid?: number };
};

function idOf(flag: '-u' | '-g'): number | undefined {
  try {
    return Number(execFileSync('id', [flag, ACCOUNT], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

function createAccount(): void {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error(`PostgreSQL may not run as root, and the account "${ACCOUNT}" for it could not be made. Start as an ordinary user.`, {
      cause,
    });
  }
}

/** Whether everybody may pass through every folder above `path`. */
function isReachable(path: string): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

/**
 * Who PostgreSQL runs as: an ordinary user runs it as themselves; root lends it the account `postgres` (made where missing).
 * Where that account cannot reach the files, as inside /root, it is given the right to pass through folders (Linux).
 */
export function postgresUser(paths: readonly string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { command: (program, args) => ({ command: program, args }) };
  if (idOf('-u') === undefined) createAccount();
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === undefined || gid === undefined) throw new Error(`the account "${ACCOUNT}" has no number`);
  if (paths.every(isReachable)) return { uid, gid, command: (program, args) => ({ command: program, args, uid, gid }) };
  const setpriv = SETPRIV.find((path) => existsSync(path));
  if (setpriv === undefined) {
    throw new Error(
      `PostgreSQL runs as "${ACCOUNT}", which may not enter a folder above ${paths.find((path) => !isReachable(path)) ?? ''}. ` +
        'Put the checkout where everybody may enter (for example /srv), or start as an ordinary user.',
    );
  }
  // access(2), by which PostgreSQL looks at its own binaries, would pass over the right without this bit.
  const rights = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  return { uid, gid, command: (program, args) => ({ command: setpriv, args: [...rights, program, ...args] }) };
}
