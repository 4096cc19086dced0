import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { directionOf } from '../locales/language.ts';
import { loadMessages } from '../locales/load.ts';
import { createText } from '../locales/messages.ts';
import { createApi } from '../transport/api.ts';
import { createSessionStore, storageKey } from '../transport/session-store.ts';
import { companyColors } from './company-colors.ts';
import { connectLoader } from './loader-port.ts';
import { PanelApp } from './panel-app/panel-app.ts';
import { createPanelClient } from './panel-client.ts';

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
  const loader = connectLoader(window, settings.origins, ({ type }) => {
    app.isShown = type === 'shown';
    if (isReady && app.isShown) void app.updateComplete.then(() => app.focus());
  });
  app.isShown = !loader.isFramed;
  adoptColors(settings.company);

  const { language, messages } = await loadMessages(settings.locale);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  const store = createSessionStore(settings.company.slug, () => localStorage);
  const client = createPanelClient({
    settings,
    api: createApi(window.fetch.bind(window)),
    store,
    onChange: draw,
  });

  function draw(): void {
    const view = client.view();
    app.view = view;
    loader.tell({ type: 'unread', count: view.unread });
    // Later pages find nothing where nothing could be kept, and nothing new where the conversation is over and read.
    const isOver = view.thread?.summary.status === 'closed' && view.unread === 0;
    loader.tell({ type: 'conversation', active: store.isShared() && !isOver });
  }

  app.settings = settings;
  // Dates and times in the habit of the person's region, as long as it speaks the language of the page.
  app.region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  app.text = createText(messages);
  app.draft = client.draft();
  app.client = client;
  app.closable = loader.isFramed;
  app.addEventListener('smoope-close', () => loader.tell({ type: 'close' }));
  app.addEventListener('keydown', (event) => {
    // While the menu is open, Escape closes that.
    const inMenu = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('smoope-panel-header') && node.shadowRoot?.querySelector(':popover-open'));
    if (event.key === 'Escape' && !inMenu) loader.tell({ type: 'close' });
  });
  for (const name of ['online', 'offline']) window.addEventListener(name, client.networkChanged);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    client.hurry();
    draw();
  });
  window.addEventListener('storage', ({ key }) => (key === null || key === storageKey(settings.company.slug)) && client.storageChanged());
  // A page that is put aside lets another tab read the stream, and may come back.
  window.addEventListener('pagehide', client.close);
  window.addEventListener('pageshow', ({ persisted }) => persisted && client.start());
  client.start();
  draw();
  app.replaceChildren();
  isReady = true;
  loader.tell({ type: 'ready' });
}

const app = document.querySelector('smoope-panel');
if (app instanceof PanelApp) void start(readSettings(), app);
