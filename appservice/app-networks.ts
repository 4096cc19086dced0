import { createAccountEmailStore } from './accounts/account-email-store.ts';
import { createAccountNumberStore } from './accounts/account-number-store.ts';
import { createAccountPasswordStore } from './accounts/account-password-store.ts';
import { createContactSeal } from './accounts/contact-seal.ts';
import type { Accounts } from './app-accounts.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { Database } from './database/database.ts';
import type { HttpContext } from './http/context.ts';
import type { Route } from './http/route.ts';
import type { AccountId } from './ids.ts';
import { accountNetworkRoutes } from './networks/account-network-routes.ts';
import { createNetworks } from './networks/create-networks.ts';
import { facebookRoutes } from './networks/facebook-routes.ts';
import { createNetworkCallbacks } from './networks/network-callbacks.ts';
import { createNetworkConnections } from './networks/network-connections.ts';
import { createNetworkCookie } from './networks/network-cookie.ts';
import type { NetworkDeletion } from './networks/network-deletion-store.ts';
import { networkRoutes } from './networks/network-routes.ts';
import { createNetworkSeal } from './networks/network-seal.ts';
import { createNetworkSignIn } from './networks/network-sign-in.ts';
import { createNetworkVisits, VISIT_MINUTES } from './networks/network-visits.ts';
import { createNetworkWithdrawals } from './networks/network-withdrawals.ts';
import type { Phones } from './app-phones.ts';
import { anyMethod } from './sign-in/sign-in-service.ts';

/** What people see on their way to a network and back. */
export type NetworkPages = {
  readonly shell: (context: HttpContext) => string;
  readonly ended: (context: HttpContext) => string;
  readonly deletion: (context: HttpContext, deletion: NetworkDeletion | undefined) => string;
};

type Neighbours = {
  readonly accounts: Accounts;
  readonly phones: Pick<Phones, 'hashNumber'>;
  readonly pages: NetworkPages;
  /** Sends the link of "forgot password" to the proved mail address of an account; false where none could be sent. */
  readonly sendRecovery: (accountId: AccountId) => Promise<boolean>;
  /** Begins the erasure of a whole profile. */
  readonly requestErasure: (accountId: AccountId) => Promise<void>;
};

/** Signing in with Facebook, Google and any OpenID provider. */
export function wireNetworks(
  { config, secrets, log: rootLog }: AppSettings,
  { database }: Pick<Connections, 'database'>,
  { accounts, phones, pages, sendRecovery, requestErasure }: Neighbours,
) {
  const log = rootLog.child('networks');
  const now = () => new Date();
  const { publicOrigin } = config;
  const { facebook, askMobileNumber: asksNumber } = config.networks;
  const networks = createNetworks(config.networks);
  const seal = createNetworkSeal(secrets);
  const contactSeal = createContactSeal({ ...secrets, hashNumber: phones.hashNumber });
  const findEmail = (on: Database, id: AccountId) => createAccountEmailStore(on, contactSeal).find(id);
  const findNumber = (on: Database, id: AccountId) => createAccountNumberStore(on, contactSeal).find(id);

  const withdrawals = createNetworkWithdrawals({ database, networks, seal, log, now });
  const connections = createNetworkConnections({
    database,
    seal,
    withdrawals,
    means: {
      hasOther: async (id) =>
        (await createAccountPasswordStore(database).find(id)) !== undefined || (await findNumber(database, id)) !== undefined,
      hasProvedEmail: async (id) => ((await findEmail(database, id))?.provedAt ?? null) !== null,
      sendRecovery,
    },
    now,
  });
  const callbackOf = (network: string): string => `${publicOrigin}/account/networks/${network}/callback`;
  const visits = createNetworkVisits({ database, networks, seal, callbackOf, log, now });
  const { registrations } = accounts;
  const signIn = createNetworkSignIn({
    database,
    seal,
    connections,
    asksNumber,
    begin: registrations.begin,
    findRegistration: registrations.find,
    hasEmail: async (on, id) => (await findEmail(on, id)) !== undefined,
    hasNumber: async (on, id) => (await findNumber(on, id)) !== undefined,
    now,
  });
  const callbacks = createNetworkCallbacks({ database, connections, requestErasure, log, now });
  const cookie = createNetworkCookie({ publicOrigin, minutes: VISIT_MINUTES });

  if (networks.length > 0) {
    accounts.methods.push(anyMethod(signIn.method));
    accounts.onCompleted.push(signIn.onCompleted);
  }

  const routes: Route[] = [
    ...networkRoutes({
      networks,
      asksNumber,
      visits,
      signIn,
      connections,
      cookie,
      checkFlow: accounts.signIn.check,
      findSignedIn: async (context) => (await accounts.sessions.find(context))?.accountId,
      renderShell: pages.shell,
      renderEnded: pages.ended,
    }),
    ...accountNetworkRoutes({ networks, visits, connections, withdrawals, cookie, renderShell: pages.shell }),
    ...(facebook.adapter === 'facebook'
      ? facebookRoutes({ callbacks, appSecret: facebook.appSecret, publicOrigin, renderDeletion: pages.deletion, now })
      : []),
  ];

  return {
    routes,
    connections,
    /** Deletions asked for at a network whose profile is still there. */
    listOpenDeletions: callbacks.listOpen,
    async housekeep(): Promise<void> {
      await signIn.deleteExpired();
      await withdrawals.housekeep();
      await callbacks.housekeep();
    },
  };
}

/** See `wireNetworks`. */
export type Networks = ReturnType<typeof wireNetworks>;
