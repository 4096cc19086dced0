import { assert, fixture, html } from '@open-wc/testing';
import '../../../widget/smoope-chat.ts';
import type { SmoopeChat } from '../../../widget/smoope-chat.ts';
import { assertAccessible, eventually } from './element-fixture.ts';

const frameOf = (element: SmoopeChat): HTMLIFrameElement => {
  const frame = element.shadowRoot?.querySelector('iframe');
  if (!frame) throw new Error('There is no frame.');
  return frame;
};

async function draw(): Promise<{ element: SmoopeChat; port: MessagePort; heard: unknown[] }> {
  const element = await fixture<SmoopeChat>(html`<smoope-chat company="a/b" locale="de"></smoope-chat>`);
  const frame = frameOf(element);
  const { ports } = await new Promise<MessageEvent<unknown>>((resolve) => {
    frame.addEventListener('load', () => frame.contentWindow?.addEventListener('message', resolve));
  });
  const [port] = ports;
  if (!port) throw new Error('There is no port.');
  const heard: unknown[] = [];
  port.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data);
  return { element, port, heard };
}

describe('<smoope-chat>', () => {
  it('shows the panel of the company as part of the page', async () => {
    const { element } = await draw();
    assert.equal(frameOf(element).src, `${location.origin}/widget/a%2Fb?locale=de`);
    assert.equal(frameOf(element).loading, 'lazy');
    // By which the panel knows that nothing can close it.
    assert.equal(frameOf(element).name, 'part');
    assert.equal(element.getBoundingClientRect().height, 600);
    assert.equal(frameOf(element).getBoundingClientRect().height, 600);
    await assertAccessible(element);
  });

  it('takes the height that the page gives it', async () => {
    const { element } = await draw();
    element.style.height = '300px';
    assert.equal(frameOf(element).getBoundingClientRect().height, 300);
  });

  it('tells the panel that it is seen, once it is ready, and the page what happens', async () => {
    const { element, port, heard } = await draw();
    const counts: unknown[] = [];
    element.addEventListener('unread', (event) => counts.push((event as CustomEvent<{ count: number }>).detail.count));
    port.postMessage({ type: 'ready' });
    port.postMessage({ type: 'unread', count: 2 });
    await eventually(() => counts.length === 1 && heard.length === 1);
    assert.deepEqual([counts, heard], [[2], [{ type: 'shown' }]]);
  });

  it('hands commands to the panel', async () => {
    const { element, heard } = await draw();
    element.command('identify', 'a.b.c');
    element.command('logout');
    await eventually(() => heard.length === 2);
    assert.deepEqual(heard, [
      { type: 'identify', value: 'a.b.c' },
      { type: 'logout', value: undefined },
    ]);
  });

  it('keeps its panel when it moves on the page', async () => {
    const { element } = await draw();
    const frame = frameOf(element);
    element.remove();
    document.body.append(element);
    assert.equal(frameOf(element), frame);
    element.remove();
  });
});
