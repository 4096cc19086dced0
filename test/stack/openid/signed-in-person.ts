import { z } from 'zod';
import { openBrowser, type TestBrowser } from '../../openid/test-browser.ts';
import { callJson, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { newTrialAccount, type TrialAccount } from './trial-account.ts';

/** Somebody with an account who is signed in, in a browser and in a Matrix client. */
export type SignedInPerson = TrialAccount & {
  readonly accessToken: string;
  readonly deviceId: string;
  /** What the browser sends along to our origin, wherever the page comes from that makes it ask. */
  cookie(): string;
  /** A call to our API from a page of ours, with the cookie of the browser. */
  page(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** A page as the browser gets it, which prefers neither language. */
  read(path: string): Promise<string>;
  /** A file for our API from a page of ours. */
  putFile(path: string, bytes: Buffer): Promise<JsonAnswer>;
  /** A call to the homeserver with the token of the Matrix client. */
  matrix(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** An OpenID token as the homeserver answers it to the Matrix client. */
  openIdToken(): Promise<Record<string, unknown>>;
};

const loginSchema = z.object({ user_id: z.string(), access_token: z.string(), device_id: z.string() });

const locationOf = (answer: Response, what: string): string => {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${what} answered ${answer.status} and leads nowhere`);
  return location;
};

/** Goes the way of a single sign-on, as a browser does, up to the token for a Matrix client. */
async function loginToken(stack: StackAccess, app: TestBrowser, account: TrialAccount): Promise<string> {
  // The address for people: the homeserver sends whoever comes by another one there first.
  const homeserver = openBrowser(stack.config.homeserver.publicUrl);
  const back = `${stack.config.publicOrigin}/`;
  const start = `/_matrix/client/v3/login/sso/redirect/oidc-smoope?redirectUrl=${encodeURIComponent(back)}`;
  const asked = locationOf(await homeserver.request(start), 'the homeserver');
  const page = new URL(locationOf(await app.request(asked), 'the provider'), stack.appUrl).pathname;
  const proven = await app.request(`${page}/methods/trial`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    body: JSON.stringify({ code: await account.newCode() }),
  });
  const { continueAt } = z.object({ continueAt: z.string() }).parse(await proven.json());
  const callback = locationOf(await app.request(continueAt), 'the end of the sign-in');
  const home = locationOf(await homeserver.request(callback), 'the callback');
  return new URL(home).searchParams.get('loginToken') ?? '';
}

/** Makes an account and signs it in. */
export async function newSignedInPerson(
  stack: StackAccess,
  names: { firstName: string; lastName: string; alias?: string },
): Promise<SignedInPerson> {
  const account = await newTrialAccount(stack, names);
  const app = openBrowser(stack.appUrl);
  const token = await loginToken(stack, app, account);
  const url = `${stack.homeserverUrl}/_matrix/client/v3/login`;
  const login = loginSchema.parse((await callJson(url, { method: 'POST', body: { type: 'm.login.token', token } })).body);
  const { access_token: accessToken, device_id: deviceId, user_id: userId } = login;
  const matrix: SignedInPerson['matrix'] = (method, path, body) =>
    callJson(`${stack.homeserverUrl}${path}`, { method, token: accessToken, body });
  const cookie = (): string => `smoope-account=${app.cookies.get('smoope-account /')?.value ?? ''}`;
  const ofOurPage = () => ({ cookie: cookie(), 'sec-fetch-site': 'same-origin' });
  return {
    ...account,
    accessToken,
    deviceId,
    matrix,
    cookie,
    page: async (method, path, body) => callJson(`${stack.appUrl}${path}`, { method, headers: ofOurPage(), body }),
    read: async (path) => (await fetch(`${stack.appUrl}${path}`, { headers: ofOurPage() })).text(),
    async putFile(path, bytes) {
      const headers = { ...ofOurPage(), 'content-type': 'application/octet-stream' };
      const answer = await fetch(`${stack.appUrl}${path}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
    },
    openIdToken: async () => (await matrix('POST', `/_matrix/client/v3/user/${encodeURIComponent(userId)}/openid/request_token`, {})).body,
  };
}
