import { assert, aTimeout } from '@open-wc/testing';
import type { LoaderToPanel } from '../../../appservice/visitors/panel-wire.ts';
import { connectLoader } from '../../../widget/panel/loader-port.ts';
import { eventually } from './element-fixture.ts';

const HOST = 'https://acme.example';

type Page = {
  readonly page: Window;
  readonly parent: Window;
  readonly heard: LoaderToPanel[];
  readonly port: ReturnType<typeof connectLoader>;
};

/** A page, in a frame or not, and the panel's end of the line. */
function aPage(isFramed = true): Page {
  const target = new EventTarget();
  const parent = window;
  const page = Object.assign(target, { parent: isFramed ? parent : target }) as unknown as Window;
  const heard: LoaderToPanel[] = [];
  return { page, parent, heard, port: connectLoader(page, [HOST], (message) => heard.push(message)) };
}

function offer(page: Window, changes: MessageEventInit = {}): { readonly near: MessagePort; readonly received: unknown[] } {
  const { port1: near, port2: far } = new MessageChannel();
  const received: unknown[] = [];
  near.onmessage = ({ data }: MessageEvent<unknown>) => received.push(data);
  page.dispatchEvent(new MessageEvent('message', { data: { type: 'connect' }, origin: HOST, source: window, ports: [far], ...changes }));
  return { near, received };
}

describe('line to the loader', () => {
  it('takes the port of the page that holds it, and hears whether it is shown', async () => {
    const { page, heard } = aPage();
    const { near } = offer(page);
    near.postMessage({ type: 'shown' });
    near.postMessage({ type: 'hidden' });
    await eventually(() => heard.length === 2);
    assert.deepEqual(heard, [{ type: 'shown' }, { type: 'hidden' }]);
  });

  for (const [name, changes] of [
    ['from an origin that is not the company’s', { origin: 'https://evil.example' }],
    ['from an origin that only begins like the company’s', { origin: `${HOST}.evil.example` }],
    ['from a page without an origin', { origin: 'null' }],
    ['from another window', { source: null }],
    ['without a port', { ports: [] }],
    ['that says something else', { data: { type: 'shown' } }],
    ['that is no object', { data: 'connect' }],
  ] as const)
    it(`takes no offer ${name}`, async () => {
      const { page, heard, port } = aPage();
      const { near, received } = offer(page, changes as MessageEventInit);
      port.tell({ type: 'unread', count: 1 });
      near.postMessage({ type: 'shown' });
      await aTimeout(20);
      assert.deepEqual(received, []);
      assert.deepEqual(heard, []);
    });

  for (const message of [null, 'shown', { type: 'token' }, [], 7])
    it(`takes no notice of ${JSON.stringify(message)} from the loader`, async () => {
      const { page, heard } = aPage();
      offer(page).near.postMessage(message);
      await aTimeout(20);
      assert.deepEqual(heard, []);
    });

  it('tells a loader that connects late what it missed, and nothing twice', async () => {
    const { page, port } = aPage();
    port.tell({ type: 'unread', count: 1 });
    port.tell({ type: 'unread', count: 2 });
    port.tell({ type: 'close' });
    const { received } = offer(page);
    port.tell({ type: 'unread', count: 2 });
    port.tell({ type: 'ready' });
    port.tell({ type: 'close' });
    port.tell({ type: 'close' });
    await eventually(() => received.length >= 4);
    assert.deepEqual(received, [{ type: 'unread', count: 2 }, { type: 'ready' }, { type: 'close' }, { type: 'close' }]);
  });

  it('takes no offer on a page of its own', async () => {
    const { page, port, heard } = aPage(false);
    assert.isFalse(port.isFramed);
    offer(page).near.postMessage({ type: 'shown' });
    await aTimeout(20);
    assert.deepEqual(heard, []);
  });
});
