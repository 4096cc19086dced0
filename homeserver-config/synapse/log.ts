import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Config } from '../../appservice/config.ts';

/**
 * Synapse's log: warnings and errors only. Its access log (level info) would hold address, Matrix id and room of every call.
 * In production a file a day is kept for a week; embedded it goes to standard output, which is a file in the data folder.
 */
export function renderLogConfig(config: Config, logDir: string): string {
  const handler =
    config.profile === 'production'
      ? {
          class: 'logging.handlers.TimedRotatingFileHandler',
          formatter: 'line',
          filename: join(logDir, 'synapse.log'),
          when: 'midnight',
          backupCount: 7,
          encoding: 'utf8',
        }
      : { class: 'logging.StreamHandler', formatter: 'line', stream: 'ext://sys.stdout' };
  const log = {
    version: 1,
    disable_existing_loggers: false,
    formatters: { line: { format: '%(asctime)s %(levelname)s %(name)s %(request)s %(message)s' } },
    handlers: { out: handler },
    loggers: {
      // Statements of SQL carry content as parameters; this logger stays quiet even when the root is turned up to look for a fault.
      'synapse.storage.SQL': { level: 'WARNING' },
      'synapse.access': { level: 'WARNING' },
    },
    root: { level: 'WARNING', handlers: ['out'] },
  };
  return `# Log of Synapse: no access log, nothing personal.\n\n${stringify(log, { lineWidth: 0 })}`;
}
