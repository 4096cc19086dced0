import { assert, fixture, html, nextFrame } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { TextNode } from '../../../appservice/conversations/conversation-wire.ts';
import type { Composer } from '../../../web-client/thread/composer.ts';
import '../../../web-client/thread/composer.ts';
import type { Draft } from '../../../web-client/thread/drafts.ts';
import type { MessageItem } from '../../../web-client/thread/message-item.ts';
import type { LogView, MessageLog } from '../../../web-client/thread/message-log.ts';
import '../../../web-client/thread/message-log.ts';
import type { MessageAction, MessageMenu } from '../../../web-client/thread/message-menu.ts';
import '../../../web-client/thread/message-menu.ts';
import { english as text } from '../../../web-client/thread/thread-texts-en.ts';
import { anItem } from '../../web-client/thread/item-fixture.ts';
import { assertAccessible, eventOf, eventually, loadTokens } from './element-fixture.ts';

const aView = (items: readonly MessageItem[], changes: Partial<LogView> = {}): LogView => ({
  items,
  company: 'Acme',
  personOf: () => ({ name: 'Lena', pictureUrl: null }),
  quoteOf: (eventId) => (eventId === '$gone' ? { name: '', words: undefined } : { name: 'You', words: 'Question' }),
  firstNew: undefined,
  hasEarlier: false,
  isLatest: true,
  loading: 'idle',
  newCount: 0,
  ...changes,
});

const asked: [string, string][] = [];
const actions = {
  openMenu: ({ key }: MessageItem) => void asked.push(['menu', key]),
  react: (_item: MessageItem, key: string) => void asked.push(['react', key]),
  goTo: (eventId: string) => void asked.push(['go', eventId]),
  unfold: () => undefined,
  sendAgain: ({ key }: MessageItem) => void asked.push(['again', key]),
  discard: ({ key }: MessageItem) => void asked.push(['discard', key]),
};

const access = { homeserverUrl: location.origin, accessToken: 'token' };

async function drawLog(view: LogView): Promise<MessageLog> {
  const log = await fixture<MessageLog>(
    html`<smoope-thread-log .view=${view} .text=${text} .locale=${'en'} .actions=${actions} .access=${access}></smoope-thread-log>`,
  );
  log.style.height = '400px';
  log.dispatchEvent(new Event('resize'));
  log.requestUpdate();
  await log.updateComplete;
  await nextFrame();
  return log;
}

const scroller = (log: MessageLog): HTMLElement => log.querySelector<HTMLElement>('.messages') ?? log;
const many = (count: number) => Array.from({ length: count }, () => anItem());

