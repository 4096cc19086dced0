import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../appservice/config.ts';
import { renderNginx } from './proxy/nginx.ts';
import { ensureSecrets } from './secrets.ts';
import { writeSynapseFiles } from './synapse/files.ts';

const USAGE = 'Usage: npm run homeserver:render -- --config FILE --out DIR';

function readArguments(argv: readonly string[]): { config: string; out: string } | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string' }, out: { type: 'string' } },
      allowPositionals: false,
    });
    const { config, out } = values;
    return config === undefined || out === undefined ? 'both --config and --out are needed' : { config, out };
  } catch (error) {
    return error instanceof Error ? error.message : 'the arguments cannot be read';
  }
}

/** Writes Synapse's files and the proxy's; makes the secrets where there are none. */
function render(file: string, out: string): readonly string[] {
  const config = loadConfig(file, process.env);
  const secrets = ensureSecrets(resolve(dirname(file), config.secretsFile), config.profile);
  const paths = writeSynapseFiles(config, secrets, { directory: out });
  const proxy = join(out, 'nginx.conf');
  writeFileSync(proxy, renderNginx(config));
  return [paths.homeserver, paths.log, paths.registration, paths.signingKey, proxy];
}

const wanted = readArguments(process.argv.slice(2));
if (typeof wanted === 'string') {
  process.stderr.write(`${wanted}\n\n${USAGE}\n`);
  process.exit(2);
}
try {
  for (const file of render(resolve(wanted.config), resolve(wanted.out))) process.stdout.write(`${file}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
