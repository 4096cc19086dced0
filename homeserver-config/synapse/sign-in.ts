import type { Config } from '../../appservice/config.ts';
import * as identity from '../../appservice/matrix/identity.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { setting, type Setting } from './setting.ts';

/** Our OpenID provider: it alone says who somebody is, and Synapse makes the Matrix user at the first sign-in. */
function provider({ publicOrigin, brand }: Config, { openidClientSecret }: Secrets): Record<string, unknown> {
  const { localpart, displayName } = identity.IDENTITY_CLAIMS;
  return {
    idp_id: identity.PROVIDER_ID,
    idp_name: brand.name,
    issuer: identity.issuerOf(publicOrigin),
    client_id: identity.HOMESERVER_CLIENT_ID,
    client_secret: openidClientSecret,
    client_auth_method: 'client_secret_basic',
    scopes: [...identity.HOMESERVER_SCOPES],
    pkce_method: 'always',
    backchannel_logout_enabled: true,
    // Somebody who is known to Synapse by another way is somebody else: accounts are never joined by a name.
    allow_existing_users: false,
    // Synapse insists on https; on this machine alone there is none.
    skip_verification: !publicOrigin.startsWith('https:'),
    user_mapping_provider: {
      config: {
        subject_template: '{{ user.sub }}',
        localpart_template: `{{ user.${localpart} }}`,
        display_name_template: `{{ user.${displayName} }}`,
      },
    },
  };
}

/** Who may get an account or a session at Synapse itself: nobody. */
export function signInSettings(config: Config, secrets: Secrets): Setting[] {
  return [
    setting('enable_registration', false, 'Accounts are made by the service, never by whoever finds the server.'),
    setting('registration_shared_secret', secrets.registrationSharedSecret, 'Makes the server-admin account; known to the service only.'),
    setting('password_config', { enabled: false, localdb_enabled: false }, 'No account has a password at Synapse.'),
    setting(
      'oidc_providers',
      [provider(config, secrets)],
      'People sign in on our own pages; Synapse learns a random name and a first display name.',
    ),
    setting(
      'sso',
      { client_whitelist: [`${config.publicOrigin}/`], update_profile_information: false },
      'Who comes from our own web client is not asked again where to go; other clients are named to the person first.',
    ),
    setting('macaroon_secret_key', secrets.macaroonSecretKey, 'Signs short-lived tokens.'),
    setting('form_secret', secrets.formSecret, 'Signs forms.'),
    setting('login_via_existing_session', { enabled: false }, 'A session does not make further sessions.'),
  ];
}
