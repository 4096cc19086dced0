import { join } from 'node:path';
import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { databaseSettings } from './database.ts';
import { limitSettings } from './limits.ts';
import { listenerSettings } from './listeners.ts';
import { privacySettings } from './privacy.ts';
import { SENDER_LOCALPART, userPattern } from './registration.ts';
import { retentionSettings } from './retention.ts';
import { renderSettings, setting, type Setting } from './setting.ts';
import { signInSettings } from './sign-in.ts';

/** Files of one Synapse, all in one folder. */
export type SynapsePaths = {
  readonly homeserver: string;
  readonly log: string;
  readonly registration: string;
  readonly signingKey: string;
  readonly media: string;
  /** Folder of the pages that take the place of Synapse's own. */
  readonly pages: string;
};

/** Where the files of a Synapse lie inside `directory`. */
export function synapsePaths(directory: string): SynapsePaths {
  return {
    homeserver: join(directory, 'homeserver.yaml'),
    log: join(directory, 'log.yaml'),
    registration: join(directory, 'registration.yaml'),
    signingKey: join(directory, 'signing.key'),
    media: join(directory, 'media'),
    pages: join(directory, 'pages'),
  };
}

/** What differs between two installations of one profile and stands not in the config. */
export type HomeserverOptions = {
  readonly paths: SynapsePaths;
};

/** Names by which the module knows the service. Service accounts are not of it: companies hold their tokens, for bots of their own. */
function moduleConfig(config: Config): Record<'sender' | 'service_users' | 'company_users', string> {
  return {
    sender: `@${SENDER_LOCALPART}:${config.homeserver.serverName}`,
    service_users: userPattern(config, ['company', 'visitor']),
    company_users: userPattern(config, ['company']),
  };
}

function identitySettings(config: Config, paths: SynapsePaths): Setting[] {
  return [
    setting('server_name', config.homeserver.serverName, 'The part behind the colon of every Matrix id; fixed for ever.'),
    setting('default_room_version', '12', 'The creator stands above all powers, and room ids belong to no server.'),
    setting('signing_key_path', paths.signingKey, 'Made once; whoever has it speaks for this server.'),
    setting('media_store_path', paths.media, 'Files of conversations.'),
    setting('templates', { custom_template_directory: paths.pages }, "Synapse's own pages load a picture from matrix.org."),
    setting('log_config', paths.log, 'Warnings and errors only.'),
    setting('app_service_config_files', [paths.registration], 'The smoope appservice.'),
    setting(
      'trusted_key_servers',
      config.homeserver.trustedKeyServers.map((name) => ({ server_name: name })),
      'Who vouches for signing keys of other servers; empty: each server for itself.',
    ),
    setting('suppress_key_server_warning', true, 'The list above is a decision.'),
    setting('enable_authenticated_media', true, 'Files are for signed-in people; the media guard relies on it.'),
    setting(
      'modules',
      [{ module: 'smoope_synapse.SmoopeModule', config: moduleConfig(config) }],
      'Rules of the service that Synapse itself must hold.',
    ),
  ];
}

/** homeserver.yaml for the config's profile, each setting with its reason; it holds secrets, so it belongs in a file of mode 600. */
export function renderHomeserver(config: Config, secrets: Secrets, { paths }: HomeserverOptions): string {
  return renderSettings(`Synapse of ${config.brand.name}, profile ${config.profile}. Rendered: change the config of smoope instead.`, [
    ...identitySettings(config, paths),
    ...listenerSettings(config),
    ...databaseSettings(config),
    ...signInSettings(config, secrets),
    ...privacySettings(config),
    ...retentionSettings(config),
    ...limitSettings(config),
  ]);
}
