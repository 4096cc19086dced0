import { assert, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { EmojiPicker } from '../../../widget/panel/emoji/emoji-picker.ts';
import '../../../widget/panel/emoji/emoji-picker.ts';
import { Composer } from '../../../widget/panel/composer/composer.ts';
import { draw as drawPanel, found, named } from './drawn-panel.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';

async function draw(): Promise<{ readonly picker: EmojiPicker; readonly chosen: string[]; readonly left: () => boolean }> {
  const chosen: string[] = [];
  let isLeft = false;
  const frame = await fixture(html`<div><button>anchor</button></div>`);
  const anchor = frame.querySelector('button');
  const picker = document.createElement('smoope-emoji-picker');
  Object.assign(picker, { anchor, text });
  picker.addEventListener('smoope-choose', (event) => chosen.push((event as CustomEvent<string>).detail));
  picker.addEventListener('smoope-leave', () => (isLeft = true));
  anchor?.focus();
  frame.append(picker);
  await picker.updateComplete;
  return { picker, chosen, left: () => isLeft };
}
const emoji = (picker: EmojiPicker) =>
  [...(picker.shadowRoot?.querySelectorAll('.emoji') ?? [])].map((button) => button.textContent?.trim());

describe('emoji picker', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));
  afterEach(() => emulateMedia({ colorScheme: 'light' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, with everything and with nothing found`, async () => {
      await emulateMedia({ colorScheme });
      const { picker } = await draw();
      await assertAccessible(picker);
      await sendKeys({ type: 'xyzzy' });
      await assertAccessible(picker);
      assert.include(picker.shadowRoot?.textContent, text('noEmoji'));
    });

  it('finds in German and in English, and takes the first with Enter', async () => {
    for (const words of ['daumen', 'thumbs']) {
      const { picker, chosen, left } = await draw();
      await sendKeys({ type: words });
      assert.deepEqual(emoji(picker).slice(0, 2), ['👍', '👎']);
      await sendKeys({ press: 'Enter' });
      assert.deepEqual(chosen, ['👍']);
      await eventually(left);
      picker.remove();
    }
  });

  it('is gone through with the arrow keys, and back up into the search', async () => {
    const { picker } = await draw();
    const at = () => picker.shadowRoot?.activeElement?.textContent?.trim();
    await sendKeys({ press: 'ArrowDown' });
    assert.equal(at(), '😀');
    await sendKeys({ press: 'ArrowRight' });
    assert.equal(at(), '😃');
    await sendKeys({ press: 'ArrowUp' });
    assert.equal(picker.shadowRoot?.activeElement?.localName, 'input');
  });

  it('closes with Escape and gives the focus back', async () => {
    const { left } = await draw();
    await sendKeys({ press: 'Escape' });
    await eventually(left);
    assert.equal(document.activeElement?.textContent, 'anchor');
  });

  it('stays inside a small window', async () => {
    await setViewport({ width: 320, height: 256 });
    const { picker } = await draw();
    const { left, right, top, bottom } = part(picker, '[popover]').getBoundingClientRect();
    assert.isAtLeast(Math.min(left, top), 0);
    assert.isAtMost(right, 320);
    assert.isAtMost(bottom, 256);
  });

  it('puts the emoji where the cursor is in the message field', async () => {
    const { app } = await drawPanel();
    const composer = part(app, 'smoope-composer', Composer);
    composer.focus();
    await sendKeys({ type: 'ab' });
    await sendKeys({ press: 'ArrowLeft' });
    (await named(app, text('emoji'), 'smoope-composer')).click();
    await found(app, 'smoope-emoji-picker', 'input');
    await sendKeys({ type: 'party' });
    await sendKeys({ press: 'Enter' });
    await eventually(() => composer.value === 'a🥳b');
    assert.equal(app.client.draft(), 'a🥳b');
    await sendKeys({ type: 'c' });
    await eventually(() => composer.value === 'a🥳cb');
  });
});
