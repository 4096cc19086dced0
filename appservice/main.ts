import { dirname, resolve } from 'node:path';
import { createApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { OUTBOX_FILE } from './notifications/outbox-adapter.ts';
import { loadSecrets } from './secrets.ts';

/** The appservice as a process: settings from the file that SMOOPE_CONFIG names, ended by SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const file = process.env['SMOOPE_CONFIG'];
  if (file === undefined) throw new ConfigError('SMOOPE_CONFIG must name the config file');
  const config = loadConfig(file, process.env);
  const log = createLogger({ level: config.log.level });
  // Node would write its warnings as plain text between the lines of JSON.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn('process_warning', {}, warning));
  const secrets = loadSecrets(resolve(dirname(file), config.secretsFile));
  const app = await createApp({ config, secrets, outboxFile: resolve(dirname(file), OUTBOX_FILE), log });
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('stopping', { signal });
      stopping ??= app.stop().then(() => process.exit(0));
    });
  }
  await app.start();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
