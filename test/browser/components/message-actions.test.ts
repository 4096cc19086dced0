import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { Composer } from '../../../widget/panel/composer/composer.ts';
import type { PanelApp } from '../../../widget/panel/panel-app/panel-app.ts';
import { aReaction, aRedaction, anEdit, anEvent, CONVERSATION, PERSON } from '../../widget/conversation-fixture.ts';
import { bubbles, draw, type Drawn, earlier, focused, found, list, named, shown, write } from './drawn-panel.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';

const MENU = 'smoope-message-menu';

/** A visitor whose conversation holds an answer, an edit, reactions and a deletion. */
async function conversation(): Promise<Drawn> {
  const [server, storage] = earlier();
  server.events.splice(0);
  server.events.push(
    anEvent(1, { content: { msgtype: 'm.text', body: 'How can I help?' } }),
    anEvent(2, {
      sender: PERSON,
      content: { msgtype: 'm.text', body: 'My bike', 'm.relates_to': { 'm.in_reply_to': { event_id: '$event1' } } },
    }),
    anEdit(3, '$event2', 'My bike rattles', { sender: PERSON }),
    aReaction(4, '$event2', '👍'),
    aReaction(5, '$event1', '🎉', { sender: PERSON }),
    anEvent(6, { content: {} }),
  );
  const drawn = await draw({}, server, storage);
  await eventually(() => shown(drawn.app).includes('My bike rattles'));
  await found(drawn.app, 'smoope-message-list', '.chip');
  return drawn;
}

