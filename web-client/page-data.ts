import type { PageSettings } from './page.ts';

/** What the server says to the scripts of a page. */
export type PageData = Pick<PageSettings, 'locale' | 'brand' | 'homeserverUrl' | 'fileTypes'>;

/** Reads it; every page of the web client has it. */
export const pageData = (): PageData => JSON.parse(document.getElementById('page')?.textContent ?? '') as PageData;
