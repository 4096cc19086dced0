import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPart, type Part } from './part.ts';
import type { EmbeddedStack } from './stack.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../../appservice/main.ts', import.meta.url));

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(5000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Prepares the appservice as a process of its own, so that it can be killed and started again while the rest goes on. */
export function createEmbeddedAppservice({ config, configFile, dataDir }: Pick<EmbeddedStack, 'config' | 'configFile' | 'dataDir'>): Part {
  return createPart({
    name: 'Appservice',
    command: process.execPath,
    args: [MAIN],
    env: { ...process.env, SMOOPE_CONFIG: configFile },
    cwd: ROOT,
    logFile: join(dataDir, 'logs', 'appservice.log'),
    pidFile: join(dataDir, 'run', 'appservice.pid'),
    stopSignal: 'SIGTERM',
    stopBoundMs: 15_000,
    isReady: () => isReady(`http://${config.listen.host}:${config.listen.port}`),
    readyBoundMs: 60_000,
  });
}
