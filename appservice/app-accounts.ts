import { createHash } from 'node:crypto';
import { createAccountCookie } from './accounts/account-cookie.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createAccountActivityStore } from './accounts/account-activity-store.ts';
import { accountLanguage } from './accounts/account-language.ts';
import { createAccountService } from './accounts/account-service.ts';
import { createAccountSessions } from './accounts/account-sessions.ts';
import { displayNameOf } from './accounts/account.ts';
import { wireAccountMeans } from './app-account-means.ts';
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
import type { AnySignInMethod, SignInFlow } from './sign-in/sign-in-method.ts';
import { registrationRoutes, type ShownNotice } from './registrations/registration-routes.ts';
import { recoveryRoutes } from './recovery/recovery-routes.ts';
import type { OutboxSettings } from './notifications/outbox-adapter.ts';
import { signInStartRoutes } from './sign-in/sign-in-start-routes.ts';
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
  /** The privacy notice that somebody sees who makes an account. */
  readonly notice: (locale: string) => { readonly version: string; readonly paragraphs: readonly string[] };
};

const TRIAL_NOTICE = 'Account for a trial; no notice was shown.';

/** Accounts, the browsers they are signed in with, and the OpenID provider that vouches for them at the homeserver. */
export function wireAccounts(
  settings: AppSettings & OutboxSettings,
  connections: Pick<Connections, 'database' | 'homeserver'>,
  phones: Pick<Phones, 'hashNumber' | 'parse' | 'codes' | 'texts' | 'sendText'>,
  pages: SignInPages,
) {
  const { config, secrets, log } = settings;
  const { database } = connections;
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
    noteUse: (on, id) => createAccountActivityStore(on).note(id, now()),
    now,
  });
  const findSignedIn = async (context: HttpContext): Promise<AccountId | undefined> => (await sessions.find(context))?.accountId;

  const openidSettings: OpenidSettings = {
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
    settings: openidSettings,
    now,
    log: log.child('openid'),
    neighbours: {
      findSignedIn,
      noteProviderSession: (context, uid) => sessions.noteProviderSession(context, uid),
      async findClaims(id) {
        const account = await accounts.find(id as AccountId);
        if (account === undefined) return undefined;
        // A Matrix client that is signed in by a browser that is already.
        await createAccountActivityStore(database).note(account.id, now());
        return identity.identityClaims({ id: account.id, displayName: displayNameOf(account) });
      },
      pageOf: signInAddress,
      renderProblem: pages.ended,
    },
  });

  const onCompleted: OnCompleted[] = [];
  const means = wireAccountMeans(settings, connections, phones, {
    sessions,
    userIdOf: accounts.userIdOf,
    beginRegistration: (flowId, start) => registrations.begin(flowId, start),
  });
  const registrations = createRegistrationService({
    database,
    seal: createRegistrationSeal({ ...secrets, hashNumber: phones.hashNumber }),
    createAccount: async (transaction, { notice, ...account }) =>
      (await accounts.create({ ...account, alias: null, notice: { ...notice, seenAt: now() } }, transaction)).id,
    keepNumber: means.numbers.keep,
    keepEmail: means.emails.keep,
    onCompleted,
    now,
  });

  const trial = createTrialMethod({ now });
  const isTrial = profile === 'embedded';
  const methods: AnySignInMethod[] = [...means.methods, ...(isTrial ? [anyMethod(trial.method)] : [])];
  const describeFlow = (context: HttpContext, flowId: string): SignInFlow => ({
    flowId,
    network: truncateAddress(context.ip),
    locale: localeOf(context),
    isKnownTo: (id) => means.knownBrowsers.isKnownTo(context, id),
  });
  const signIn = createSignInService({
    flows: createOpenidFlows({
      provider: openid.provider,
      endSession: (uid) => inTransaction(database, (transaction) => openidSessions.end(transaction, uid)),
    }),
    methods,
    describeFlow,
    findSignedIn,
    requireOpen: means.restrictions.requireOpen,
    async beginSession(context, accountId) {
      await sessions.begin(context, accountId);
      await means.knownBrowsers.remember(context, accountId);
    },
  });

  const noticeOf = (locale: string): ShownNotice => {
    const { version, paragraphs } = pages.notice(locale);
    return { version, paragraphs, hash: createHash('sha256').update(paragraphs.join('\n')).digest('hex') };
  };

  async function ensureTrialAccount({ phone, ...account }: Parameters<Parameters<typeof trialRoutes>[0]['ensureAccount']>[0]) {
    const number = phone === undefined ? undefined : phones.parse(phone);
    const owner = number === undefined ? undefined : await means.numbers.findOwner(number);
    if (owner !== undefined) {
      await means.numbers.noteProof(owner.accountId);
      return { id: owner.accountId, userId: accounts.userIdOf(owner.accountId) };
    }
    const notice = { version: 'trial', hash: createHash('sha256').update(TRIAL_NOTICE).digest('hex'), seenAt: now() };
    return inTransaction(database, async (transaction) => {
      const { id } = await accounts.create({ ...account, notice }, transaction);
      if (number !== undefined) await means.numbers.keep(transaction, id, { value: number, provedAt: now() });
      return { id, userId: accounts.userIdOf(id) };
    });
  }

  const routes: Route[] = [
    ...accountRoutes({ accounts, sessions }),
    ...means.routes,
    ...signInStartRoutes({
      startAddress: (back) => identity.signInAddress(homeserver.publicUrl, back),
      publicOrigin,
      renderPage: pages.signIn,
    }),
    ...signInRoutes({ signIn, renderPage: pages.signIn }),
    ...registrationRoutes({
      registrations,
      checkFlow: signIn.check,
      hasAccount: async (number) => (await means.numbers.findOwner(number)) !== undefined,
      noticeOf,
      enter: (context, flowId, accountId) => signIn.enter(context, flowId, { accountId, method: 'registration' }),
      async welcome(accountId) {
        const email = await means.emails.find(accountId);
        if (email !== undefined && email.provedAt === null && means.notices.canMail) await means.emails.propose(accountId, email.address);
      },
    }),
    ...recoveryRoutes({ recovery: means.recovery, checkFlow: signIn.check, describeFlow, setPassword: means.passwords.recover }),
  ];

  return {
    accounts,
    sessions,
    openid,
    signIn,
    registrations,
    means,
    /** Called when an account is made of a registration; what else can be proven adds to it while the service is wired. */
    onCompleted,
    /** Ways to sign in, in the order in which pages offer them; others add theirs while the service is wired. */
    methods,
    routes,
    /** Accounts that the operator makes for a trial; none but in the embedded profile. */
    trialRoutes: (audited: Audited): Route[] =>
      isTrial
        ? trialRoutes({
            ensureAccount: ensureTrialAccount,
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
    /** Pages speak the language of whoever is signed in. */
    language: accountLanguage({ findSignedIn, findLocale: async (id) => (await accounts.find(id))?.locale }),
    outbox: {
      ...means.outbox,
      endMatrixSessions: (ended: { accountId: AccountId; sid: string }) => identity.asHomeserverCall(() => openid.endMatrixSessions(ended)),
    },
    async housekeep(): Promise<void> {
      await sessions.endUnused();
      await registrations.deleteExpired();
      await means.housekeep();
      await openid.housekeep();
    },
  };
}

/** See `wireAccounts`. */
export type Accounts = ReturnType<typeof wireAccounts>;
