import { ConfigError, loadConfig } from '../config.ts';
import { outgoingConnections } from '../outgoing-connections.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Usage: npm run config:check -- FILE\n');
  process.exit(2);
}

try {
  const config = loadConfig(file, process.env);
  process.stdout.write(`${file} can be used: profile ${config.profile}, reached under ${config.publicOrigin}.\n`);
  for (const { host, purpose, operator, country } of outgoingConnections(config)) {
    process.stdout.write(`Data leaves for ${host} (${operator}, ${country}): ${purpose}.\n`);
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
