import { randomInt } from 'node:crypto';
import { authorization, FROM_OUR_PAGE, locationOf, type OpenidFixture } from '../openid/openid-fixture.ts';
import type { TestBrowser } from '../openid/test-browser.ts';

/** An answer as a page reads it. */
export type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly text: string };

/** Somebody in front of a browser, in the middle of a sign-in. */
export type TestPerson = {
  readonly browser: TestBrowser;
  /** Address of the sign-in. */
  page: string;
  /** Asks below the sign-in, or anywhere for a path that begins with a slash. */
  ask(path: string, body?: unknown, method?: string): Promise<Answer>;
  /** Begins another sign-in in the same browser, without the session of the earlier one. */
  beginAgain(): Promise<void>;
};

/** A mobile number that nobody has asked for before, in a range of its own. */
export const newNumber = (): string => `+49171${randomInt(1_000_000, 10_000_000)}`;

/** A code in a text. */
export const codeIn = (text: string | undefined): string => /^\d{6}/.exec(text ?? '')?.[0] ?? '';

/** The token behind the hash of a link. */
export const tokenIn = (text: string | undefined): string => /#(\S+)/.exec(text ?? '')?.[1] ?? '';

/** Opens a browser and begins a sign-in in it. */
export async function newPerson(openid: OpenidFixture, browser: TestBrowser = openid.newBrowser()): Promise<TestPerson> {
  const begin = async (): Promise<string> =>
    locationOf(await browser.request(authorization(openid.config, { prompt: 'login' }).address)).pathname;
  const person: TestPerson = {
    browser,
    page: await begin(),
    async ask(path, body, method = body === undefined ? 'GET' : 'POST') {
      const address = path.startsWith('/') ? path : `${person.page}/${path}`;
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await browser.request(address, { method, headers: FROM_OUR_PAGE, ...init });
      const text = await response.text();
      return { status: response.status, text, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
    },
    async beginAgain() {
      person.page = await begin();
    },
  };
  return person;
}

/** Lets the next text to any number go at once: waits are tested elsewhere. */
export const forgetWaits = ({ database }: OpenidFixture): Promise<unknown> => database('phone_code_text').delete();

/** Asks for a code and gives it as it stood in the text. */
export async function askCode(openid: OpenidFixture, person: TestPerson, phone: string): Promise<string> {
  await forgetWaits(openid);
  const answer = await person.ask('methods/phone/preparation', { phone });
  if (answer.status !== 200) throw new Error(`the code was answered with ${answer.status} ${answer.text}`);
  return codeIn(openid.messagesTo(phone).at(-1)?.text);
}

/** Names and notice as the page sends them. */
export async function namesOf(person: TestPerson, firstName = 'Kanari'): Promise<Record<string, unknown>> {
  const { notice } = (await person.ask('registration')).body as { notice: { version: string; hash: string } };
  return { firstName, lastName: 'Kanarisurname', notice: { version: notice.version, hash: notice.hash } };
}

/** Proves a number; `registers` or the address at which the sign-in goes on. */
export async function proveNumber(openid: OpenidFixture, person: TestPerson, phone: string): Promise<Answer> {
  return person.ask('methods/phone', { phone, code: await askCode(openid, person, phone) });
}

/** Registers with a number; answers the account's id. */
export async function register(openid: OpenidFixture, person: TestPerson, phone: string, firstName?: string): Promise<string> {
  await proveNumber(openid, person, phone);
  const answer = await person.ask('registration', await namesOf(person, firstName));
  if (answer.status !== 200) throw new Error(`the registration was answered with ${answer.status} ${answer.text}`);
  return idOf(person);
}

/** The account that the browser is signed in to; empty where it is none. */
export async function idOf(person: TestPerson): Promise<string> {
  return ((await person.ask('/api/v1/account')).body['id'] as string | undefined) ?? '';
}

/** Moves the last proof of an account's number into the past. */
export async function ageNumber({ database }: OpenidFixture, accountId: string, days: number): Promise<void> {
  await database('account_number')
    .where({ account_id: accountId })
    .update({ proved_at: new Date(Date.now() - days * 86_400_000) });
}

/** Carries out what the outbox holds for accounts, as the worker would; calls of the homeserver are left out. */
export async function carryOut({ database, accounts }: OpenidFixture): Promise<void> {
  const rows = await database<{ id: string; action: string; payload: never }>('outbox')
    .whereIn('action', ['tellAccount', 'sendRecoveryLink'])
    .orderBy('id');
  for (const { id, action, payload } of rows) {
    await accounts.outbox[action as 'tellAccount' | 'sendRecoveryLink'](payload);
    await database('outbox').where({ id }).delete();
  }
}
