import { createHash } from 'node:crypto';
import { createAccountCookie } from './accounts/account-cookie.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createAccountEmailStore } from './accounts/account-email-store.ts';
import { createAccountNumberStore } from './accounts/account-number-store.ts';
import { createAccountService } from './accounts/account-service.ts';
import { createAccountSessions } from './accounts/account-sessions.ts';
import { displayNameOf } from './accounts/account.ts';
import { createContactSeal } from './accounts/contact-seal.ts';
import type { Audited } from './companies/company-operator-routes.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { inTransaction } from './database/transaction.ts';
import type { AuthTypes } from './http/auth.ts';
import type { HttpContext } from './http/context.ts';
import { requireSameOrigin } from './http/same-origin.ts';
import type { Route } from './http/route.ts';
import type { AccountId } from './ids.ts';
import * as identity from './matrix/identity.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createOpenidFlows } from './openid/openid-flows.ts';
import type { OpenidSettings } from './openid/openid-provider.ts';
import { createOpenidSeal } from './openid/openid-seal.ts';
import { createOpenidSessions } from './openid/openid-sessions.ts';
import { createOpenid } from './openid/openid.ts';
import { createPersonStore } from './persons/person-store.ts';
import type { Phones } from './app-phones.ts';
import { localeOf } from './http/page-locale.ts';
import { truncateAddress } from './http/rate-limit.ts';
import { createRegistrationService } from './registrations/registration-service.ts';
import { createRegistrationSeal } from './registrations/registration-store.ts';
import type { OnCompleted } from './registrations/registration.ts';
import type { AnySignInMethod } from './sign-in/sign-in-method.ts';
import { signInAddress, signInRoutes } from './sign-in/sign-in-routes.ts';
import { anyMethod, createSignInService } from './sign-in/sign-in-service.ts';
import { createTrialMethod } from './sign-in/trial-method.ts';
import { trialRoutes } from './sign-in/trial-routes.ts';

/** Days for which a browser stays signed in after its last use. */
const SESSION_DAYS = 30;

/** What people see of a sign-in, by the page's reader. */
export type SignInPages = {
  readonly signIn: (context: HttpContext) => string;
  /** For a sign-in that cannot go on. */
  readonly ended: (context: HttpContext) => string;
};

const TRIAL_NOTICE = 'Account for a trial; no notice was shown.';

