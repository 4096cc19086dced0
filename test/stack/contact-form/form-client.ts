import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StackAccess } from '../stack-access.ts';
import { eventually } from '../waiting.ts';

/** An answer to a browser without script. */
export type PageAnswer = {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly cookie: string | null;
  readonly headers: Headers;
};

/** A browser without script on the pages of one company: it keeps the cookie, follows nothing by itself and fills in forms. */
export type FormBrowser = {
  /** Path below `/contact/<slug>`. */
  get(path?: string): Promise<PageAnswer>;
  post(path: string, values?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<PageAnswer>;
  /** Token of the form on a page. */
  openForm(path?: string): Promise<string>;
  /** Writes into the form and sends it once a person could have; answers what came. */
  send(message: string, more?: Readonly<Record<string, string>>): Promise<PageAnswer>;
  readonly cookie: () => string | undefined;
};

/** The token in a form. */
export const tokenIn = (html: string): string => {
  const token = /name="token" value="([^"]+)"/.exec(html)?.[1];
  if (token === undefined) throw new Error('the page has no form');
  return token;
};

/** The one-time link on a page. */
export const linkIn = (html: string): string => {
  const link = /id="link"\s+value="([^"]+)"/.exec(html)?.[1];
  if (link === undefined) throw new Error('the page has no link');
  return link;
};

/** Opens the pages of a company in German, with a cookie from before where one is given. */
export function formBrowser(stack: StackAccess, slug: string, cookie?: string): FormBrowser {
  let kept = cookie;

  async function ask(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> },
  ): Promise<PageAnswer> {
    const headers = { ...init.headers, 'accept-language': 'de', ...(kept === undefined ? {} : { cookie: kept }) };
    const response = await fetch(`${stack.appUrl}/contact/${slug}${path}`, { ...init, headers, redirect: 'manual' });
    const set = response.headers.get('set-cookie');
    if (set !== null) kept = set.split(';')[0];
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location'),
      cookie: set,
      headers: response.headers,
    };
  }

  const get: FormBrowser['get'] = (path = '') => ask(path, { method: 'GET' });
  const post: FormBrowser['post'] = (path, values = {}, headers = {}) =>
    ask(path, { method: 'POST', body: new URLSearchParams(values), headers: { ...headers } });
  const openForm: FormBrowser['openForm'] = async (path = '') => tokenIn((await get(path)).html);

  return {
    get,
    post,
    openForm,
    async send(message, more = {}) {
      const token = await openForm();
      await waitUntilRead(token);
      return post('', { token, message, ...more });
    },
    cookie: () => kept,
  };
}

/** Waits until a person could have read the form whose token it is. */
export function waitUntilRead(token: string): Promise<true> {
  const issued = Number.parseInt(token.split('.')[0] ?? '', 36);
  return eventually('the time to read a form', async () => {
    if (Date.now() - issued > 3_050) return true;
    await wait(100);
    return undefined;
  });
}

/** Works for a token as the script on the page does. */
export function work(token: string, bits: number): string {
  for (let number = 0; ; number += 1) {
    const hash = createHash('sha256').update(`${token}:${number}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - bits) === 0) return String(number);
  }
}