/** Opens the menu of a message with the keyboard, as the tab key reaches it. */
async function openMenu(app: PanelApp, words: string): Promise<HTMLElement> {
  const rows = [...(list(app).shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
  const button = rows.find((row) => row.querySelector('.bubble')?.textContent.includes(words))?.querySelector<HTMLElement>('.more');
  if (!button) throw new Error(`There is no menu beside ${words}.`);
  button.focus();
  await sendKeys({ press: 'Enter' });
  await found(app, MENU, ':popover-open');
  return button;
}

const sent = ({ server }: Drawn) => server.bodies.get('/api/v1/visitor/events') ?? [];
const composer = (app: PanelApp) => part(app, 'smoope-composer', Composer);

describe('what can be done with a message', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours: messages, menu, question, answer`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { app } = await conversation();
      await assertAccessible(app);
      await openMenu(app, 'My bike rattles');
      await assertAccessible(app);
      (await named(app, text('delete'), MENU)).click();
      await found(app, MENU, '.keep');
      await assertAccessible(app);
      await sendKeys({ press: 'Escape' });
      await openMenu(app, 'How can I help?');
      (await named(app, text('reply'), MENU)).click();
      await found(app, '.target');
      await assertAccessible(app);
    });

  it('shows an edited message with its latest words, and says so', async () => {
    const { app } = await conversation();
    assert.include(bubbles(app)[1], 'My bike rattles');
    assert.include(bubbles(app)[1], text('edited'));
  });

  it('counts reactions, and marks the person’s own', async () => {
    const { app } = await conversation();
    assert.deepEqual(
      [...(list(app).shadowRoot?.querySelectorAll('.chip') ?? [])].map((chip) => [
        chip.getAttribute('aria-label'),
        chip.getAttribute('aria-pressed'),
      ]),
      [
        ['🎉, one person', 'true'],
        ['👍, one person', 'false'],
      ],
    );
  });

  it('shows what a message answers, and goes there on a click', async () => {
    const { app } = await conversation();
    const quote = await found(app, 'smoope-message-list', '.quote');
    assert.include(quote.textContent, 'Lena Weber');
    assert.include(quote.textContent, 'How can I help?');
    quote.click();
    assert.equal(focused()?.closest('.row')?.getAttribute('data-id'), '$event1');
  });

  it('reads older messages until the one that was answered is there', async () => {
    const [server, storage] = earlier();
    const answer = { msgtype: 'm.text', body: 'yes', 'm.relates_to': { 'm.in_reply_to': { event_id: '$event1' } } };
    const latest = Array.from({ length: 29 }, (_, index) => anEvent(index + 11));
    const pages = [
      { events: [...latest, anEvent(40, { content: answer })], before: 'mark' },
      { events: Array.from({ length: 10 }, (_, index) => anEvent(index + 1)), before: null },
    ];
    server.answers.set(`GET /api/v1/visitor/conversations/${CONVERSATION}/events`, () => Response.json(pages.shift()));
    const { app } = await draw({}, server, storage);
    const quote = await found(app, 'smoope-message-list', '.quote');
    assert.include(quote.textContent, text('earlier'));
    quote.click();
    await eventually(() => focused()?.closest('.row')?.getAttribute('data-id') === '$event1');
  });

  it('answers a message, by keyboard alone', async () => {
    const drawn = await conversation();
    await openMenu(drawn.app, 'How can I help?');
    for (const key of ['End', 'Home', 'ArrowDown', 'ArrowUp', 'End', 'ArrowUp']) await sendKeys({ press: key });
    assert.equal(focused()?.textContent?.trim(), text('reply'));
    await sendKeys({ press: 'Enter' });
    assert.include((await found(drawn.app, '.target')).textContent, 'Reply to Lena Weber');
    await sendKeys({ type: 'Thanks' });
    await sendKeys({ press: 'Enter' });
    await eventually(() => sent(drawn).length === 1);
    const [{ conversationId, content }] = sent(drawn) as [{ conversationId: string; content: object }];
    assert.equal(conversationId, CONVERSATION);
    assert.deepEqual(content, { msgtype: 'm.text', body: 'Thanks', 'm.relates_to': { 'm.in_reply_to': { event_id: '$event1' } } });
    await eventually(() => drawn.app.shadowRoot?.querySelector('.target') === null);
  });

  it('changes the last own message with arrow up, and brings back what stood in the field', async () => {
    const drawn = await conversation();
    composer(drawn.app).focus();
    await sendKeys({ press: 'ArrowUp' });
    await eventually(() => composer(drawn.app).value === 'My bike rattles');
    await sendKeys({ type: ' loudly' });
    await sendKeys({ press: 'Enter' });
    await eventually(() => sent(drawn).length === 1);
    assert.deepEqual((sent(drawn)[0] as { content: object }).content, {
      msgtype: 'm.text',
      body: 'My bike rattles loudly',
      'm.new_content': { msgtype: 'm.text', body: 'My bike rattles loudly' },
      'm.relates_to': { rel_type: 'm.replace', event_id: '$event2' },
    });
    await eventually(() => composer(drawn.app).value === '' && bubbles(drawn.app).some((words) => words.includes('loudly')));
    assert.lengthOf(bubbles(drawn.app), 3);
  });

  it('leaves an edit on request, with the draft as it was', async () => {
    const drawn = await conversation();
    composer(drawn.app).focus();
    await sendKeys({ type: 'half a sen' });
    await openMenu(drawn.app, 'My bike rattles');
    (await named(drawn.app, text('edit'), MENU)).click();
    await eventually(() => composer(drawn.app).value === 'My bike rattles');
    (await found(drawn.app, '.target button')).click();
    await eventually(() => composer(drawn.app).value === 'half a sen');
    assert.lengthOf(sent(drawn), 0);
  });

  it('gives a reaction and takes it back', async () => {
    const drawn = await conversation();
    await openMenu(drawn.app, 'My bike rattles');
    (await named(drawn.app, 'React with 👍', MENU)).click();
    await eventually(() => shown(drawn.app).includes('👍 2'));
    await eventually(() => drawn.server.events.length === 7);
    assert.deepInclude(sent(drawn)[0] as object, {
      type: 'm.reaction',
      content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$event2', key: '👍' } },
    });
    await eventually(() => drawn.app.view.outbox.length === 0);
    (await named(drawn.app, '👍, 2 people', 'smoope-message-list')).click();
    await eventually(() => sent(drawn).length === 2);
    assert.deepInclude(sent(drawn)[1] as object, { type: 'm.room.redaction', content: { redacts: '$event7' } });
    await eventually(() => !shown(drawn.app).includes('👍 2'));
  });

  it('undoes a reaction that the server refuses', async () => {
    const drawn = await conversation();
    drawn.server.refusals.push({ status: 404, errcode: 'M_NOT_FOUND' });
    await openMenu(drawn.app, 'My bike rattles');
    (await named(drawn.app, 'React with 👍', MENU)).click();
    await eventually(() => sent(drawn).length === 1 && drawn.app.view.outbox.length === 0);
    await eventually(() => !shown(drawn.app).includes('👍 2'));
  });

  it('asks once before a message is deleted, and says for whom', async () => {
    const drawn = await conversation();
    await openMenu(drawn.app, 'My bike rattles');
    (await named(drawn.app, text('delete'), MENU)).click();
    assert.include((await found(drawn.app, MENU, '#question')).textContent, 'for you and Acme Werke');
    assert.equal(focused()?.textContent?.trim(), text('keep'));
    await sendKeys({ press: 'Enter' });
    await eventually(() => drawn.app.shadowRoot?.querySelector(MENU) === null);
    assert.lengthOf(sent(drawn), 0);
    await openMenu(drawn.app, 'My bike rattles');
    (await named(drawn.app, text('delete'), MENU)).click();
    (await named(drawn.app, text('deleteMessageNow'), MENU)).click();
    await eventually(() => sent(drawn).length === 1);
    assert.deepInclude(sent(drawn)[0] as object, { type: 'm.room.redaction', content: { redacts: '$event2' } });
    await eventually(() => bubbles(drawn.app)[1] === text('redacted'));
  });

  it('offers neither edit nor deletion of what others wrote, and nothing for what is deleted', async () => {
    const { app } = await conversation();
    await openMenu(app, 'How can I help?');
    const items = [...(part(app, MENU).shadowRoot?.querySelectorAll('.item') ?? [])].map((item) => item.textContent?.trim());
    assert.deepEqual(items, [text('reply'), text('copy')]);
    assert.lengthOf([...(list(app).shadowRoot?.querySelectorAll('.more') ?? [])], 2);
  });

  it('gives the focus back where the menu came from', async () => {
    const { app } = await conversation();
    const button = await openMenu(app, 'How can I help?');
    await sendKeys({ press: 'Escape' });
    await eventually(() => app.shadowRoot?.querySelector(MENU) === null);
    assert.isTrue(focused() === button);
  });

  it('goes from message to message with the arrow keys, one of them in the order of the tab key', async () => {
    const { app } = await conversation();
    const buttons = () => [...(list(app).shadowRoot?.querySelectorAll<HTMLElement>('.more') ?? [])];
    assert.deepEqual(
      buttons().map(({ tabIndex }) => tabIndex),
      [-1, 0],
    );
    buttons()[1]?.focus();
    await sendKeys({ press: 'ArrowUp' });
    assert.isTrue(focused() === buttons()[0]);
    await eventually(() => buttons()[0]?.tabIndex === 0 && buttons()[1]?.tabIndex === -1);
  });

  it('shows a deletion by somebody else as it arrives', async () => {
    const { app, server } = await conversation();
    await eventually(() => server.asked.includes('GET /api/v1/visitor/stream'));
    server.push('event', aRedaction(7, '$event1'));
    await eventually(() => bubbles(app)[0] === text('redacted'));
  });

  it('opens the menu of a message that is touched, not of a link in it', async () => {
    const { app } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    const touch = { bubbles: true, composed: true, pointerType: 'touch' };
    list(app)
      .shadowRoot?.querySelector('.bubble')
      ?.dispatchEvent(new PointerEvent('click', { ...touch, pointerType: 'mouse' }));
    assert.isNull(app.shadowRoot?.querySelector(MENU) ?? null);
    list(app).shadowRoot?.querySelector('.bubble')?.dispatchEvent(new PointerEvent('click', touch));
    await found(app, MENU, ':popover-open');
    await write(app, 'still works');
    await eventually(() => bubbles(app).includes('still works'));
  });
});
