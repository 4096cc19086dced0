import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { writePrivateFile } from '../private-file.ts';
import { renderHomeserver, synapsePaths, type SynapsePaths } from './homeserver.ts';
import { renderLogConfig } from './log.ts';
import { renderPages } from './pages.ts';
import { renderRegistration } from './registration.ts';
import { ensureSigningKey } from './signing-key.ts';

/** Writes all that Synapse reads at its start into `directory`, mode 600; an existing signing key stays. */
export function writeSynapseFiles(config: Config, secrets: Secrets, { directory }: { readonly directory: string }): SynapsePaths {
  const paths = synapsePaths(directory);
  mkdirSync(paths.media, { recursive: true, mode: 0o700 });
  mkdirSync(paths.pages, { recursive: true, mode: 0o700 });
  for (const [name, page] of Object.entries(renderPages(config))) writePrivateFile(join(paths.pages, name), page);
  ensureSigningKey(paths.signingKey);
  writePrivateFile(paths.registration, renderRegistration(config, secrets));
  writePrivateFile(paths.log, renderLogConfig(config, directory));
  writePrivateFile(paths.homeserver, renderHomeserver(config, secrets, { paths }));
  return paths;
}
