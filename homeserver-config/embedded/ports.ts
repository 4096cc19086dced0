import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../private-file.ts';

/** Port of the appservice where nobody asked for another. */
export const DEFAULT_APP_PORT = 8090;

const port = z.int().min(1).max(65535);
const portsSchema = z.object({ app: port, postgres: port, synapse: port, synapseMetrics: port });

/** Ports of one embedded stack, all on the loopback address. */
export type Ports = z.infer<typeof portsSchema>;

/** The port asked for belongs to another program. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

function listenOn(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}

async function firstFree(candidates: readonly (number | undefined)[], taken: ReadonlySet<number>): Promise<number> {
  for (const candidate of candidates) {
    if (candidate !== undefined && !taken.has(candidate) && (await listenOn(candidate)) !== undefined) return candidate;
  }
  for (;;) {
    const found = await listenOn(0);
    if (found !== undefined && !taken.has(found)) return found;
  }
}

function remembered(file: string): { [Name in keyof Ports]?: number | undefined } {
  if (!existsSync(file)) return {};
  try {
    return portsSchema.partial().parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/**
 * The ports of the stack in `dataDir`: found once and kept in ports.json; where another program has taken one in the meantime
 * a new one is found. Throws `PortInUse` when `appPort` was asked for and is not free.
 */
export async function choosePorts(dataDir: string, appPort: number | undefined): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const before = remembered(file);
  const app = await firstFree(appPort === undefined ? [before.app, DEFAULT_APP_PORT] : [appPort], new Set());
  if (appPort !== undefined && app !== appPort)
    throw new PortInUse(`port ${appPort} is in use by another program; choose another with --port N`);
  const postgres = await firstFree([before.postgres], new Set([app]));
  const synapse = await firstFree([before.synapse], new Set([app, postgres]));
  const synapseMetrics = await firstFree([before.synapseMetrics], new Set([app, postgres, synapse]));
  const ports = { app, postgres, synapse, synapseMetrics };
  writePrivateFile(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}
