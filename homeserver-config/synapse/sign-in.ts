import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';
import { setting, type Setting } from './setting.ts';

/** Who may get an account or a session at Synapse itself; `demo` is the demo agent of the embedded profile. */
export function signInSettings(config: Config, secrets: Secrets, demo: boolean): Setting[] {
  if (demo && config.profile === 'production') throw new Error('the demo belongs to the embedded profile');
  return [
    setting('enable_registration', false, 'Accounts are made by the service, never by whoever finds the server.'),
    setting('registration_shared_secret', secrets.registrationSharedSecret, 'Makes the server-admin account; known to the service only.'),
    setting(
      'password_config',
      demo ? { enabled: true, localdb_enabled: true } : { enabled: false, localdb_enabled: false },
      demo ? 'The demo agent signs in with a password; no other account has one.' : 'No account has a password at Synapse.',
    ),
    setting('macaroon_secret_key', secrets.macaroonSecretKey, 'Signs short-lived tokens.'),
    setting('form_secret', secrets.formSecret, 'Signs forms.'),
    setting('login_via_existing_session', { enabled: false }, 'A session does not make further sessions.'),
  ];
}
