import { assert, fixture, html, nextFrame } from '@open-wc/testing';
import { setViewport, emulateMedia } from '@web/test-runner-commands';
import type { TextNode } from '../../../appservice/conversations/conversation-wire.ts';
import type { MessageList } from '../../../widget/panel/message-list/message-list.ts';
import '../../../widget/panel/message-list/message-list.ts';
import type { PanelView } from '../../../widget/panel/panel-view.ts';
import { anItem, aSummary, anEvent, LENA, PERSON } from '../../widget/conversation-fixture.ts';
import { assertAccessible, aThread, aView, eventOf, loadTokens, part, text } from './element-fixture.ts';

async function draw(view: PanelView, height = 400): Promise<MessageList> {
  const frame = await fixture(
    html`<div><smoope-message-list .view=${view} .text=${text} .locale=${'en'} .company=${'Acme'}></smoope-message-list></div>`,
  );
  const list = frame.querySelector('smoope-message-list');
  if (!list) throw new Error('no list');
  list.style.height = `${height}px`;
  list.style.width = '380px';
  await list.updateComplete;
  await nextFrame();
  return list;
}
const log = (list: MessageList) => part(list, '.log');
const bubbles = (list: MessageList) => [...(list.shadowRoot?.querySelectorAll('.bubble') ?? [])];
const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => anEvent(from + index));
const withText = (...nodes: readonly TextNode[]) => aView({ thread: aThread([anEvent(1, { text: nodes })]) });
const everything = aView({
  thread: aThread(
    [
      anEvent(1, { sender: PERSON }),
      anEvent(2, {
        text: [
          { tag: 'p', children: ['See ', { tag: 'a', href: 'https://acme.example', children: ['this'] }] },
          { tag: 'pre', children: ['code'] },
        ],
      }),
      { ...anEvent(3, { content: {} }), isRedacted: true },
      anEvent(4, { sender: { kind: 'company', id: 'company', name: 'Acme', pictureUrl: null } }),
    ],
    { summary: aSummary({ status: 'closed', readByCompanySeq: 1 }), typing: [LENA] },
  ),
});

