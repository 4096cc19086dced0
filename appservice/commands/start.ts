import { parseArgs } from 'node:util';
import { runEmbedded } from '../../homeserver-config/embedded/run.ts';
import { FolderInUse } from '../../homeserver-config/embedded/folder-lock.ts';
import { PortInUse } from '../../homeserver-config/embedded/ports.ts';
import { runProduction } from '../../homeserver-config/production.ts';
import { ConfigError } from '../config.ts';

const USAGE = `Usage: npm start -- [--port N] [--data DIR] [--no-demo] [--watch]
       npm start -- --production-config FILE

  --port N                   port of the pages and the API (default 8090, or the next free one)
  --data DIR                 folder for all data (default .local)
  --no-demo                  no demo company and no demo agent
  --watch                    restart and rebuild on change (npm run dev)
  --production-config FILE   PostgreSQL and Synapse are your own, reached as FILE says`;

/** What the command line asks for; a string is what is wrong with it. */
type Wanted = { kind: 'embedded'; port?: number; dataDir: string; demo: boolean; watch: boolean } | { kind: 'production'; file: string };

function readArguments(argv: readonly string[]): Wanted | string {
  const options = {
    port: { type: 'string' },
    data: { type: 'string' },
    'no-demo': { type: 'boolean' },
    watch: { type: 'boolean' },
    'production-config': { type: 'string' },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options, allowPositionals: false }));
  } catch (error) {
    return error instanceof Error ? error.message : 'the arguments cannot be read';
  }
  const { port, data, 'no-demo': noDemo, watch = false, 'production-config': file } = values;
  if (file !== undefined) {
    return port === undefined && data === undefined && noDemo === undefined
      ? { kind: 'production', file }
      : '--production-config stands alone; port and folders are settings in FILE';
  }
  const number = Number(port ?? 1);
  if (!Number.isInteger(number) || number < 1 || number > 65535) return `--port must be a whole number from 1 to 65535, not "${port}"`;
  if (data === '') return '--data must name a folder';
  return { kind: 'embedded', dataDir: data ?? '.local', demo: noDemo !== true, watch, ...(port === undefined ? {} : { port: number }) };
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = readArguments(process.argv.slice(2));
if (typeof wanted === 'string') {
  process.stderr.write(`${wanted}\n\n${USAGE}\n`);
  process.exit(2);
}

try {
  process.exitCode = await (wanted.kind === 'production' ? runProduction(wanted.file, write) : runEmbedded(wanted, write));
} catch (error) {
  const isPlain = error instanceof ConfigError || error instanceof FolderInUse || error instanceof PortInUse;
  process.stderr.write(
    `\n${isPlain || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : describe(error)}\n`,
  );
  process.exitCode = 1;
}
// Connections kept alive by a client would hold the process for a while.
process.exit();

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}\n  because: ${error.cause.message}` : error.message;
}
