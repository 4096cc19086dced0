import { ConfigError, loadConfig } from '../config.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Usage: npm run config:check -- FILE\n');
  process.exit(2);
}

try {
  const { profile, publicOrigin } = loadConfig(file, process.env);
  process.stdout.write(`${file} can be used: profile ${profile}, reached under ${publicOrigin}.\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
