import type { Accounts } from './app-accounts.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { createAccountStore } from './accounts/account-store.ts';
import { browserFamily } from './accounts/browser-family.ts';
import { displayNameOf } from './accounts/account.ts';
import { createPasskeyChallenges } from './passkeys/passkey-challenges.ts';
import { createPasskeyMethod } from './passkeys/passkey-method.ts';
import { passkeyRoutes } from './passkeys/passkey-routes.ts';
import { createPasskeys } from './passkeys/passkeys.ts';
import { anyMethod } from './sign-in/sign-in-service.ts';

/** Passkeys of accounts; signing in with one joins the ways to sign in. */
export function wirePasskeys(
  { config }: AppSettings,
  { database }: Pick<Connections, 'database'>,
  { accounts, means, methods }: Pick<Accounts, 'accounts' | 'means' | 'methods'>,
) {
  const now = () => new Date();
  const challenges = createPasskeyChallenges({ database, now });
  const passkeys = createPasskeys({
    database,
    challenges,
    publicOrigin: config.publicOrigin,
    serviceName: config.brand.name,
    tell: means.notices.tell,
    lockAccount: (transaction, id) => createAccountStore(transaction).lock(id),
    // A proved address leads in as well: by it a new password is set.
    hasOtherMeans: async (transaction, id) =>
      (await means.waysIn.hasBeside(transaction, 'passkey', id)) || means.emails.hasProved(transaction, id),
    now,
  });
  methods.push(anyMethod(createPasskeyMethod(passkeys)));
  means.waysIn.add('passkey', passkeys.hasAny);
  const nameOf = async (id: Parameters<typeof accounts.find>[0]): Promise<string | undefined> => {
    const account = await accounts.find(id);
    return account === undefined ? undefined : displayNameOf(account);
  };
  return { routes: passkeyRoutes({ passkeys, nameOf, familyOf: browserFamily }), deleteExpired: challenges.deleteExpired };
}

/** See `wirePasskeys`. */
export type PasskeyParts = ReturnType<typeof wirePasskeys>;
