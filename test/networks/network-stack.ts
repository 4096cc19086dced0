import type { OpenidNetworkSettings } from '../../appservice/networks/network-settings.ts';
import type { Account } from '../../appservice/accounts/account.ts';
import { wireNetworks, type Networks } from '../../appservice/app-networks.ts';
import { createAccountEmailStore } from '../../appservice/accounts/account-email-store.ts';
import { createAccountNumberStore } from '../../appservice/accounts/account-number-store.ts';
import { createContactSeal } from '../../appservice/accounts/contact-seal.ts';
import type { AccountId, MobileNumber } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { createNumberHash } from '../../appservice/phones/number-hash.ts';
import { exampleSecrets } from '../homeserver-config/example-config.ts';
import { authorization, FROM_OUR_PAGE, locationOf, startOpenid, walkThrough, type OpenidFixture } from '../openid/openid-fixture.ts';
import type { TestBrowser } from '../openid/test-browser.ts';
import { FACEBOOK_APP, startFacebook, type FacebookPerson, type FakeFacebook } from '../stubs/facebook.ts';
import { startOtherNetwork, type OtherNetwork } from '../stubs/other-network.ts';
import { callbackOf } from './networks-fixture.ts';

/** Sign-in with networks as it is wired in the service, with Facebook and another network beside it. */
export type NetworkStack = {
  readonly openid: OpenidFixture;
  readonly facebook: FakeFacebook;
  readonly other: OtherNetwork;
  readonly networks: Networks;
  /** Accounts whose erasure was asked for. */
  readonly erasures: AccountId[];
  close(): Promise<void>;
};

const contactSeal = createContactSeal({ ...exampleSecrets, hashNumber: createNumberHash(exampleSecrets) });

/** Starts it. */
export async function startNetworks({
  askMobileNumber = false,
  more = [],
}: { askMobileNumber?: boolean; more?: readonly OpenidNetworkSettings[] } = {}): Promise<NetworkStack> {
  const facebook = await startFacebook();
  const other = await startOtherNetwork(callbackOf('example'));
  const location = { operator: 'Facebook of the tests', country: 'IE' };
  const origins = { dialogOrigin: facebook.origin, graphOrigin: facebook.origin };
  const erasures: AccountId[] = [];
  const wired: { networks?: Networks } = {};
  const openid = await startOpenid({
    networks: {
      facebook: { adapter: 'facebook', ...FACEBOOK_APP, ...origins, location },
      google: { adapter: 'none' },
      others: [other.settings, ...more],
      askMobileNumber,
    },
    moreRoutes({ accounts, phones, config, database }) {
      const pages = {
        shell: () => 'a page that the browser draws',
        deletion: (_context: unknown, state: unknown) => `deletion ${JSON.stringify(state)}`,
      };
      const log = createLogger({ level: 'silent' });
      wired.networks = wireNetworks(
        { config, secrets: exampleSecrets, log },
        { database },
        {
          accounts,
          phones,
          pages,
          requestErasure: async (id) => void erasures.push(id),
        },
      );
      return wired.networks.routes;
    },
  });
  const { networks } = wired;
  if (networks === undefined) throw new Error('the networks were not wired');
  return {
    openid,
    facebook,
    other,
    networks,
    erasures,
    async close() {
      await openid.close();
      await other.close();
      await facebook.close();
    },
  };
}

let count = 0;

/** Somebody whom Facebook knows and nobody else here is. */
export function newPerson(changes: Partial<FacebookPerson> = {}): FacebookPerson {
  count += 1;
  return { id: `10158${Date.now()}${count}`, first_name: 'Kanari', last_name: 'Müller', email: `kanari${count}@example.de`, ...changes };
}

/** Begins a sign-in in a browser; answers the path of its page. */
export async function beginSignIn({ openid }: NetworkStack, browser: TestBrowser): Promise<string> {
  return locationOf(await browser.request(authorization(openid.config, { prompt: 'login' }).address)).pathname;
}