describe('message list', () => {
  before(loadTokens);
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, with every kind of line`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await assertAccessible(await draw(everything));
      const outbox = [anItem('txn-00001', 'no', { at: Date.now(), failed: true }), anItem('txn-00002', 'soon', { at: Date.now() })];
      await assertAccessible(await draw(aView({ outbox, history: 'failed', thread: aThread([anEvent(1)]) })));
    });

  it('is a log that can be reached with the keyboard and says new messages politely', async () => {
    const list = await draw(aView({ thread: aThread([anEvent(1)]) }));
    assert.equal(log(list).getAttribute('role'), 'log');
    assert.equal(log(list).getAttribute('aria-live'), 'polite');
    assert.equal(log(list).tabIndex, 0);
  });

  it('is silent while older messages come in', async () => {
    assert.equal(log(await draw(aView({ history: 'loading', thread: aThread([anEvent(1)]) }))).getAttribute('aria-live'), 'off');
  });

  it('makes elements of formatted text, and only those it knows', async () => {
    const list = await draw(
      withText(
        { tag: 'ul', children: [{ tag: 'li', children: [{ tag: 'b', children: ['one'] }] }] },
        { tag: 'table', children: [{ tag: 'tr', children: [{ tag: 'td', children: ['cell'] }] }] },
      ),
    );
    assert.equal(bubbles(list)[0]?.querySelector('ul > li > b')?.textContent, 'one');
    assert.equal(bubbles(list)[0]?.querySelector('table tr > td')?.textContent, 'cell');
  });

  it('marks links as external, without referrer and opener', async () => {
    const link = bubbles(await draw(withText({ tag: 'a', href: 'https://evil.example/', children: ['there'] })))[0]?.querySelector('a');
    assert.equal(link?.rel, 'noopener noreferrer external nofollow');
    assert.equal(link?.target, '_blank');
    assert.include(link?.textContent, 'opens a new window');
  });

  it('makes links of web addresses in plain text, and nothing else of it', async () => {
    const body = 'See https://acme.example/a?b=1. Or javascript:alert(1) or <b>bold</b>';
    const [bubble] = bubbles(await draw(aView({ thread: aThread([anEvent(1, { content: { msgtype: 'm.text', body } })]) })));
    assert.deepEqual(
      [...(bubble?.querySelectorAll('a') ?? [])].map(({ href }) => href),
      ['https://acme.example/a?b=1'],
    );
    assert.isNull(bubble?.querySelector('b') ?? null);
    assert.include(bubble?.textContent, '<b>bold</b>');
  });

  for (const href of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://x',
    '//evil.example',
    'java\nscript:x',
    '',
  ])
    it(`makes no link to ${JSON.stringify(href)}`, async () => {
      const [bubble] = bubbles(await draw(withText({ tag: 'a', href, children: ['click'] })));
      assert.isNull(bubble?.querySelector('a') ?? null);
      assert.include(bubble?.textContent, 'click');
    });

  it('begins a list with its number', async () => {
    const [bubble] = bubbles(await draw(withText({ tag: 'ol', start: 3, children: [{ tag: 'li', children: ['drei'] }] })));
    assert.equal(bubble?.querySelector('ol')?.start, 3);
  });

  it('treats nodes that the server never sends as text or nothing', async () => {
    const hostile = [
      { tag: 'script', children: ['alert(1)'] },
      { tag: 'img', src: 'x', onerror: 'alert(1)', children: [] },
      { tag: '__proto__', children: ['proto'] },
      '<img src=x onerror=alert(1)>',
    ] as unknown as TextNode[];
    const [bubble] = bubbles(await draw(withText(...hostile)));
    assert.isNull(bubble?.querySelector('script, img, iframe, style, svg') ?? null);
    assert.include(bubble?.textContent, '<img src=x onerror=alert(1)>');
  });

  it('does not follow nesting without end', async () => {
    let node: TextNode = 'deep';
    for (let depth = 0; depth < 5000; depth += 1) node = { tag: 'quote', children: [node] };
    assert.isBelow(bubbles(await draw(withText(node)))[0]?.querySelectorAll('blockquote').length ?? 0, 50);
  });

  it('says that a message was deleted and shows nothing of it', async () => {
    const list = await draw(everything);
    assert.equal(bubbles(list)[2]?.textContent, text('redacted'));
  });

  it('shows the state of own messages, and offers to try a failed one again', async () => {
    const list = await draw(
      aView({ outbox: [anItem('txn-00001', 'no', { at: 1, failed: true })], thread: aThread([anEvent(1, { sender: PERSON })]) }),
    );
    assert.include(list.shadowRoot?.textContent, text('sent'));
    assert.equal(eventOf<string>(list, 'smoope-retry', () => part(list, '.failed button').click())?.detail, 'txn-00001');
  });

  it('names who is writing', async () => {
    assert.include((await draw(everything)).shadowRoot?.textContent, 'Lena Weber is writing …');
  });

  it('opens at the end and says that the end is in sight', async () => {
    let seen = 0;
    const count = () => (seen += 1);
    document.addEventListener('smoope-end', count);
    const list = await draw(aView({ thread: aThread(many(1, 30)) }));
    document.removeEventListener('smoope-end', count);
    assert.isAtMost(log(list).scrollHeight - log(list).clientHeight - log(list).scrollTop, 1);
    assert.isAbove(seen, 0);
  });

  it('stays where the person reads when a message arrives, and offers the way down', async () => {
    const list = await draw(aView({ thread: aThread(many(1, 30)) }));
    log(list).scrollTop = 200;
    await nextFrame();
    await nextFrame();
    list.view = aView({ thread: aThread(many(1, 31)) });
    await list.updateComplete;
    assert.equal(log(list).scrollTop, 200);
    part(list, '.newest').click();
    assert.isAtMost(log(list).scrollHeight - log(list).clientHeight - log(list).scrollTop, 1);
  });

  it('goes to the end when the person writes', async () => {
    const list = await draw(aView({ thread: aThread(many(1, 30)) }));
    log(list).scrollTop = 200;
    await nextFrame();
    list.view = aView({ thread: aThread(many(1, 30)), outbox: [anItem('txn-00001', 'mine', { at: Date.now() })] });
    await list.updateComplete;
    assert.isAtMost(log(list).scrollHeight - log(list).clientHeight - log(list).scrollTop, 1);
  });

  it('asks for older messages at the top and keeps its place when they come', async () => {
    const list = await draw(aView({ thread: aThread(many(31, 60), { before: 'mark' }) }));
    const asked = new Promise((resolve) => list.addEventListener('smoope-older', resolve, { once: true }));
    log(list).scrollTop = 0;
    await asked;
    const top = bubbles(list)[0]?.getBoundingClientRect().top ?? 0;
    list.view = aView({ thread: aThread(many(1, 60), { before: null }) });
    await list.updateComplete;
    assert.approximately(bubbles(list)[30]?.getBoundingClientRect().top ?? 0, top, 30);
  });

  it('does not draw a message again when it was delivered', async () => {
    const list = await draw(
      aView({ thread: aThread([anEvent(1)]), outbox: [anItem('txn-00002', 'message 2', { at: Date.UTC(2026, 4, 4, 10, 2) })] }),
    );
    const [, before] = bubbles(list);
    list.view = aView({ thread: aThread([anEvent(1), anEvent(2, { sender: PERSON, txnId: 'txn-00002' })]) });
    await list.updateComplete;
    assert.equal(bubbles(list)[1], before);
  });

  it('fits into 320 pixels with the longest word', async () => {
    await setViewport({ width: 320, height: 400 });
    const list = await draw(aView({ thread: aThread([anEvent(1, { content: { body: 'Donaudampfschifffahrt'.repeat(20) } })]) }));
    list.style.width = '320px';
    await nextFrame();
    assert.isAtMost(log(list).scrollWidth, 320);
  });

  it('mirrors itself for languages from right to left', async () => {
    const list = await draw(everything);
    list.dir = 'rtl';
    await nextFrame();
    const middle = list.getBoundingClientRect().left + list.getBoundingClientRect().width / 2;
    assert.isBelow(bubbles(list)[0]?.getBoundingClientRect().right ?? Infinity, middle);
  });

  it('does not move anything when the system asks for that', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const list = await draw(everything);
    assert.equal(getComputedStyle(part(list, '.dots i')).animationName, 'none');
    assert.equal(getComputedStyle(part(list, '.bubble')).animationDuration, '0s');
  });
});
