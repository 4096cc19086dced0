import { createAccountCookie } from './accounts/account-cookie.ts';
import { ADDRESS_OWNERS, createAccountEmails } from './accounts/account-emails.ts';
import { createAccountLinkStore } from './accounts/account-link-store.ts';
import { createAccountNotices } from './accounts/account-notices.ts';
import { createAccountNumberStore } from './accounts/account-number-store.ts';
import { createAccountNumbers } from './accounts/account-numbers.ts';
import { createAccountPasswordStore } from './accounts/account-password-store.ts';
import { createAccountPasswords } from './accounts/account-passwords.ts';
import { createAccountRestrictions } from './accounts/account-restrictions.ts';
import type { AccountSessions } from './accounts/account-sessions.ts';
import { createContactSeal } from './accounts/contact-seal.ts';
import { createKnownBrowsers, KNOWN_DAYS } from './accounts/known-browsers.ts';
import { createPasswordTries } from './accounts/password-tries.ts';
import { createPasswords } from './accounts/password.ts';
import { securityRoutes } from './accounts/security-routes.ts';
import { createWaysIn } from './accounts/ways-in.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { mailAdapter } from './app-mail.ts';
import type { Phones } from './app-phones.ts';
import { inTransaction } from './database/transaction.ts';
import type { Database } from './database/database.ts';
import type { AccountId, AccountSessionId, UserId } from './ids.ts';
import { createAccountDevices } from './matrix/account-devices.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { readNotificationAddress } from './notifications/notification-address.ts';
import type { OutboxSettings } from './notifications/outbox-adapter.ts';
import { createRecoveryService } from './recovery/recovery-service.ts';
import { createPasswordMethod } from './sign-in/password-method.ts';
import { createPhoneMethod } from './sign-in/phone-method.ts';
import { anyMethod } from './sign-in/sign-in-service.ts';
import type { TextLocale } from './sms/person-texts.ts';

type Core = {
  readonly sessions: Pick<AccountSessions, 'endOthers'>;
  readonly userIdOf: (id: AccountId) => UserId;
  readonly beginRegistration: Parameters<typeof createPhoneMethod>[0]['beginRegistration'];
};

const textLocale = (locale: string): TextLocale => (/^de\b/i.test(locale) ? 'de' : 'en');

