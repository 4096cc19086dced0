import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, type Config } from '../appservice/config.ts';
import { loadSecrets, secretsSchema, type Secrets } from '../appservice/secrets.ts';
import { createPrivateFile, writePrivateFile } from './private-file.ts';

/** 256 bits, in the alphabet that `secretsSchema` allows. */
function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

function makeMissing(existing: Record<string, unknown>): Record<string, unknown> {
  const required = Object.entries(secretsSchema.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  return { ...Object.fromEntries(required.map(([key]) => [key, makeSecret()])), ...existing };
}

function closeToOthers(file: string, profile: Config['profile']): void {
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  if (profile === 'production') {
    throw new ConfigError(`secrets file ${file} can be read by others (mode ${mode.toString(8)}); allowed is 600: chmod 600 ${file}`);
  }
  chmodSync(file, 0o600);
}

/**
 * All secrets of an installation, made at the first call and the same ever after; what a later version needs in addition is
 * added once. Throws `ConfigError` for a malformed file, and in production for one that others can read.
 */
export function ensureSecrets(file: string, profile: Config['profile']): Secrets {
  if (!existsSync(file)) createPrivateFile(file, serialize(makeMissing({})));
  closeToOthers(file, profile);
  const existing = readObject(file);
  const complete = makeMissing(existing);
  if (Object.keys(complete).length > Object.keys(existing).length) writePrivateFile(file, serialize(complete));
  return loadSecrets(file);
}

/** Keeps the access token of the server-admin account, in place of an earlier one. */
export function saveAdminToken(file: string, adminToken: string): Secrets {
  const secrets: Secrets = { ...loadSecrets(file), adminToken };
  writePrivateFile(file, serialize(secrets));
  return secrets;
}

function readObject(file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ConfigError(`secrets file ${file} is not a JSON object`);
  }
}

function serialize(secrets: Record<string, unknown>): string {
  return `${JSON.stringify(secrets, null, 2)}\n`;
}
