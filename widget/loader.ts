import type { LoaderToPanel, PanelToLoader } from '../appservice/visitors/panel-wire.ts';
import { makeFrame } from './frame.ts';
import { launcherStyles } from './loader-styles.ts';
import { launcherTexts } from './loader-texts.ts';
import type { Smoope } from './smoope-window.ts';

const UNREACHABLE_AFTER_MS = 15_000;

/** The flag says that there is a conversation and nothing more; a page that refuses storage does without the badge. */
function remember(active?: boolean): boolean {
  try {
    if (active) localStorage.smoope = 1;
    else if (active === false) delete localStorage.smoope;
    return 'smoope' in localStorage;
  } catch {
    return false;
  }
}

/** Draws both signs of the button, each 24 pixels wide; the style sheet shows one of them. */
function drawSigns(): SVGElement {
  const [sign, chat, cross] = ['svg', 'path', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name)) as [
    SVGElement,
    SVGElement,
    SVGElement,
  ];
  chat.setAttribute('d', 'M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3 21l2.1-5.7A8.4 8.4 0 1 1 21 11.5Z');
  cross.setAttribute('d', 'M18 6 6 18M6 6l12 12');
  sign.append(chat, cross);
  return sign;
}

function start(src: string, settings: NonNullable<Window['SmoopeSettings']>): void {
  const page = document.documentElement;
  const { origin } = new URL(src);
  const { company = '', color = '', position } = settings;
  let locale = settings.locale || page.lang || navigator.language;
  let texts = launcherTexts(locale);
  const colour = /^#[0-9a-f]{6}$/i.test(color) ? color : '#0b5c6b';
  // Where text ends, unless the page says otherwise.
  const side = position || 'inset-inline-end';

  const element = document.createElement.bind(document);
  const host = element('smoope-launcher');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyles({ color: colour, side }));
  root.adoptedStyleSheets = [sheet];
  const button = element('button');
  const badge = element('b');
  const place = element('div');
  const note = element('p');
  note.role = 'status';
  button.append(drawSigns(), badge);
  root.append(button, place);

  let isOpen = false;
  let isReady = false;
  let unread = 0;
  const frame = makeFrame(origin, company, receive);

  function draw(): void {
    badge.textContent = unread > 99 ? '99+' : unread ? `${unread}` : '';
    button.ariaExpanded = `${isOpen}`;
    button.ariaLabel = isOpen ? texts.close : texts.open + (unread ? `, ${unread} ${texts.unread}` : '');
    button.className = place.className = isReady ? 'on' : '';
    place.inert = !isOpen;
  }

  function emit(type: string, detail?: object): void {
    host.dispatchEvent(new CustomEvent(type, { detail }));
  }

  function tellShown(): void {
    if (isOpen && isReady) frame.element.focus();
    if (isReady) frame.tell({ type: isOpen ? 'shown' : 'hidden' });
  }

  function receive(message: PanelToLoader): void {
    const { type } = message;
    if (type === 'close') setOpen(false);
    if (type === 'conversation') remember(message.active);
    if (type === 'unread') unread = message.count | 0;
    if (type === 'ready') {
      isReady = true;
      note.textContent = '';
      tellShown();
    }
    draw();
    emit(type, message);
  }

  function load(): void {
    if (isReady) return;
    frame.load(locale);
    note.textContent = '…';
    setTimeout(() => {
      if (!isReady) note.textContent = texts.unreachable;
    }, UNREACHABLE_AFTER_MS);
    place.replaceChildren(note, frame.element);
  }

  function setOpen(open: boolean): void {
    if (open === isOpen) return;
    isOpen = open;
    if (open) load();
    draw();
    if (!open) button.focus();
    tellShown();
    emit(open ? 'opened' : 'closed');
  }

  button.onclick = () => setOpen(!isOpen);
  button.onkeydown = (event) => {
    if (event.key === 'Escape') setOpen(false);
  };
  draw();
  // Beside the body, not in it: scripts that replace the body keep the button, and a transform on the body does not move it.
  page.append(host);

  const commands: Record<string, ((value: never, listener: EventListener) => unknown) | null> = {
    __proto__: null,
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: () => setOpen(!isOpen),
    show: () => (button.style.display = ''),
    hide() {
      setOpen(false);
      button.style.display = 'none';
    },
    destroy() {
      host.remove();
      delete window.Smoope;
    },
    on: (name, listener) => host.addEventListener(name, listener),
    off: (name, listener) => host.removeEventListener(name, listener),
  };
  const smoope = ((command: string, ...args: [never, never]) => {
    const own = commands[command];
    if (own) return void own(...args);
    if (command === 'setLocale') {
      texts = launcherTexts((locale = args[0]));
      draw();
    }
    if (command === 'popout') setOpen(true);
    // All else is for the panel, which also says what it does not know.
    frame.tell({ type: command, value: args[0] } as LoaderToPanel);
  }) as Smoope;
  smoope.loaded = true;
  const stub = window.Smoope?.q ?? [];
  window.Smoope = smoope;
  // First of all, so that the panel begins as the page wants it.
  frame.tell({ type: 'settings', value: settings });
  // An attribute of the script tag is text.
  if (`${settings.hidden}` === 'true') smoope('hide');
  for (const command of stub) smoope.apply(undefined, command as unknown as ['open']);
  if (remember()) (window.requestIdleCallback ?? setTimeout)(load);
}

const script = (document.currentScript ?? document.querySelector('script[data-company]')) as HTMLScriptElement | null;
const settings: NonNullable<Window['SmoopeSettings']> = Object.assign({}, window.SmoopeSettings, script?.dataset);
if (script && settings.company && !window.Smoope?.loaded) start(script.src, settings);
