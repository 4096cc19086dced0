import { createAccountStore } from './accounts/account-store.ts';
import type { Accounts } from './app-accounts.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { inTransaction } from './database/transaction.ts';
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
import { createNumberProof } from './networks/number-proof.ts';
import { createNetworkVisits, VISIT_MINUTES } from './networks/network-visits.ts';
import { createNetworkWithdrawals } from './networks/network-withdrawals.ts';
import type { Phones } from './app-phones.ts';
import { anyMethod } from './sign-in/sign-in-service.ts';

/** What people see on their way to a network and back. */
export type NetworkPages = {
  readonly shell: (context: HttpContext) => string;
  readonly deletion: (context: HttpContext, deletion: NetworkDeletion | undefined) => string;
};

type Neighbours = {
  readonly accounts: Accounts;
  readonly phones: Pick<Phones, 'parse' | 'codes'>;
  readonly pages: NetworkPages;
  /** Begins the erasure of a whole profile. */
  readonly requestErasure: (accountId: AccountId) => Promise<void>;
};

/** Signing in with Facebook, Google and any OpenID provider. */
export function wireNetworks(
  { config, secrets, log: rootLog }: AppSettings,
  { database }: Pick<Connections, 'database'>,
  { accounts, phones, pages, requestErasure }: Neighbours,
) {
  const log = rootLog.child('networks');
  const now = () => new Date();
  const { publicOrigin } = config;
  const { facebook, askMobileNumber: asksNumber } = config.networks;
  const networks = createNetworks(config.networks);
  const seal = createNetworkSeal(secrets);
  const { registrations, means } = accounts;

  const withdrawals = createNetworkWithdrawals({ database, networks, seal, log, now });
  const connections = createNetworkConnections({
    database,
    seal,
    withdrawals,
    means: {
      hasOther: (id) => means.waysIn.hasBeside(database, 'network', id),
      hasProvedEmail: (id) => means.emails.hasProved(database, id),
      lockAccount: (transaction, id) => createAccountStore(transaction).lock(id),
      async sendRecovery(id) {
        if (means.notices.canMail) await inTransaction(database, (transaction) => means.notices.sendRecovery(transaction, id));
        return means.notices.canMail;
      },
    },
    now,
  });
  const callbackOf = (network: string): string => `${publicOrigin}/account/networks/${network}/callback`;
  const visits = createNetworkVisits({ database, networks, seal, callbackOf, log, now });
  const signIn = createNetworkSignIn({
    database,
    seal,
    connections,
    asksNumber,
    begin: registrations.begin,
    findRegistration: registrations.find,
    now,
  });
  const callbacks = createNetworkCallbacks({ database, connections, requestErasure, log, now });
  const cookie = createNetworkCookie({ publicOrigin, minutes: VISIT_MINUTES });

  // One that the settings name no more is none to sign in with.
  means.waysIn.add('network', (on, id) => connections.hasAny(on, id, new Set(networks.map(({ name }) => name))));
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
      proveNumber: createNumberProof({
        parse: (entered) => phones.parse(entered, 'body.phone'),
        proveCode: phones.codes.prove,
        findOwner: means.numbers.findOwner,
        addNumber: registrations.addNumber,
      }),
      findSignedIn: async (context) => (await accounts.sessions.find(context))?.accountId,
      renderShell: pages.shell,
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
