import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig } from '../appservice/config.ts';
import { migrateToLatest } from '../appservice/database/migrate.ts';
import { ensureAdminAccount } from './admin-account.ts';
import { ensureBundles } from './embedded/browser-bundles.ts';
import { createProgress } from './embedded/progress.ts';
import { ensureSecrets } from './secrets.ts';

const MAIN = fileURLToPath(new URL('../appservice/main.ts', import.meta.url));
const HOMESERVER_BOUND_MS = 120_000;

/** A machine that boots starts everything at once; Synapse is the slower one. */
async function waitForHomeserver(url: string): Promise<void> {
  const deadline = Date.now() + HOMESERVER_BOUND_MS;
  while (!(await answersAt(`${url}/_matrix/client/versions`))) {
    if (Date.now() > deadline) throw new Error(`Synapse does not answer at ${url} (homeserver.url)`);
    await wait(500);
  }
}

async function answersAt(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Migrations, server-admin account and then the appservice alone, on a PostgreSQL and a Synapse of the operator's own. Resolves
 * with the exit code of the appservice; whoever supervises this process starts it again.
 */
export async function runProduction(file: string, write: (line: string) => void): Promise<number> {
  const config = loadConfig(file, process.env);
  if (config.profile !== 'production') throw new ConfigError(`${file}: profile: must be production for --production-config`);
  const secretsFile = resolve(dirname(file), config.secretsFile);
  const secrets = ensureSecrets(secretsFile, config.profile);
  const progress = createProgress(write);
  await progress('Widget and web client', (say) => ensureBundles(say));
  await progress('Migrations', () => migrateToLatest(config.database.url));
  await progress('Synapse', () => waitForHomeserver(config.homeserver.url));
  await progress('Server-admin account', () => ensureAdminAccount(config, secretsFile, secrets));
  const child = spawn(process.execPath, [MAIN], { stdio: 'inherit', env: { ...process.env, SMOOPE_CONFIG: resolve(file) } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((ended, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => ended(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