/** Asks where to go. */
export const askToLeave = (browser: TestBrowser, path: string, body: Record<string, unknown> = {}, headers = FROM_OUR_PAGE) =>
  browser.request(`${path}/visits`, { method: 'POST', headers, body: JSON.stringify(body) });

/** Where a browser goes that leaves by the page at `path`. */
export async function leaveBy(browser: TestBrowser, path: string, body: Record<string, unknown> = {}): Promise<URL> {
  const response = await askToLeave(browser, path, body);
  if (response.status !== 200) throw new Error(`leaving was answered with ${response.status} ${await response.text()}`);
  return new URL(((await response.json()) as { address: string }).address);
}

/** Goes to Facebook and comes back; answers the address at which it goes on. */
export async function visitFacebook(
  { facebook }: NetworkStack,
  browser: TestBrowser,
  page: string,
  person: FacebookPerson,
  { decision = 'allow', again = false }: { decision?: 'allow' | 'without-email' | 'deny'; again?: boolean } = {},
): Promise<string> {
  const address = await leaveBy(browser, `${page}/networks/facebook`, { again });
  const back = await facebook.decide(address, person, decision);
  const { pathname, search } = locationOf(await browser.request(back.href));
  return pathname + search;
}

/** What the page of a sign-in does with somebody who has come back. */
export async function goOn(browser: TestBrowser, page: string) {
  const response = await browser.request(`${page}/methods/network`, { method: 'POST', headers: FROM_OUR_PAGE, body: '{}' });
  return { status: response.status, ...((await response.json()) as { continueAt?: string; register?: true; errcode?: string }) };
}

/** Makes the account of a registration, as the page of names does. */
export function complete({ openid }: NetworkStack, page: string, email?: string): Promise<AccountId> {
  const flowId = page.split('/').at(-1) ?? '';
  const notice = { version: '1', hash: 'hash' };
  const given = email === undefined ? {} : { email };
  return openid.accounts.registrations.complete(flowId, { firstName: 'Kanari', lastName: 'Müller', ...given, locale: 'de', notice });
}

/** An account that was made with Facebook. */
export async function registered(stack: NetworkStack, person = newPerson()): Promise<{ accountId: AccountId; person: FacebookPerson }> {
  const browser = stack.openid.newBrowser();
  const page = await beginSignIn(stack, browser);
  await visitFacebook(stack, browser, page, person);
  await goOn(browser, page);
  return { accountId: await complete(stack, page), person };
}

/** A browser in which an account is signed in. */
export async function signedIn({ openid }: NetworkStack, accountId: AccountId): Promise<TestBrowser> {
  const browser = openid.newBrowser();
  await walkThrough(openid, browser, { id: accountId } as Account);
  return browser;
}

/** Gives an account a mail address, proved or not. */
export const giveEmail = ({ openid }: NetworkStack, accountId: AccountId, address: string, provedAt: Date | null) =>
  createAccountEmailStore(openid.database, contactSeal).put({ accountId, address, provedAt });

/** Gives an account a number. */
export const giveNumber = ({ openid }: NetworkStack, accountId: AccountId, number: string) =>
  createAccountNumberStore(openid.database, contactSeal).put({ accountId, value: number as MobileNumber, provedAt: new Date() });

/** Accounts to which the link of "forgot password" goes out. */
export const recovered = ({ openid }: NetworkStack): Promise<AccountId[]> =>
  openid.database('outbox').where({ action: 'sendRecoveryLink' }).orderBy('id').pluck('lane');

/** Everything in the tables of networks, registrations and contacts, as a dump would have it. */
export async function dump({ openid: { database } }: NetworkStack): Promise<string> {
  const tables = ['account_network', 'network_registration', 'network_visit', 'network_proof', 'network_withdrawal', 'network_deletion'];
  return JSON.stringify(await Promise.all([...tables, 'account_email', 'outbox'].map((table) => database(table))));
}
