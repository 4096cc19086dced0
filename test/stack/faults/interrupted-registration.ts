import { dirname } from 'node:path';
import { codeIn } from '../../accounts/person-fixture.ts';
import { openBrowser } from '../../openid/test-browser.ts';
import { sentTo } from '../sent-messages.ts';
import { callJson, type StackAccess } from '../stack-access.ts';
import { CANARY } from '../test-company.ts';
import { eventually } from '../waiting.ts';

/** What the service answers to a step; undefined where it died meanwhile. */
type Step = { readonly status: number; readonly body: Readonly<Record<string, unknown>> } | undefined;

/** Somebody who makes an account with a number, in a browser that outlives the service. */
export type Registering = {
  /** Proves the number by a code; `register` says that there is no account with it, `continueAt` where one goes on. */
  proveNumber(): Promise<Step>;
  /** Gives the names, which makes the account. */
  complete(): Promise<Step>;
  /** Goes on to the homeserver and signs a Matrix client in; answers its user. */
  goOn(address: string): Promise<string>;
};

const locationOf = (answer: Response, what: string): string => {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${what} answered ${answer.status} and leads nowhere`);
  return location;
};

/** Begins a sign-in from a Matrix client. */
export async function beginRegistration(stack: StackAccess, number: string): Promise<Registering> {
  const folder = dirname(dirname(stack.appserviceLog));
  const codes = (): string[] => sentTo(number, folder).map(({ text }) => codeIn(text));
  const app = openBrowser(stack.appUrl);
  const homeserver = openBrowser(stack.config.homeserver.publicUrl);
  const back = encodeURIComponent(`${stack.config.publicOrigin}/`);
  const start = `/_matrix/client/v3/login/sso/redirect/oidc-smoope?redirectUrl=${back}`;
  const asked = locationOf(await homeserver.request(start), 'the homeserver');
  const page = new URL(locationOf(await app.request(asked), 'the provider'), stack.appUrl).pathname;

  async function ask(path: string, body?: unknown): Promise<NonNullable<Step>> {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await app.request(`${page}/${path}`, { headers, ...init });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  return {
    async proveNumber() {
      const before = codes().length;
      await ask('methods/phone/preparation', { phone: number });
      const code = await eventually('the code', async () => codes().slice(before).at(-1));
      return ask('methods/phone', { phone: number, code });
    },
    async complete() {
      const known = await ask('registration');
      if (known.status !== 200) return known;
      const { version, hash } = known.body['notice'] as { version: string; hash: string };
      const names = { firstName: `${CANARY}first`, lastName: `${CANARY}last` };
      return ask('registration', { ...names, notice: { version, hash } }).catch(() => undefined);
    },
    async goOn(address) {
      const callback = locationOf(await app.request(address), 'the end of the sign-in');
      const home = locationOf(await homeserver.request(callback), 'the callback');
      const login = { type: 'm.login.token', token: new URL(home).searchParams.get('loginToken') };
      const { body } = await callJson(`${stack.homeserverUrl}/_matrix/client/v3/login`, { method: 'POST', body: login });
      return String(body['user_id']);
    },
  };
}
