import type { LoaderToPanel, PanelToLoader } from '../appservice/visitors/panel-wire.ts';
import { launcherStyles } from './loader-styles.ts';
import { launcherTexts } from './loader-texts.ts';
import type { Smoope } from './smoope-window.ts';

const UNREACHABLE_AFTER_MS = 15_000;

/** Near-black or white, whichever reads better on the colour: 0.18 is the relative luminance at which both are equal (WCAG 2). */
function textOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);
  return red * 0.21 + green * 0.72 + blue * 0.07 > 0.18 ? '#10222e' : '#fff';
}

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

function drawSign(line: string): SVGElement {
  const [sign, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name)) as [
    SVGElement,
    SVGElement,
  ];
  sign.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', line);
  sign.append(path);
  return sign;
}

function start({ src, dataset }: HTMLScriptElement): void {
  if (window.Smoope?.loaded) return;
  const page = document.documentElement;
  const { origin } = new URL(src);
  const locale = dataset.locale || page.lang || navigator.language;
  const texts = launcherTexts(locale);
  const color = dataset.color && /^#[0-9a-f]{6}$/i.test(dataset.color) ? dataset.color : '#0b5c6b';
  const natural = getComputedStyle(page).direction === 'rtl' ? 'left' : 'right';
  const side = dataset.position === 'left' || dataset.position === 'right' ? dataset.position : natural;

  const element = document.createElement.bind(document);
  const host = element('smoope-launcher');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyles({ color, onColor: textOn(color), side }));
  root.adoptedStyleSheets = [sheet];
  const button = element('button');
  const badge = element('b');
  const place = element('div');
  const note = element('p');
  note.role = 'status';
  button.append(drawSign('M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3 21l2.1-5.7A8.4 8.4 0 1 1 21 11.5Z'), drawSign('M18 6 6 18M6 6l12 12'), badge);
  root.append(button, place);

  let isOpen = false;
  let isReady = false;
  let unread = 0;
  let port: MessagePort | undefined;

  function draw(): void {
    badge.textContent = unread > 99 ? '99+' : unread ? `${unread}` : '';
    button.ariaExpanded = `${isOpen}`;
    button.ariaLabel = isOpen ? texts.close : texts.open + (unread ? `, ${unread} ${texts.unread}` : '');
    button.className = place.className = isReady ? 'on' : '';
    place.inert = !isOpen;
  }

  function tell(): void {
    if (isOpen && isReady) place.querySelector('iframe')?.focus();
    port?.postMessage({ type: isOpen ? 'shown' : 'hidden' } satisfies LoaderToPanel);
  }

  function receive(data: unknown): void {
    const message = Object(data) as PanelToLoader;
    if (message.type === 'close') setOpen(false);
    if (message.type === 'conversation') remember(message.active);
    if (message.type === 'unread') unread = message.count | 0;
    if (message.type === 'ready') {
      isReady = true;
      note.textContent = '';
      tell();
    }
    draw();
  }

  function load(): void {
    if (isReady) return;
    const frame = element('iframe');
    frame.title = 'Chat';
    frame.allow = '';
    frame.src = `${origin}/widget/${encodeURIComponent(dataset.company ?? '')}?channel=widget&locale=${encodeURIComponent(locale)}`;
    frame.onload = () => {
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = ({ data }) => receive(data);
      frame.contentWindow?.postMessage({ type: 'connect' }, origin, [channel.port2]);
    };
    note.textContent = '…';
    setTimeout(() => {
      if (!isReady) note.textContent = texts.unreachable;
    }, UNREACHABLE_AFTER_MS);
    place.replaceChildren(note, frame);
  }

  function setOpen(open: boolean): void {
    if (open === isOpen) return;
    isOpen = open;
    if (open) load();
    draw();
    if (!open) button.focus();
    tell();
  }

  button.onclick = () => setOpen(!isOpen);
  button.onkeydown = (event) => {
    if (event.key === 'Escape') setOpen(false);
  };
  draw();
  // Beside the body, not in it: scripts that replace the body keep the button, and a transform on the body does not move it.
  page.append(host);

  const smoope: Smoope = (command) => {
    if (command === 'open' || command === 'close') setOpen(command === 'open');
    if (command === 'toggle') setOpen(!isOpen);
  };
  smoope.loaded = true;
  const early = window.Smoope?.q ?? [];
  window.Smoope = smoope;
  for (const [command = ''] of early as Iterable<string[]>) smoope(command);
  if (remember()) (window.requestIdleCallback ?? setTimeout)(load);
}

const script = document.currentScript ?? document.querySelector('script[data-company]');
if (script instanceof HTMLScriptElement && script.dataset.company) start(script);
