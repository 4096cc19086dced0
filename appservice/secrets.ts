import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './config.ts';

const secret = z.string().regex(/^[A-Za-z0-9_-]{32,}$/, 'must be at least 32 letters, digits, _ or -');

/** All secrets of an installation: made once by `homeserver-config/secrets.ts`, never printed, never defaulted. */
export const secretsSchema = z.strictObject({
  appserviceToken: secret.describe('as_token: what the appservice shows to Synapse.'),
  homeserverToken: secret.describe('hs_token: what Synapse shows to the appservice.'),
  registrationSharedSecret: secret.describe('Lets the server-admin account be made; Synapse knows it too.'),
  macaroonSecretKey: secret.describe("Synapse's key for signed tokens."),
  formSecret: secret.describe("Synapse's key for its forms."),
  hashKey: secret.describe('Key of our keyed hashes (look-ups without the plain value at rest).'),
  sealingKey: secret.describe('Key under which secrets of companies are encrypted at rest.'),
  openidClientSecret: secret.describe('What Synapse shows to our OpenID provider.'),
  metricsToken: secret.describe('Bearer token for /metrics from another machine.'),
  adminToken: z.string().min(16).optional().describe('Access token of the server-admin account, once it was made.'),
});

/** See `secretsSchema`. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Reads the secrets file (JSON); throws `ConfigError` naming keys, never values. */
export function loadSecrets(file: string): Secrets {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ConfigError(`secrets file ${file} is missing or is not JSON`);
  }
  const result = secretsSchema.safeParse(data);
  if (result.success) return result.data;
  throw new ConfigError(
    `secrets file ${file}: ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')} missing or malformed`,
  );
}
