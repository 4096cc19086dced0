import { decodeConfig, type Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { embeddedConfig } from '../../homeserver-config/embedded/config.ts';

const ports = { app: 8090, postgres: 5433, synapse: 8008, synapseMetrics: 9000 };

/** The embedded profile with made-up ports. */
export const embeddedExample: Config = embeddedConfig({
  ports,
  databaseUrl: 'postgresql://smoope:pw@127.0.0.1:5433/smoope',
  synapseDatabaseUrl: 'postgresql://synapse:p%40ss@127.0.0.1:5433/synapse',
});

/** A production profile; `changes` stand in place of its top-level keys. */
export function productionExample(changes: Partial<Config> = {}): Config {
  return decodeConfig(
    {
      ...embeddedExample,
      profile: 'production',
      publicOrigin: 'https://chat.example.de',
      listen: { host: '127.0.0.1', port: 8090, trustProxy: true },
      homeserver: {
        ...embeddedExample.homeserver,
        url: 'http://127.0.0.1:8008',
        publicUrl: 'https://matrix.example.de',
        serverName: 'example.de',
        databaseUrl: 'postgres://synapse:secret@db.example.de:5432/synapse?sslmode=verify-full',
        trustedKeyServers: ['matrix.org'],
      },
      sms: { adapter: 'none' },
      mail: { adapter: 'none' },
      ...changes,
    },
    'the example',
  );
}

/** Secrets that no installation has. */
export const exampleSecrets: Secrets = {
  appserviceToken: 'a'.repeat(43),
  homeserverToken: 'b'.repeat(43),
  registrationSharedSecret: 'c'.repeat(43),
  macaroonSecretKey: 'd'.repeat(43),
  formSecret: 'e'.repeat(43),
  hashKey: 'f'.repeat(43),
  metricsToken: 'g'.repeat(43),
  sealingKey: 'h'.repeat(43),
  openidClientSecret: 'i'.repeat(43),
};