describe('a conversation in the web client', () => {
  before(async () => {
    await loadTokens();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch('/web-client/thread/thread.css')).text());
    document.adoptedStyleSheets.push(sheet);
  });
  beforeEach(() => void asked.splice(0));
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  const everything = [
    anItem({ reactions: [{ key: '👍', count: 2, ownEventId: '$r' }], replyTo: '$question', isEdited: true }),
    anItem({ isGone: true, nodes: [], words: '' }),
    anItem({ replyTo: '$gone', nodes: [{ tag: 'pre', children: ['code'] }] }),
    anItem({ manner: 'notice' }),
    anItem({ manner: 'emote', words: 'waves' }),
    anItem({ words: 'long '.repeat(400) }),
    anItem({ isOwn: true, senderId: '@me:x', delivery: 'failed', failed: '~1' }),
    anItem({ isOwn: true, senderId: '@me:x' }),
  ];

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, with every kind of message`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await assertAccessible(await drawLog(aView(everything, { firstNew: everything[2]?.eventId ?? '', isLatest: false, newCount: 3 })));
    });

  it('draws nothing of a hostile tree but text', async () => {
    const hostile: readonly unknown[] = [
      { tag: 'a', href: 'javascript:alert(1)', children: ['press'] },
      { tag: 'script', children: ['alert(1)'] },
      { tag: '__proto__', children: ['proto'] },
      { tag: 'ul', children: ['not an item', { tag: 'li', children: ['item'] }] },
      '<img src=x onerror=alert(1)>',
    ];
    const log = await drawLog(aView([anItem({ nodes: hostile as readonly TextNode[] })]));
    assert.isNull(log.querySelector('.words :is(a, script, img)'));
    assert.include(log.querySelector('.words')?.textContent, 'pressalert(1)proto');
    assert.deepEqual(
      [...log.querySelectorAll('.words ul > *')].map(({ localName }) => localName),
      ['li'],
    );
  });

  it('makes links of addresses, marked as leading elsewhere, and none within code', async () => {
    const nodes: readonly TextNode[] = ['See https://acme.example/a. ', { tag: 'code', children: ['https://acme.example/b'] }];
    const links = [...(await drawLog(aView([anItem({ nodes })]))).querySelectorAll<HTMLAnchorElement>('.words a')];
    assert.deepEqual(
      links.map(({ href, rel, className }) => [href, rel, className]),
      [['https://acme.example/a', 'noreferrer noopener', 'external']],
    );
  });

  it('is moved through with arrow keys; Enter asks for the menu of the message', async () => {
    const items = many(3);
    const log = await drawLog(aView(items));
    scroller(log).focus();
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    assert.equal((document.activeElement as HTMLElement).dataset['key'], items[1]?.key);
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(asked, [['menu', items[1]?.key ?? '']]);
  });

  it('keeps the reading position when earlier messages come in, and stays at the end when one is there', async () => {
    const items = many(40);
    const log = await drawLog(aView(items));
    const area = scroller(log);
    assert.isBelow(area.scrollHeight - area.scrollTop - area.clientHeight, 2, 'begins at the end');
    area.dispatchEvent(new WheelEvent('wheel'));
    area.scrollTop = 500;
    await eventually(() => !log.isAtEnd);
    const row = [...log.querySelectorAll('.said')].find((each) => each.getBoundingClientRect().top > area.getBoundingClientRect().top);
    const before = row?.getBoundingClientRect().top ?? 0;
    log.view = aView([...many(40), ...items]);
    await log.updateComplete;
    assert.closeTo(row?.getBoundingClientRect().top ?? 0, before, 2);
    log.toEnd();
    log.view = aView([...log.view.items, anItem()]);
    await log.updateComplete;
    assert.isBelow(area.scrollHeight - area.scrollTop - area.clientHeight, 2);
  });

  it('draws again only what changed', async () => {
    const items = many(100);
    const log = await drawLog(aView(items));
    const changes: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        changes.push(element?.closest<HTMLElement>('.said')?.dataset['key'] ?? '');
      }
    });
    observer.observe(scroller(log), { subtree: true, childList: true, characterData: true, attributes: true });
    const [first, ...rest] = items;
    log.view = aView([{ ...(first ?? anItem()), nodes: ['changed'] }, ...rest]);
    await log.updateComplete;
    await nextFrame();
    observer.disconnect();
    assert.deepEqual([...new Set(changes)], [first?.key]);
  });

  it('shows a long message in part, and the rest when it is asked for', async () => {
    const log = await drawLog(aView([anItem({ words: 'long '.repeat(400) })]));
    const button = log.querySelector<HTMLElement>('.unfold');
    assert.equal(button?.getAttribute('aria-expanded'), 'false');
    button?.click();
    await log.updateComplete;
    assert.isNotNull(log.querySelector('.unfolded'));
  });

  it('asks what was pressed: a quote, a reaction, to send again, to discard', async () => {
    const log = await drawLog(aView(everything));
    for (const selector of ['button.quote', '.reactions button', '.failed button', '.failed button + button'])
      log.querySelector<HTMLElement>(selector)?.click();
    assert.deepEqual(
      asked.map(([what]) => what),
      ['go', 'react', 'again', 'discard'],
    );
  });

  it('offers for a message what can be done with it, by arrow keys', async () => {
    const frame = await fixture(html`<div><smoope-thread-menu .text=${text}></smoope-thread-menu><button>x</button></div>`);
    const menu = frame.querySelector<MessageMenu>('smoope-thread-menu');
    const anchor = frame.querySelector('button');
    if (menu === null || anchor === null) throw new Error('no menu');
    const labels = () => [...menu.querySelectorAll('[role=menuitem]')].map(({ textContent }) => textContent.trim());
    await menu.open(anItem(), anchor);
    assert.deepEqual(labels(), ['Reply', 'Copy text']);
    await assertAccessible(menu);
    await menu.open(anItem({ isOwn: true }), anchor);
    await menu.updateComplete;
    assert.deepEqual(labels(), ['Reply', 'Copy text', 'Edit', 'Delete …']);
    await sendKeys({ press: 'End' });
    const done = await new Promise<MessageAction>((resolve) => {
      menu.addEventListener('smoope-do', (event) => resolve((event as CustomEvent<MessageAction>).detail), { once: true });
      void sendKeys({ press: 'Enter' });
    });
    assert.equal(done.kind, 'delete');
  });

  it('sends with Enter, writes on with Shift, marks with a key, and edits the last message with arrow up', async () => {
    const composer = await fixture<Composer>(
      html`<smoope-thread-composer .text=${text} .company=${'Acme'} .nameOf=${() => 'Lena'}></smoope-thread-composer>`,
    );
    await assertAccessible(composer);
    const field = composer.querySelector('textarea');
    field?.focus();
    let isAsked = false;
    composer.addEventListener('smoope-edit-last', () => (isAsked = true));
    await sendKeys({ press: 'ArrowUp' });
    assert.isTrue(isAsked);
    await sendKeys({ type: 'Yes' });
    field?.select();
    await sendKeys({ press: 'Control+b' });
    assert.equal(field?.value, '**Yes**');
    const sent = new Promise<Draft>((resolve) => {
      composer.addEventListener('smoope-send', (event) => resolve((event as CustomEvent<Draft>).detail), { once: true });
    });
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(await sent, { words: '**Yes**', writing: { kind: 'new' } });
    assert.equal(field?.value, '');
    const item = anItem({ isOwn: true, words: 'old' });
    await composer.begin({ words: 'begun', writing: { kind: 'new' } });
    await composer.write({ kind: 'edit', item });
    assert.equal(field?.value, 'old');
    assert.isUndefined(
      eventOf(composer, 'smoope-send', () => field?.form?.requestSubmit()),
      'an edit that changes nothing is none',
    );
    assert.equal(field?.value, 'begun', 'what was begun before the edit is there again');
  });
});
