import type { BrowserStoreEntry, Rules } from './catalogue-entry.ts';

const inBrowser: Omit<Rules, 'life' | 'erasure'> = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  recipients: [],
  export: { how: 'left out', because: 'It repeats what the homeserver has, which is exported, on a device that is the person’s own.' },
};

const WIPED = 'the sign-out, and the next visit after a session ended elsewhere, an erasure or a restriction';

/**
 * What our pages store in the browser of somebody who is signed in. Each is strictly necessary for what the person asked for, so that
 * no consent is asked (TDDDG § 25(2) no. 2); cookies of the sign-in stand with the tables of what they refer to.
 */
export const browserStores: readonly BrowserStoreEntry[] = [
  {
    store: 'smoope.matrix.<Matrix id>',
    kind: 'IndexedDB',
    purpose:
      'Shows the list of conversations and the last 50 events of each at once, and without a connection; sends later what was written.',
    necessary: 'The person opens an app for conversations and writes in it: what they wrote must not be lost with the connection.',
    rules: {
      ...inBrowser,
      life: { start: 'the last visit', period: '30 days, or until sign-out; what is not sent yet until it is sent or discarded' },
      erasure: { how: 'deleted', with: WIPED },
    },
  },
  {
    store: 'smoope.matrix-session',
    kind: 'localStorage',
    purpose: 'Key of the session at the homeserver, so that a person need not sign in for each page.',
    necessary: 'The person signs in to stay signed in.',
    rules: { ...inBrowser, life: { start: 'sign-in', period: 'until sign-out' }, erasure: { how: 'deleted', with: WIPED } },
  },
  {
    store: 'smoope.sign-in',
    kind: 'sessionStorage',
    purpose: 'Says that the sign-in was begun in this tab, so that nobody is signed in as somebody else by a link.',
    necessary: 'The person presses "sign in", and is safe only so.',
    rules: {
      ...inBrowser,
      life: { start: 'the begin of a sign-in', period: 'until it has come back, or the tab is closed' },
      erasure: { how: 'deleted', with: 'the tab' },
    },
  },
  {
    store: 'smoope-continue, smoope-invitation',
    kind: 'sessionStorage',
    purpose: 'What a link with a secret carried, while the person signs in to follow it.',
    necessary: 'The person opens the link to be taken in.',
    rules: {
      ...inBrowser,
      life: { start: 'the opening of the link', period: 'until it was followed, or the tab is closed' },
      erasure: { how: 'deleted', with: 'the tab' },
    },
  },
  {
    store: 'smoope-shell-…',
    kind: 'Cache',
    purpose: 'Opens the web client without a connection: its empty page, scripts and styles, the same for everybody.',
    necessary: 'The person opens an app that is to be there at once.',
    rules: {
      ...inBrowser,
      life: { start: 'the first visit of somebody signed in', period: 'until the session ends in this browser, or the next build' },
      erasure: { how: 'deleted', with: WIPED },
    },
  },
];
