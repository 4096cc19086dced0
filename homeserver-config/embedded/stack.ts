import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { ensureAdminAccount } from '../admin-account.ts';
import { ensureSecrets } from '../secrets.ts';
import { embeddedConfig, writeEmbeddedConfig } from './config.ts';
import { lockFolder } from './folder-lock.ts';
import { endLeftover, type Part } from './part.ts';
import { choosePorts, type Ports } from './ports.ts';
import { createEmbeddedPostgres, type EmbeddedPostgres } from './postgres.ts';
import { silentProgress, type Progress } from './progress.ts';
import { ensurePythonEnvironment } from './python-environment.ts';
import { createEmbeddedSynapse } from './synapse.ts';

/** What an embedded stack is started with. */
export type EmbeddedStackOptions = {
  /** Folder that holds everything that lasts; made where missing. */
  readonly dataDir: string;
  /** Port of the appservice; undefined: 8090, or the next that is free. */
  readonly port?: number | undefined;
  /** Hears of each step; silent by default. */
  readonly progress?: Progress;
  /** Ends a start that has not come to its end; what had begun is stopped. */
  readonly signal?: AbortSignal;
  /** Lets tests change settings before anything starts. */
  readonly adjust?: (config: Config) => Config;
  /** Runs beside Synapse's start, as soon as PostgreSQL answers: migrations. */
  readonly whenDatabaseAnswers?: (config: Config) => Promise<void>;
};

/** A running PostgreSQL and Synapse; the appservice is started by whoever has this. */
export type EmbeddedStack = {
  readonly config: Config;
  /** The config as a file, for processes that read one. */
  readonly configFile: string;
  readonly secrets: Secrets;
  readonly secretsFile: string;
  readonly dataDir: string;
  readonly ports: Ports;
  readonly postgres: EmbeddedPostgres;
  readonly synapse: Part;
  /** Ends Synapse in good order and starts it again; resolves when it answers. */
  restartSynapse(): Promise<void>;
  /** Ends Synapse at once; `synapse.start()` brings it back. */
  killSynapse(): Promise<void>;
  /** Ends PostgreSQL in good order and starts it again; resolves when it answers. */
  restartPostgres(): Promise<void>;
  /** Ends everything in reverse order and lets others have the folder. */
  stop(): Promise<void>;
};

/** What an earlier start may have left running: name of the pid file, and how the program is asked to end. */
const LEFTOVERS = [
  { file: 'appservice.pid', stopSignal: 'SIGTERM' },
  { file: 'synapse.pid', stopSignal: 'SIGTERM' },
  { file: 'postgres.pid', stopSignal: 'SIGINT' },
] as const;

async function endLeftovers(dataDir: string): Promise<void> {
  for (const { file, stopSignal } of LEFTOVERS) {
    await endLeftover({ pidFile: join(dataDir, 'run', file), stopSignal, stopBoundMs: 10_000 });
  }
}

async function bringUp(dataDir: string, options: EmbeddedStackOptions, started: Part[]): Promise<Omit<EmbeddedStack, 'stop'>> {
  const { signal, progress = silentProgress, adjust = (config) => config } = options;
  await endLeftovers(dataDir);
  const ports = await choosePorts(dataDir, options.port);
  const secretsFile = join(dataDir, 'secrets.json');
  const fresh = ensureSecrets(secretsFile, 'embedded');
  const postgres = await createEmbeddedPostgres({ dataDir, port: ports.postgres });
  const urls = { databaseUrl: postgres.smoopeUrl, synapseDatabaseUrl: postgres.synapseUrl };
  const config = adjust(embeddedConfig({ ports, ...urls }));
  const configFile = writeEmbeddedConfig(dataDir, config);
  started.push(postgres);
  const [python] = await allOrFirstError([
    progress('Python environment with Synapse', (say) => ensurePythonEnvironment(say, signal)),
    progress('PostgreSQL', () => postgres.start()),
  ]);
  signal?.throwIfAborted();
  const synapse = createEmbeddedSynapse({ config, secrets: fresh, dataDir, python });
  started.push(synapse);
  await allOrFirstError([progress('Synapse', () => synapse.start()), options.whenDatabaseAnswers?.(config) ?? Promise.resolve()]);
  signal?.throwIfAborted();
  const secrets = await progress('Server-admin account', () => ensureAdminAccount(config, secretsFile, fresh));
  return {
    config,
    configFile,
    secrets,
    secretsFile,
    dataDir,
    ports,
    postgres,
    synapse,
    restartSynapse: () => synapse.stop().then(synapse.start),
    killSynapse: () => synapse.kill(),
    restartPostgres: () => postgres.stop().then(postgres.start),
  };
}

/** Waits for all even when one fails: what is still starting could else not be stopped. */
async function allOrFirstError<First, Second>(work: [Promise<First>, Promise<Second>]): Promise<[First, Second]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/**
 * Starts PostgreSQL and Synapse in `dataDir`, with all data of an earlier start there. Throws `FolderInUse` or `PortInUse`;
 * whatever fails, nothing is left running.
 */
export async function startEmbeddedStack(options: EmbeddedStackOptions): Promise<EmbeddedStack> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const lock = lockFolder(join(dataDir, 'lock'), dataDir);
  const started: Part[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.toReversed()) await part.stop();
    lock.release();
  };
  const stopParts = (): void => void Promise.all(started.map((part) => part.stop()));
  options.signal?.addEventListener('abort', stopParts);
  try {
    return { ...(await bringUp(dataDir, options, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', stopParts);
  }
}
