import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { decodeConfig, type Config } from '../../appservice/config.ts';
import { USUAL_MEDIA_TYPES } from '../../appservice/media/media-kind.ts';
import { writePrivateFile } from '../private-file.ts';
import type { Ports } from './ports.ts';

/** Server name of every embedded stack; names under `localhost` belong to nobody else. */
export const EMBEDDED_SERVER_NAME = 'smoope.localhost';

/** What the embedded config is made from. */
export type EmbeddedConfigInput = {
  readonly ports: Ports;
  /** PostgreSQL of the appservice and of Synapse. */
  readonly databaseUrl: string;
  readonly synapseDatabaseUrl: string;
};

/** The settings of an embedded stack: everything on this machine, and legal data that nobody can take for real. */
export function embeddedConfig({ ports, databaseUrl, synapseDatabaseUrl }: EmbeddedConfigInput): Config {
  return decodeConfig(
    {
      profile: 'embedded',
      publicOrigin: `http://localhost:${ports.app}`,
      listen: { host: '127.0.0.1', port: ports.app, trustProxy: false },
      brand: { name: 'smoope', color: '#0b5c6b' },
      dataLocation: { country: 'DE', dataCentre: 'This machine (trial)', certificate: 'none (trial)' },
      database: { url: databaseUrl, poolSize: 10 },
      homeserver: {
        url: `http://127.0.0.1:${ports.synapse}`,
        publicUrl: `http://localhost:${ports.synapse}`,
        serverName: EMBEDDED_SERVER_NAME,
        databaseUrl: synapseDatabaseUrl,
        metricsPort: ports.synapseMetrics,
        trustedKeyServers: [],
        retention: { minDays: 1, maxDays: 730, defaultDays: 365 },
      },
      appservice: { id: 'smoope', url: `http://127.0.0.1:${ports.app}`, buckets: '00-ff' },
      secretsFile: 'secrets.json',
      conversations: { poolSize: 1, sessionDays: 90 },
      media: { maxBytes: 25 * 1024 * 1024, types: [...USUAL_MEDIA_TYPES], scanner: { adapter: 'none' } },
      contactForm: { attackPerMinute: 30 },
      // Everybody on this machine is one network.
      phones: { countries: ['DE', 'AT', 'CH'], textsPerNetworkAndHour: 10_000, textsPerNetworkAndDay: 10_000, reproveDays: 60 },
      sms: { adapter: 'outbox' },
      mail: { adapter: 'outbox' },
      accounts: { unusedMonths: 24 },
      networks: { facebook: { adapter: 'none' }, google: { adapter: 'none' }, others: [], askMobileNumber: false },
      operator: {
        slug: 'operator',
        name: 'Example GmbH',
        address: 'Musterstraße 1, 10115 Berlin, Germany',
        email: 'info@example.com',
        phone: '+49 30 23125000',
        representedBy: 'Erika Mustermann',
        register: 'none (example data)',
        dataProtectionOfficer: { name: 'Max Mustermann', email: 'privacy@example.com' },
      },
      processingAgreement: { version: '2026-11' },
      log: { level: 'info' },
    },
    'the embedded config',
  );
}

/** Writes the config to `dataDir/config.yaml` (mode 600: it holds the password of the database) and returns the path. */
export function writeEmbeddedConfig(dataDir: string, config: Config): string {
  const file = join(dataDir, 'config.yaml');
  const text = `# Written at each start; changes are lost. For settings of your own: npm start -- --production-config FILE\n${stringify(config)}`;
  if (readOrEmpty(file) !== text) writePrivateFile(file, text);
  return file;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
