import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { directionOf } from '../locales/language.ts';
import { loadTexts, type Texts } from '../locales/load.ts';
import { createApi } from '../transport/api.ts';
import { createSessionStore, storageKey } from '../transport/session-store.ts';
import { companyColors } from './company-colors.ts';
import type { HostCommands } from './host-commands.ts';
import { connectLoader } from './loader-port.ts';
import { PanelApp } from './panel-app/panel-app.ts';
import { createPanelClient } from './panel-client.ts';
import { createParts } from './parts.ts';

function readSettings(): PanelSettings {
  return JSON.parse(document.getElementById('settings')?.textContent ?? '') as PanelSettings;
}

function adoptColors(company: PanelSettings['company']): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(companyColors(company) ?? '');
  document.adoptedStyleSheets.push(sheet);
}

async function start(settings: PanelSettings, app: PanelApp): Promise<void> {
  let isReady = false;
  const commands: unknown[] = [];
  let obey: (command: unknown) => unknown = (command) => commands.push(command);
  const loader = connectLoader(
    window,
    settings.origins,
    (isShown) => {
      app.isShown = isShown;
      if (isReady && isShown) void app.updateComplete.then(() => app.focus());
    },
    (command) => void obey(command),
  );
  app.isShown = !loader.isFramed;
  adoptColors(settings.company);

  const { slug } = settings.company;
  const api = createApi(window.fetch.bind(window));
  const store = createSessionStore(slug, () => localStorage);
  const texts = await loadTexts(settings.locale);
  const parts = createParts(
    () => app.texts,
    () => (app.notice = app.texts.text('partFailed')),
  );
  const client = createPanelClient({ settings, api, store, onChange: draw, onRefused: handleRefusal, onMessage: handleMessage });

  function handleMessage(own: boolean): void {
    loader.tell({ type: 'message', own });
    const isSeen = app.isShown && document.hasFocus();
    if (!own && !isSeen && store.read().sound) void import('./sound.ts').then(({ beep }) => beep());
  }

  function draw(): void {
    const view = client.view();
    app.view = view;
    loader.tell({ type: 'unread', count: view.unread });
    // Later pages find nothing where nothing could be kept, and nothing new where the conversation is over and read.
    const isOver = view.thread?.summary.status === 'closed' && view.unread === 0;
    loader.tell({ type: 'conversation', active: store.isShared() && !isOver });
  }

  async function handleRefusal(error: unknown): Promise<void> {
    (await host()).tellRefusal(error);
  }

  async function host(): Promise<HostCommands> {
    const { hostCommands } = await import('./host-commands.ts');
    return hostCommands({ api, client, settings: app.settings, tell: loader.tell, speak, app });
  }

  /** Speaks a language; `next` are the settings with the company's words in it. */
  function speak(next: PanelSettings, spoken: Texts): void {
    const { language } = spoken;
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    app.settings = next;
    // Dates and times in the habit of the person's region, as long as it speaks the language of the page.
    app.region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
    app.texts = spoken;
  }

  if (location.hash) await import('./session-code.ts').then(({ redeemCode }) => redeemCode(api, store, settings, texts));
  speak(settings, texts);
  app.draft = client.draft();
  app.parts = parts;
  app.client = client;
  // A part of the page has a name: nothing could close it.
  app.closable = loader.isFramed && !window.name;
  app.addEventListener('smoope-close', () => loader.tell({ type: 'close' }));
  app.addEventListener('keydown', (event) => {
    // What lies over the conversation takes Escape for itself.
    const isTaken =
      event.defaultPrevented || event.composedPath().some((node) => node instanceof Element && node.matches('dialog, [popover]'));
    if (event.key === 'Escape' && !isTaken) loader.tell({ type: 'close' });
  });
  for (const name of ['online', 'offline']) window.addEventListener(name, client.networkChanged);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    client.hurry();
    draw();
  });
  window.addEventListener('storage', ({ key }) => (key === null || key === storageKey(slug)) && client.storageChanged());
  // A page that is put aside lets another tab read the stream, and may come back.
  window.addEventListener('pagehide', client.close);
  window.addEventListener('pageshow', ({ persisted }) => persisted && client.start());
  client.start();
  draw();
  app.replaceChildren();
  isReady = true;
  loader.tell({ type: 'ready' });

  obey = async (command) => (await host()).obey(command);
  commands.forEach((command) => void obey(command));
}

const app = document.querySelector('smoope-panel');
if (app instanceof PanelApp) void start(readSettings(), app);
