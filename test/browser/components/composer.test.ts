import { assert, fixture, html } from '@open-wc/testing';
import type { Composer } from '../../../widget/panel/composer/composer.ts';
import '../../../widget/panel/composer/composer.ts';
import { assertAccessible, eventOf, loadTokens, part, text } from './element-fixture.ts';

const draw = (value = '') => fixture<Composer>(html`<smoope-composer .text=${text} .value=${value}></smoope-composer>`);
const field = (composer: Composer) => part(composer, 'textarea', HTMLTextAreaElement);
const press = (composer: Composer, init: KeyboardEventInit) =>
  field(composer).dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...init }));

async function write(composer: Composer, value: string): Promise<void> {
  field(composer).value = value;
  field(composer).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await composer.updateComplete;
}

describe('composer', () => {
  before(loadTokens);

  it('is accessible, empty and filled and with a text that is too long', async () => {
    for (const value of ['', 'hello', 'x'.repeat(10_001)]) await assertAccessible(await draw(value));
  });

  it('tells what is written', async () => {
    const composer = await draw();
    let written: string | undefined;
    composer.addEventListener('smoope-write', (event) => (written = (event as CustomEvent<string>).detail));
    await write(composer, 'hello');
    assert.equal(written, 'hello');
  });

  it('sends with Enter, without the spaces around the text, and is empty then', async () => {
    const composer = await draw('  hello \n');
    assert.equal(eventOf<string>(composer, 'smoope-send', () => press(composer, { key: 'Enter' }))?.detail, 'hello');
    await composer.updateComplete;
    assert.equal(field(composer).value, '');
  });

  it('sends with the button and keeps the focus in the field', async () => {
    const composer = await draw('hello');
    assert.equal(eventOf<string>(composer, 'smoope-send', () => part(composer, '.send').click())?.detail, 'hello');
    assert.equal(composer.shadowRoot?.activeElement, field(composer));
  });

  it('begins a new line with Shift and Enter', async () => {
    const composer = await draw('hello');
    assert.isUndefined(eventOf(composer, 'smoope-send', () => assert.isTrue(press(composer, { key: 'Enter', shiftKey: true }))));
  });

  it('leaves Enter to an input method that is composing', async () => {
    const composer = await draw('hello');
    assert.isUndefined(eventOf(composer, 'smoope-send', () => press(composer, { key: 'Enter', isComposing: true })));
  });

  it('does not send nothing', async () => {
    const composer = await draw(' \n ');
    assert.equal(part(composer, '.send').getAttribute('aria-disabled'), 'true');
    assert.isUndefined(eventOf(composer, 'smoope-send', () => press(composer, { key: 'Enter' })));
  });

  it('keeps a text that is too long and says so', async () => {
    const composer = await draw('x'.repeat(10_001));
    assert.isUndefined(eventOf(composer, 'smoope-send', () => press(composer, { key: 'Enter' })));
    assert.equal(part(composer, '[role=alert]').textContent, text('tooLong'));
    assert.lengthOf(field(composer).value, 10_001);
  });

  it('grows with the text, up to five lines', async () => {
    const composer = await draw('one');
    const one = field(composer).offsetHeight;
    await write(composer, 'one\ntwo\nthree');
    assert.equal(field(composer).offsetHeight, one + 48);
    await write(composer, 'line\n'.repeat(20));
    assert.equal(field(composer).offsetHeight, one + 96);
  });
});
