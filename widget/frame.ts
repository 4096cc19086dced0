import type { LoaderToPanel, PanelToLoader } from '../appservice/visitors/panel-wire.ts';

/** A panel in a frame on our origin. */
export type Frame = {
  /** The frame, to be put on the page. */
  readonly element: HTMLIFrameElement;
  /** Fetches the panel, in a language (BCP 47); before that nothing is fetched. */
  readonly load: (locale: string) => void;
  /** Tells the panel; what is said before it listens is said then. */
  readonly tell: (message: LoaderToPanel) => void;
};

/** Makes a frame for a company's panel and the line to it: a port that goes to our exact origin only. */
export function makeFrame(origin: string, company: string, receive: (message: PanelToLoader) => void): Frame {
  const element = document.createElement('iframe');
  const early: LoaderToPanel[] = [];
  let port: MessagePort | undefined;
  element.title = 'Chat';
  // Voice messages, where the browser asks the person; words and links that are copied.
  element.allow = 'microphone;clipboard-write';
  element.onload = () => {
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port1.onmessage = ({ data }) => receive(Object(data) as PanelToLoader);
    element.contentWindow?.postMessage({ type: 'connect' }, origin, [port2]);
    for (const message of early) port1.postMessage(message);
  };
  return {
    element,
    load(locale) {
      element.src = `${origin}/widget/${encodeURIComponent(company)}?locale=${encodeURIComponent(locale)}`;
    },
    tell: (message) => (port ? port.postMessage(message) : early.push(message)),
  };
}
