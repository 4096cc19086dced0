import { fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Texts } from '../../../widget/locales/load.ts';
import { MessageList } from '../../../widget/panel/message-list/message-list.ts';
import { PanelApp } from '../../../widget/panel/panel-app/panel-app.ts';
import { createPanelClient } from '../../../widget/panel/panel-client.ts';
import { createParts } from '../../../widget/panel/parts.ts';
import { createApi } from '../../../widget/transport/api.ts';
import { aSummary, anEvent, LENA } from '../../widget/conversation-fixture.ts';
import { aPanel } from '../../widget/panel-fixture.ts';
import { aStore, FakeStorage } from '../../widget/session-fixture.ts';
import { part, text } from './element-fixture.ts';
import { aServer, type FakeServer } from './fake-server.ts';

const TEXTS: Texts = { language: 'en', text, loadMore: () => Promise.resolve() };

/** A panel with what stands behind it. */
export type Drawn = { readonly app: PanelApp; readonly server: FakeServer; readonly storage: FakeStorage };

let closeLast = () => {};

/** Draws a panel as its page would. */
export async function draw(
  settings: Partial<PanelSettings> = {},
  server = aServer(),
  storage = new FakeStorage(),
  isShown = true,
): Promise<Drawn> {
  // One panel at a time: the one before would hold the stream that tabs share.
  closeLast();
  fixtureCleanup();
  const app = new PanelApp();
  const client = createPanelClient({
    settings: aPanel(settings),
    api: createApi(server.fetch),
    store: aStore(storage),
    onChange: () => (app.view = client.view()),
    onRefused: () => {},
    onMessage: () => {},
  });
  Object.assign(app, {
    settings: aPanel(settings),
    texts: TEXTS,
    parts: createParts(
      () => TEXTS,
      () => (app.notice = text('partFailed')),
    ),
    region: 'en',
    draft: client.draft(),
    client,
    isShown,
    closable: true,
    view: client.view(),
  });
  await fixture(html`<div>${app}</div>`);
  closeLast = client.close;
  client.start();
  await app.updateComplete;
  return { app, server, storage };
}

/** The messages. */
export const list = (app: PanelApp): MessageList => part(app, 'smoope-message-list', MessageList);
/** Everything that stands in the list of messages. */
export const shown = (app: PanelApp): string => app.shadowRoot?.querySelector('smoope-message-list')?.shadowRoot?.textContent ?? '';
/** Words of the messages. */
export const bubbles = (app: PanelApp) =>
  [...(list(app).shadowRoot?.querySelectorAll('.bubble') ?? [])].map((bubble) => bubble.textContent);
/** The line below the messages. */
export const status = (app: PanelApp): string => part(app, '.connection').textContent ?? '';

/** Types a message and sends it. */
export async function write(app: PanelApp, message: string): Promise<void> {
  part(app, 'smoope-composer').focus();
  await sendKeys({ type: message });
  await sendKeys({ press: 'Enter' });
}

/** A visitor who wrote before: token in storage, conversation on the server. */
export function earlier(changes: Partial<ReturnType<typeof aSummary>> = {}): readonly [FakeServer, FakeStorage] {
  const server = aServer();
  const storage = new FakeStorage();
  server.token = 'token-of-before';
  server.events.push(anEvent(1), anEvent(2));
  server.summary = aSummary({ lastSeq: 2, unread: 2, answering: [LENA], ...changes });
  aStore(storage).update(() => ({ token: server.token }));
  return [server, storage];
}

/** Waits for an element in the shadow of others, one selector for each. */
export async function found(app: Element, ...selectors: readonly string[]): Promise<HTMLElement> {
  const seek = () => selectors.reduce<Element | null | undefined>((element, selector) => element?.shadowRoot?.querySelector(selector), app);
  await waitUntil(() => seek() instanceof HTMLElement, `There is no ${selectors.join(' › ')}.`, { timeout: 8000, interval: 20 });
  const element = seek();
  if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selectors.join(' › ')}.`);
  return element;
}

/** Waits for a button with this name in the shadow of others. */
export async function named(app: Element, name: string, ...selectors: readonly string[]): Promise<HTMLElement> {
  const seek = () => {
    const root = selectors.reduce<Element | null | undefined>((element, selector) => element?.shadowRoot?.querySelector(selector), app);
    const buttons = [...(root?.shadowRoot?.querySelectorAll<HTMLElement>('button, a') ?? [])];
    return buttons.find((button) => (button.getAttribute('aria-label') ?? button.textContent?.trim()) === name);
  };
  await waitUntil(() => seek() !== undefined, `There is no button ${name}.`, { timeout: 8000, interval: 20 });
  const button = seek();
  if (!button) throw new Error(`There is no button ${name}.`);
  return button;
}

/** What has the focus, however deep it is. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
