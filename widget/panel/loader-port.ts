import type { LoaderToPanel, PanelToLoader } from '../../appservice/visitors/panel-wire.ts';

// States are learned by a loader that connects later; all else is of the moment.
const STATES: readonly PanelToLoader['type'][] = ['ready', 'unread', 'conversation'];

/** The line to the loader on the host page. */
export type LoaderPort = {
  /** Tells the loader; what is said before it has connected is said then. A repetition is left out. */
  readonly tell: (message: PanelToLoader) => void;
  /** Whether there is a loader that can close the panel: false where the page stands on its own. */
  readonly isFramed: boolean;
};

/**
 * Takes the port that the loader hands over: only from the window that holds us, and only from an origin of the company.
 * Listens at once, because the loader calls as soon as the frame has loaded.
 * What is not told to `onShown` goes to `onCommand` as it is, unchecked.
 */
export function connectLoader(
  page: Window,
  origins: readonly string[],
  onShown: (isShown: boolean) => void,
  onCommand: (command: unknown) => void,
): LoaderPort {
  const isFramed = page.parent !== page;
  const told = new Map<PanelToLoader['type'], PanelToLoader>();
  let port: MessagePort | undefined;

  page.addEventListener('message', ({ source, origin, ports: [given], data }: MessageEvent<unknown>) => {
    const { type: asked } = Object(data) as { readonly type?: unknown };
    if (!isFramed || source !== page.parent || !origins.includes(origin) || asked !== 'connect' || !given) return;
    port?.close();
    port = given;
    port.onmessage = ({ data: message }: MessageEvent<unknown>) => {
      const { type } = Object(message) as Partial<LoaderToPanel>;
      if (type === 'shown' || type === 'hidden') onShown(type === 'shown');
      else onCommand(message);
    };
    for (const message of told.values()) port.postMessage(message);
  });

  return {
    isFramed,
    tell: (message) => {
      if (STATES.includes(message.type)) {
        if (JSON.stringify(told.get(message.type)) === JSON.stringify(message)) return;
        told.set(message.type, message);
      }
      port?.postMessage(message);
    },
  };
}