/** Accounts, the browsers they are signed in with, and the OpenID provider that vouches for them at the homeserver. */
export function wireAccounts(
  { config, secrets, log }: AppSettings,
  { database }: Pick<Connections, 'database'>,
  phones: Pick<Phones, 'hashNumber'>,
  pages: SignInPages,
) {
  const { publicOrigin, homeserver, profile } = config;
  const now = () => new Date();
  const seal = createOpenidSeal(secrets);
  const clientId = identity.HOMESERVER_CLIENT_ID;
  const openidSessions = createOpenidSessions({ seal, clientId, addToOutbox });
  const accounts = createAccountService({
    database,
    createPerson: (on, person) => createPersonStore(on).create(person),
    userIdOf: (id) => identity.accountUserId(id, homeserver.serverName),
  });
  const sessions = createAccountSessions({
    database,
    cookie: createAccountCookie({ publicOrigin, days: SESSION_DAYS }),
    sessionDays: SESSION_DAYS,
    endProviderSession: openidSessions.end,
    now,
  });
  const findSignedIn = async (context: HttpContext): Promise<AccountId | undefined> => (await sessions.find(context))?.accountId;

  const settings: OpenidSettings = {
    issuer: identity.issuerOf(publicOrigin),
    sessionDays: SESSION_DAYS,
    client: {
      id: clientId,
      secret: secrets.openidClientSecret,
      scopes: identity.HOMESERVER_SCOPES,
      claims: Object.values(identity.IDENTITY_CLAIMS),
      callbackAddress: identity.callbackAddress(homeserver.publicUrl),
      logoutAddress: identity.logoutAddress(homeserver.url),
    },
  };
  const openid = createOpenid({
    database,
    seal,
    settings,
    now,
    log: log.child('openid'),
    neighbours: {
      findSignedIn,
      noteProviderSession: (context, uid) => sessions.noteProviderSession(context, uid),
      async findClaims(id) {
        const account = await accounts.find(id as AccountId);
        return account === undefined ? undefined : identity.identityClaims({ id: account.id, displayName: displayNameOf(account) });
      },
      pageOf: signInAddress,
      renderProblem: pages.ended,
    },
  });

  const contactSeal = createContactSeal({ ...secrets, hashNumber: phones.hashNumber });
  const onCompleted: OnCompleted[] = [];
  const registrations = createRegistrationService({
    database,
    seal: createRegistrationSeal({ ...secrets, hashNumber: phones.hashNumber }),
    createAccount: async (transaction, { notice, ...account }) =>
      (await accounts.create({ ...account, alias: null, notice: { ...notice, seenAt: now() } }, transaction)).id,
    keepNumber: (transaction, accountId, number) => createAccountNumberStore(transaction, contactSeal).put({ accountId, ...number }),
    keepEmail: (transaction, accountId, address) =>
      createAccountEmailStore(transaction, contactSeal).put({ accountId, address, provedAt: null }),
    onCompleted,
    now,
  });

  const trial = createTrialMethod({ now });
  const isTrial = profile === 'embedded';
  const methods: AnySignInMethod[] = isTrial ? [anyMethod(trial.method)] : [];
  const signIn = createSignInService({
    flows: createOpenidFlows({
      provider: openid.provider,
      endSession: (uid) => inTransaction(database, (transaction) => openidSessions.end(transaction, uid)),
    }),
    methods,
    describeFlow: (context, flowId) => ({
      flowId,
      network: truncateAddress(context.ip),
      locale: localeOf(context),
      isKnownTo: async () => false,
    }),
    findSignedIn,
    requireOpen: async () => undefined,
    beginSession: async (context, accountId) => void (await sessions.begin(context, accountId)),
  });

  async function createTrialAccount(account: Parameters<Parameters<typeof trialRoutes>[0]['createAccount']>[0]) {
    const notice = { version: 'trial', hash: createHash('sha256').update(TRIAL_NOTICE).digest('hex'), seenAt: now() };
    const { id } = await accounts.create({ ...account, notice });
    return { id, userId: accounts.userIdOf(id) };
  }

  const routes: Route[] = [
    ...accountRoutes({ accounts, sessions }),
    ...signInRoutes({ signIn, renderPage: pages.signIn, renderEnded: pages.ended }),
  ];

  return {
    accounts,
    sessions,
    openid,
    signIn,
    registrations,
    /** Called when an account is made of a registration; what else can be proven adds to it while the service is wired. */
    onCompleted,
    /** Ways to sign in, in the order in which pages offer them; others add theirs while the service is wired. */
    methods,
    routes,
    /** Accounts that the operator makes for a trial; none but in the embedded profile. */
    trialRoutes: (audited: Audited): Route[] =>
      isTrial
        ? trialRoutes({
            createAccount: createTrialAccount,
            hasAccount: async (id) => (await accounts.find(id)) !== undefined,
            giveCode: trial.giveCode,
            audited,
          })
        : [],
    authenticators: {
      page: async (context: HttpContext): Promise<undefined> => requireSameOrigin(context, publicOrigin) as undefined,
      async account(context: HttpContext): Promise<AuthTypes['account']> {
        const { accountId, id: sessionId } = await sessions.authenticate(context);
        requireSameOrigin(context, publicOrigin);
        return { accountId, sessionId };
      },
    },
    outbox: {
      endMatrixSessions: (ended: { accountId: AccountId; sid: string }) => identity.asHomeserverCall(() => openid.endMatrixSessions(ended)),
    },
    async housekeep(): Promise<void> {
      await sessions.endUnused();
      await registrations.deleteExpired();
      await openid.housekeep();
    },
  };
}

/** See `wireAccounts`. */
export type Accounts = ReturnType<typeof wireAccounts>;
