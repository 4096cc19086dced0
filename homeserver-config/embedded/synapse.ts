import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { createPart, type Part } from './part.ts';
import { writeSynapseFiles } from '../synapse/files.ts';

const MODULE = fileURLToPath(new URL('../synapse/module', import.meta.url));

/** What a Synapse of ours is started with. */
export type EmbeddedSynapseSettings = {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly dataDir: string;
  /** Interpreter that has Synapse, from `ensurePythonEnvironment`. */
  readonly python: string;
};

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}

// Through a proxy Synapse would send the transactions for the appservice on this machine; and where Python keeps nothing of what it
// compiled, each start takes three seconds longer.
const UNWANTED = /^((https?|all|no)_proxy|pythondontwritebytecode)$/i;

/** An environment for Synapse, from the one of this process. */
export function synapseEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([key]) => !UNWANTED.test(key));
  return { ...Object.fromEntries(kept), PYTHONPATH: MODULE, PYTHONUNBUFFERED: '1' };
}

/** Prepares Synapse under `dataDir/synapse`: writes its files anew; they follow from the config. */
export function createEmbeddedSynapse({ config, secrets, dataDir, python }: EmbeddedSynapseSettings): Part {
  const directory = join(dataDir, 'synapse');
  mkdirSync(directory, { recursive: true });
  const paths = writeSynapseFiles(config, secrets, { directory });
  return createPart({
    name: 'Synapse',
    command: python,
    args: ['-m', 'synapse.app.homeserver', '-c', paths.homeserver],
    env: synapseEnvironment(process.env),
    cwd: directory,
    logFile: join(dataDir, 'logs', 'synapse.log'),
    pidFile: join(dataDir, 'run', 'synapse.pid'),
    stopSignal: 'SIGTERM',
    stopBoundMs: 15_000,
    isReady: () => answers(config.homeserver.url),
    readyBoundMs: 120_000,
  });
}
