import { assert, aTimeout } from '@open-wc/testing';
import { isCommand } from '../../../widget/panel/host-commands.ts';
import { connectLoader } from '../../../widget/panel/loader-port.ts';
import { eventually } from './element-fixture.ts';

const HOST = 'https://acme.example';

type Page = {
  readonly page: Window;
  readonly parent: Window;
  readonly heard: boolean[];
  readonly commands: unknown[];
  readonly port: ReturnType<typeof connectLoader>;
};

/** A page, in a frame or not, and the panel's end of the line. */
function aPage(isFramed = true): Page {
  const target = new EventTarget();
  const parent = window;
  const page = Object.assign(target, { parent: isFramed ? parent : target }) as unknown as Window;
  const heard: boolean[] = [];
  const commands: unknown[] = [];
  const port = connectLoader(
    page,
    [HOST],
    (isShown) => heard.push(isShown),
    (command) => commands.push(command),
  );
  return { page, parent, heard, commands, port };
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
    assert.deepEqual(heard, [true, false]);
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

  it('passes on what else is said, to be checked by who understands it', async () => {
    const { page, heard, commands } = aPage();
    offer(page).near.postMessage({ type: 'setTheme', value: 'dark' });
    await eventually(() => commands.length === 1);
    assert.deepEqual(commands, [{ type: 'setTheme', value: 'dark' }]);
    assert.deepEqual(heard, []);
  });

  for (const message of [
    null,
    'logout',
    7,
    [],
    { type: 'token' },
    { type: 'toString' },
    { type: 'identify' },
    { type: 'identify', value: 7 },
    { type: 'identify', value: 'x'.repeat(8193) },
    { type: 'setAttributes', value: [] },
    { type: 'setAttributes', value: { name: {} } },
    { type: 'setLocale', value: '../de' },
    { type: 'setTheme', value: 'url(x)' },
  ])
    it(`takes ${JSON.stringify(message)?.slice(0, 60)} for no command`, () => {
      assert.isFalse(isCommand(message));
    });

  for (const message of [
    { type: 'identify', value: 'a.b.c' },
    { type: 'logout' },
    { type: 'setAttributes', value: { name: 'Kim' } },
    { type: 'setLocale', value: 'pt-BR' },
    { type: 'setTheme', value: 'auto' },
    { type: 'popout', more: 'is ignored' },
  ])
    it(`takes ${JSON.stringify(message)} for a command`, () => {
      assert.isTrue(isCommand(message));
    });

  it('tells a loader that connects late what it missed, and nothing twice', async () => {
    const { page, port } = aPage();
    port.tell({ type: 'unread', count: 1 });
    port.tell({ type: 'unread', count: 2 });
    port.tell({ type: 'close' });
    port.tell({ type: 'message', own: true });
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
