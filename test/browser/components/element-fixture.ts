import 'axe-core/axe.min.js';
import { assert, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type axeCore from 'axe-core';
import { messages as english } from '../../../widget/locales/en.ts';
import { createText } from '../../../widget/locales/messages.ts';
import { messages as more } from '../../../widget/locales/more/en.ts';
import type { Thread } from '../../../widget/panel/conversation-state.ts';
import type { PanelView } from '../../../widget/panel/panel-view.ts';
import { aSummary } from '../../widget/conversation-fixture.ts';

type Work = () => void | Promise<void>;

declare global {
  /** The words of mocha that the tests use; @web/test-runner brings mocha without its types. */
  function describe(name: string, suite: () => void): void;
  function it(name: string, check: Work): void;
  function before(work: Work): void;
  function beforeEach(work: Work): void;
  function afterEach(work: Work): void;
  interface Window {
    /** The checker is a script of the old kind: it puts itself here. */
    axe: typeof axeCore;
  }
}

/** Texts of the elements under test. */
export const text = createText({ ...english, ...more });

/** A view of the panel before the first message, with what a test changes. */
export const aView = (changes: Partial<PanelView> = {}): PanelView => ({
  thread: undefined,
  threads: [],
  isNew: false,
  outbox: [],
  isInterrupted: false,
  isSessionGone: false,
  hasSession: false,
  isListed: false,
  fields: undefined,
  kept: { sound: false, rated: [], isVerified: false },
  history: 'idle',
  unread: 0,
  ...changes,
});

/** A conversation with events. */
export const aThread = (entries: Thread['entries'], changes: Partial<Thread> = {}): Thread => ({
  summary: aSummary({ lastSeq: entries.length }),
  entries,
  before: null,
  resumeSeq: entries.length,
  typing: [],
  ...changes,
});

/** Loads the custom properties that the page of the panel has, so that contrast is measured with real colours. */
export async function loadTokens(): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${await (await fetch('/web-client/styles/tokens.css')).text()} body { background: var(--ground); }`);
  document.adoptedStyleSheets.push(sheet);
}

/** Fails with every rule that the element breaks (WCAG 2.2 A and AA, and axe's best practices that make sense for a part of a page). */
export async function assertAccessible(element: Element): Promise<void> {
  // What still fades in has not the colours that people read.
  await emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await window.axe.run(element, {
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  assert.equal(
    violations.length,
    0,
    violations
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`)
      .join('\n'),
  );
}

/** An element in a shadow tree, by selector; fails when there is none, or one of another kind. */
export function part(element: Element, selector: string): HTMLElement;
export function part<Found extends HTMLElement>(element: Element, selector: string, kind: new () => Found): Found;
export function part(element: Element, selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = element.shadowRoot?.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`There is no ${selector} in ${element.localName}.`);
  return found;
}

/** The event of a name that an action causes. */
export function eventOf<Detail>(element: Element, name: string, act: () => void): CustomEvent<Detail> | undefined {
  let seen: CustomEvent<Detail> | undefined;
  const listen = (event: Event) => (seen = event as CustomEvent<Detail>);
  element.addEventListener(name, listen);
  act();
  element.removeEventListener(name, listen);
  return seen;
}

/** Refuses storage, as browsers do where the person wants it so, until the work is done. */
export async function withoutStorage(work: () => Promise<void>): Promise<void> {
  const { localStorage: real } = Object.getOwnPropertyDescriptors(window);
  Object.defineProperty(window, 'localStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  try {
    await work();
  } finally {
    Object.defineProperty(window, 'localStorage', real);
  }
}

/** Waits until something is so; patient, because several browsers may share two cores. */
export const eventually = (isSo: () => boolean): Promise<void> => waitUntil(isSo, undefined, { timeout: 8000, interval: 20 });