/** What an account is signed in to and got back by: number, mail address, password, known browsers. */
export function wireAccountMeans(
  { config, secrets, outboxFile }: AppSettings & OutboxSettings,
  { database, homeserver }: Pick<Connections, 'database' | 'homeserver'>,
  phones: Pick<Phones, 'hashNumber' | 'parse' | 'codes' | 'texts' | 'sendText'>,
  { sessions, userIdOf, beginRegistration }: Core,
) {
  const { publicOrigin, brand } = config;
  const { texts, codes } = phones;
  const now = () => new Date();
  const seal = createContactSeal({ ...secrets, hashNumber: phones.hashNumber });
  const devices = createAccountDevices(homeserver);
  const adapter = mailAdapter(config.mail, outboxFile);
  const notices = createAccountNotices({
    database,
    seal,
    publicOrigin,
    addToOutbox,
    sendText: async (to, notice, locale) => void (await phones.sendText({ to, text: texts.notice(notice, textLocale(locale)) })),
    sendMail: adapter === 'none' ? 'none' : (mail) => adapter.send({ way: 'mail', ...mail }),
    now,
  });

  /** The homeserver ends devices of the sessions; where none is kept, also those that hang on no session of ours. */
  async function endOthers(transaction: Database, id: AccountId, kept: AccountSessionId | null): Promise<void> {
    await sessions.endOthers(id, kept, transaction);
    if (kept === null) await addToOutbox(transaction, [{ lane: id, action: 'endDevices', payload: { accountId: id } }]);
  }

  const restrictions = createAccountRestrictions({
    database,
    signOutEverywhere: (transaction, id) => endOthers(transaction, id, null),
    tell: notices.tell,
    now,
  });
  const waysIn = createWaysIn();
  const numbers = createAccountNumbers({
    database,
    seal,
    reproveDays: config.phones.reproveDays,
    restrict: restrictions.restrict,
    lift: restrictions.lift,
    now,
  });
  const emails = createAccountEmails({
    database,
    seal,
    readAddress: (entered) => readNotificationAddress(entered, () => undefined)?.address,
    notices,
    waysIn,
    now,
  });
  waysIn.add('number', numbers.hasFresh);
  // It is entered together with a number, of whatever age, or a proved address.
  waysIn.add('password', async (on, id) => {
    if ((await createAccountPasswordStore(on).find(id)) === undefined) return false;
    return (await createAccountNumberStore(on, seal).find(id)) !== undefined || emails.hasProved(on, id);
  });
  const tries = createPasswordTries({ database, hashKey: secrets.hashKey, now });
  const passwords = createAccountPasswords({
    database,
    seal,
    passwords: createPasswords(),
    tries,
    listOwnWords: async (id) => [(await numbers.find(id))?.value ?? '', (await emails.find(id))?.address ?? '', brand.name],
    endOthers,
    tell: notices.tell,
    now,
  });
  const cookie = createAccountCookie({ publicOrigin, days: KNOWN_DAYS, called: 'smoope-browser' });
  const knownBrowsers = createKnownBrowsers({ database, cookie, now });

  const phone = createPhoneMethod({
    parse: (entered) => phones.parse(entered, 'body.phone'),
    codes,
    textOf: (code, locale, isKnown) => (isKnown ? texts.signInCode : texts.code)(code, textLocale(locale)),
    findOwner: numbers.findOwner,
    noteProof: numbers.noteProof,
    beginRegistration,
  });
  const password = createPasswordMethod({
    async identify(entered, field) {
      if (entered.includes('@')) {
        const address = emails.read(entered, field);
        return { identifier: address.toLowerCase(), owners: await emails.listOwners(address), places: ADDRESS_OWNERS };
      }
      const number = phones.parse(entered, field);
      const owner = await numbers.findOwner(number);
      return { identifier: number, owners: owner === undefined ? [] : [owner.accountId], places: 1 };
    },
    prove: passwords.prove,
  });
  const recovery = createRecoveryService({
    parse: phones.parse,
    readAddress: emails.read,
    codes,
    texts: {
      code: (code, locale) => texts.code(code, textLocale(locale)),
      unknownNumber: (locale) => texts.unknownNumber(textLocale(locale)),
    },
    findOwner: numbers.findOwner,
    listOwners: emails.listOwners,
    sendLinks: (owners) =>
      inTransaction(database, async (transaction) => {
        for (const id of owners.length === 0 ? [null] : owners) await notices.sendRecovery(transaction, id);
      }),
    makeProof: notices.makeRecovery,
  });

  const routes = securityRoutes({
    numbers,
    emails,
    passwords,
    restrictions,
    canMail: notices.canMail,
    parseNumber: (entered) => phones.parse(entered, 'body.phone'),
    codes: {
      ask: (id, number, { locale, ...flow }) =>
        codes.send({ number, purpose: 'change-number', ...flow }, async (code) => {
          const owner = await numbers.findOwner(number);
          const isTaken = owner !== undefined && owner.isFresh && owner.accountId !== id;
          return isTaken ? texts.knownNumber(textLocale(locale)) : texts.code(code, textLocale(locale));
        }),
      prove: (number, flowId, code) => codes.prove({ number, purpose: 'change-number', flowId }, code),
    },
    tellFormer: notices.tellFormer,
    devices: {
      list: (id) => devices.list(userIdOf(id)),
      end: (id, deviceId) => devices.end(userIdOf(id), deviceId),
    },
  });

  return {
    numbers,
    emails,
    passwords,
    restrictions,
    notices,
    /** Ways to sign in; what else somebody can sign in with adds itself while the service is wired. */
    waysIn,
    knownBrowsers,
    devices,
    recovery,
    methods: [anyMethod(phone), anyMethod(password)],
    routes,
    outbox: {
      ...notices.outbox,
      endDevices: ({ accountId }: { accountId: AccountId }) => devices.endAll(userIdOf(accountId)),
    },
    async housekeep(): Promise<void> {
      await restrictions.closeDue();
      await knownBrowsers.deleteOld();
      await tries.deleteOld();
      await createAccountLinkStore(database, seal).deleteExpired(now());
    },
  };
}

/** See `wireAccountMeans`. */
export type AccountMeans = ReturnType<typeof wireAccountMeans>;
