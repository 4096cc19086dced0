import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { eventually, part } from './element-fixture.ts';

type Attributes = Readonly<Record<string, string>>;

let inclusion = 0;

/** Includes the loader as a website does; the address of the panel answers with nothing, so the test plays the panel. */
export async function include(attributes: Attributes = {}): Promise<void> {
  const script = document.createElement('script');
  // A type that no browser runs: the module below finds the tag, as the script finds its own.
  Object.assign(script, { type: 'text/plain', src: '/widget.js' });
  for (const [name, value] of Object.entries({ 'data-company': 'acme', 'data-locale': 'en', ...attributes }))
    script.setAttribute(name, value);
  document.head.append(script);
  await import(`/widget/loader.ts?inclusion=${(inclusion += 1)}`);
  script.remove();
}

/** All launchers on the page. */
export const launchers = () => [...document.querySelectorAll('smoope-launcher')];
/** The launcher on the page; throws where there is none. */
export function launcher(): Element {
  const [found] = launchers();
  if (!found) throw new Error('There is no launcher.');
  return found;
}
/** Its button. */
export const button = () => part(launcher(), 'button', HTMLButtonElement);
/** Where the panel stands. */
export const place = () => part(launcher(), 'div');
/** The frame of the panel, if it was loaded. */
export const frame = () => launcher().shadowRoot?.querySelector('iframe') ?? undefined;
/** How an element looks. */
export const look = (element: Element) => getComputedStyle(element);

/** The panel as the test plays it. */
export type Panel = { readonly say: (message: unknown) => void; readonly heard: unknown[]; readonly origin: string };

/** Plays the panel: takes the port that the loader hands over. */
export async function panel(): Promise<Panel> {
  const shownFrame = frame();
  if (!shownFrame) throw new Error('There is no frame.');
  const { data, ports, origin } = await new Promise<MessageEvent<unknown>>((resolve) => {
    shownFrame.addEventListener('load', () => shownFrame.contentWindow?.addEventListener('message', resolve));
  });
  assert.deepEqual(data, { type: 'connect' });
  const [port] = ports;
  const heard: unknown[] = [];
  if (port) port.onmessage = (event: MessageEvent<unknown>) => heard.push(event.data);
  return { say: (message) => port?.postMessage(message), heard, origin };
}

/** Clicks, and plays a panel that is ready. */
export async function openPanel(): Promise<Panel> {
  button().click();
  const opened = await panel();
  opened.say({ type: 'ready' });
  await eventually(() => button().className === 'on');
  return opened;
}

/** Makes the page as it was: no launcher, nothing stored. */
export async function clearPage(): Promise<void> {
  launchers().forEach((element) => element.remove());
  delete window.Smoope;
  delete window.SmoopeSettings;
  localStorage.clear();
  document.documentElement.dir = 'ltr';
  await setViewport({ width: 1000, height: 700 });
}
