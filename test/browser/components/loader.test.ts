import { assert, aTimeout, nextFrame } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { assertAccessible, eventually, part, withoutStorage } from './element-fixture.ts';
import { button, clearPage, frame, include, launcher, launchers, look, openPanel, panel, place } from './loader-fixture.ts';

describe('loader', () => {
  beforeEach(clearPage);
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  it('is accessible, closed and open', async () => {
    await include();
    await assertAccessible(launcher());
    await openPanel();
    await assertAccessible(launcher());
  });

  it('has a name in the language of the page and says whether the panel is open', async () => {
    await include({ 'data-locale': 'de-AT' });
    assert.equal(button().ariaLabel, 'Chat öffnen');
    assert.equal(button().getAttribute('aria-expanded'), 'false');
    button().click();
    assert.equal(button().ariaLabel, 'Chat schließen');
    assert.equal(button().getAttribute('aria-expanded'), 'true');
  });

  it('fetches nothing, stores nothing and sets no cookie until it is clicked', async () => {
    const before = performance.getEntriesByType('resource').length;
    await include();
    const own = performance.getEntriesByType('resource').length;
    await aTimeout(300);
    // The loader itself and its modules, which the bundle holds in one file.
    assert.isAtMost(own - before, 3);
    assert.equal(performance.getEntriesByType('resource').length, own);
    assert.isUndefined(frame());
    assert.equal(localStorage.length, 0);
    assert.equal(document.cookie, '');
  });

  it('moves nothing on the page', async () => {
    const text = document.createElement('p');
    text.textContent = 'words of the page';
    document.body.append(text);
    const before = JSON.stringify([text.getBoundingClientRect(), document.documentElement.scrollHeight]);
    await include();
    await nextFrame();
    assert.equal(JSON.stringify([text.getBoundingClientRect(), document.documentElement.scrollHeight]), before);
    text.remove();
  });

  it('opens the panel of the company in a frame on our origin', async () => {
    await include({ 'data-company': 'a/b?c', 'data-locale': 'pt-BR' });
    button().click();
    assert.equal(frame()?.src, `${location.origin}/widget/a%2Fb%3Fc?locale=pt-BR`);
    assert.equal(frame()?.title, 'Chat');
    assert.equal(frame()?.getAttribute('allow'), 'microphone;clipboard-write');
  });

  it('shows the panel once it says that it is ready, and goes there with the focus', async () => {
    await include();
    button().click();
    const opened = await panel();
    assert.equal(look(frame() ?? launcher()).opacity, '0');
    opened.say({ type: 'ready' });
    await eventually(() => launcher().shadowRoot?.activeElement === frame());
    assert.equal(look(frame() ?? launcher()).opacity, '1');
    await eventually(() => opened.heard.length === 2);
    assert.deepEqual(opened.heard[1], { type: 'shown' });
  });

  it('closes when the panel asks for it, tells it, and takes the focus back', async () => {
    await include();
    const opened = await openPanel();
    opened.say({ type: 'close' });
    await eventually(() => place().inert);
    assert.equal(launcher().shadowRoot?.activeElement, button());
    await eventually(() => opened.heard.length === 3);
    assert.deepEqual(opened.heard.slice(1), [{ type: 'shown' }, { type: 'hidden' }]);
    await eventually(() => look(place()).visibility === 'hidden');
  });

  it('opens with the keyboard and closes with Escape', async () => {
    await include();
    button().focus();
    await sendKeys({ press: 'Enter' });
    assert.isFalse(place().inert);
    button().focus();
    await sendKeys({ press: 'Escape' });
    assert.isTrue(place().inert);
    assert.equal(launcher().shadowRoot?.activeElement, button());
  });

  it('keeps the panel when it is opened again', async () => {
    await include();
    await openPanel();
    const first = frame();
    button().click();
    button().click();
    assert.equal(frame(), first);
  });

  it('shows the number of unread messages, and says it', async () => {
    await include();
    const { say } = await openPanel();
    button().click();
    const badge = part(launcher(), 'b');
    for (const [count, shown] of [
      [2, '2'],
      [120, '99+'],
      [0, ''],
      ['<b>', ''],
      [NaN, ''],
    ] as const) {
      say({ type: 'unread', count });
      await aTimeout(20);
      assert.equal(badge.textContent, shown);
    }
    say({ type: 'unread', count: 2 });
    await eventually(() => button().ariaLabel === 'Open chat, 2 unread');
  });

  it('keeps one flag without an id while there is a conversation', async () => {
    await include();
    const { say } = await openPanel();
    say({ type: 'conversation', active: true });
    await eventually(() => localStorage.length === 1);
    assert.equal(localStorage.getItem('smoope'), '1');
    say({ type: 'conversation', active: false });
    await eventually(() => localStorage.length === 0);
  });

  it('loads the panel hidden when the flag is there, once the page is idle', async () => {
    localStorage.setItem('smoope', '1');
    await include();
    await eventually(() => frame() !== undefined);
    assert.isTrue(place().inert);
    assert.equal(button().getAttribute('aria-expanded'), 'false');
  });

  it('works where storage is refused', () =>
    withoutStorage(async () => {
      await include();
      const { say } = await openPanel();
      say({ type: 'conversation', active: true });
      say({ type: 'unread', count: 1 });
      await eventually(() => part(launcher(), 'b').textContent === '1');
    }));

  it('takes no notice of messages that do not come through its port', async () => {
    await include();
    await openPanel();
    window.postMessage({ type: 'close' }, '*');
    window.postMessage({ type: 'unread', count: 9 }, '*');
    await aTimeout(50);
    assert.isFalse(place().inert);
    assert.equal(part(launcher(), 'b').textContent, '');
  });

  for (const message of [null, undefined, 'close', 7, [], { type: '__proto__' }])
    it(`takes no notice of ${JSON.stringify(message)} from the panel`, async () => {
      await include();
      const { say } = await openPanel();
      say(message);
      await aTimeout(30);
      assert.isFalse(place().inert);
      assert.equal(localStorage.length, 0);
    });

  it('does nothing when it is included twice', async () => {
    await include();
    await include({ 'data-company': 'other' });
    assert.lengthOf(launchers(), 1);
  });

  it('does nothing without a company', async () => {
    await include({ 'data-company': '' });
    assert.lengthOf(launchers(), 0);
  });

  it('keeps its looks on a page with hostile styles', async () => {
    const hostile = new CSSStyleSheet();
    hostile.replaceSync(
      ':not(html) { all: unset !important; display: none !important; } smoope-launcher { opacity: 0 !important; transform: scale(9) !important; position: static !important } button { background: red !important }',
    );
    document.adoptedStyleSheets.push(hostile);
    try {
      await include({ 'data-color': '#1f6f54' });
      assert.equal(look(launcher()).opacity, '1');
      assert.equal(look(launcher()).position, 'fixed');
      assert.equal(look(launcher()).transform, 'none');
      const { width, height, right } = button().getBoundingClientRect();
      assert.deepEqual([width, height, right], [56, 56, 980]);
      assert.equal(look(button()).backgroundColor, 'rgb(31, 111, 84)');
    } finally {
      document.adoptedStyleSheets.pop();
    }
  });

  for (const [color, sign] of [
    ['#ffee00', 'oklch(0.2 0 0)'],
    ['#0b2f6b', 'oklch(1 0 0)'],
    ['#999999', 'oklch(0.2 0 0)'],
  ] as const)
    it(`draws a sign that can be seen on ${color}`, async () => {
      await include({ 'data-color': color });
      assert.equal(look(button()).color, sign);
    });

  it('takes only a colour for a colour', async () => {
    await include({ 'data-color': 'red;} :host { display: none' });
    assert.equal(look(button()).backgroundColor, 'rgb(11, 92, 107)');
  });

  it('stands left when the site wants it, and on pages from right to left', async () => {
    await include({ 'data-position': 'left' });
    assert.equal(button().getBoundingClientRect().left, 20);
    launcher().remove();
    delete window.Smoope;
    document.documentElement.dir = 'rtl';
    await include();
    assert.equal(button().getBoundingClientRect().left, 20);
  });

  it('fills the window below 480 pixels and steps aside there once the panel is ready', async () => {
    await setViewport({ width: 390, height: 700 });
    await emulateMedia({ reducedMotion: 'reduce' });
    await include();
    button().click();
    const opened = await panel();
    assert.equal(look(button()).visibility, 'visible');
    opened.say({ type: 'ready' });
    await eventually(() => look(button()).visibility === 'hidden');
    const { width, height, left, top } = place().getBoundingClientRect();
    assert.deepEqual([left, top, width, height], [0, 0, 390, 700]);
    opened.say({ type: 'close' });
    await eventually(() => launcher().shadowRoot?.activeElement === button());
  });

  it('moves nothing when the system asks for that', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await include();
    assert.match(look(button()).transition, /none|0s/);
  });

  it('is dark in dark surroundings while the panel loads', async () => {
    await emulateMedia({ colorScheme: 'dark' });
    await include();
    assert.equal(look(place()).backgroundColor, 'rgb(18, 18, 18)');
  });
});
