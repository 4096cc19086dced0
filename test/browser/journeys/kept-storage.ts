import type { Frame } from 'playwright-core';

/** Names of everything that a page or frame keeps in the browser. */
export type Kept = {
  readonly localStorage: readonly string[];
  readonly sessionStorage: readonly string[];
  readonly cookie: string;
  readonly databases: readonly (string | undefined)[];
  readonly caches: readonly string[];
};

/** Nothing at all. */
export const NOTHING: Kept = { localStorage: [], sessionStorage: [], cookie: '', databases: [], caches: [] };

/** Looks into every storage of a document. */
export function keptBy(document: Frame): Promise<Kept> {
  return document.evaluate(async () => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    cookie: window.document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
  }));
}
