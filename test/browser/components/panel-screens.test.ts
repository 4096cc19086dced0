import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { PreChatField } from '../../../appservice/contact-fields/contact-field-wire.ts';
import { Composer } from '../../../widget/panel/composer/composer.ts';
import type { PanelApp } from '../../../widget/panel/panel-app/panel-app.ts';
import { aSummary, CONVERSATION, LENA } from '../../widget/conversation-fixture.ts';
import { aStore } from '../../widget/session-fixture.ts';
import { bubbles, draw, type Drawn, earlier, focused, found, named, shown, status, write } from './drawn-panel.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';

const MENU = 'smoope-panel-menu';
const OTHER = '22222222-2222-4222-8222-222222222222';
const path = (rest: string) => `/api/v1/visitor/conversations/${CONVERSATION}${rest}`;

const preChat: readonly PreChatField[] = [
  { key: 'name', label: 'Name', purpose: 'So that we can address you.', kind: 'text', required: true },
  { key: 'mail', label: 'E-mail', purpose: 'If we answer later.', kind: 'email', required: false },
  {
    key: 'topic',
    label: 'Topic',
    purpose: 'For the right people.',
    kind: 'choice',
    required: true,
    options: [{ value: 'a', label: 'Repair' }],
  },
  { key: 'ok', label: 'You may ask back', purpose: 'Only about this.', kind: 'agreement', required: true },
];

async function several(): Promise<Drawn> {
  const [server, storage] = earlier({ openedAt: 2_000, unread: 0 });
  server.others.push(
    aSummary({ id: OTHER, number: 3, status: 'closed', openedAt: 1_000, unread: 2, answering: [{ ...LENA, name: 'Tim' }] }),
  );
  const drawn = await draw({}, server, storage);
  await eventually(() => shown(drawn.app).includes('message 2'));
  return drawn;
}

async function open(app: PanelApp): Promise<void> {
  const button = await named(app, text('menu'), 'smoope-panel-header');
  button.focus();
  await sendKeys({ press: 'Enter' });
  await found(app, MENU, ':popover-open');
}
const choose = async (app: PanelApp, name: string) => (await named(app, name, MENU)).click();

describe('several conversations', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`are accessible in ${colorScheme} colours: one, the list, a new one, the menu`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { app } = await several();
      await assertAccessible(app);
      (await named(app, 'All conversations, 2 unread messages', 'smoope-panel-header')).click();
      await found(app, 'smoope-conversations', 'h2');
      await assertAccessible(app);
      await named(app, text('newConversation'), 'smoope-conversations').then((button) => button.click());
      await found(app, '.welcome');
      await assertAccessible(app);
      await open(app);
      await assertAccessible(app);
    });

  it('leave in the message field what stands there, and nothing that was sent', async () => {
    const [server, storage] = earlier({ openedAt: 2_000, unread: 0 });
    server.others.push(aSummary({ id: OTHER, number: 3, openedAt: 1_000 }));
    aStore(storage).update(() => ({ draft: 'of an earlier page' }));
    const { app } = await draw({}, server, storage);
    const field = () => part(app, 'smoope-composer', Composer);
    const comeBack = async () => {
      (await named(app, 'All conversations', 'smoope-panel-header')).click();
      const rows = await found(app, 'smoope-conversations', 'ul');
      assert.isFalse(field().checkVisibility());
      rows.querySelectorAll<HTMLElement>('li button')[1]?.click();
      await eventually(() => field().checkVisibility());
    };
    assert.equal(field().value, 'of an earlier page');
    await write(app, ', and more');
    await eventually(() => field().value === '');
    await comeBack();
    assert.equal(field().value, '');
    field().focus();
    await sendKeys({ type: 'half a sen' });
    await comeBack();
    assert.equal(field().value, 'half a sen');
  });

  it('stand in a list with what is unread, and each can be gone to and left', async () => {
    const { app, server } = await several();
    (await named(app, 'All conversations, 2 unread messages', 'smoope-panel-header')).click();
    const rows = await found(app, 'smoope-conversations', 'ul');
    assert.include(rows.textContent, 'Conversation no. 7');
    assert.include(rows.textContent, 'Conversation no. 3');
    assert.equal(rows.querySelector('.unread')?.getAttribute('aria-label'), '2 unread messages');
    assert.equal(focused()?.localName, 'h2');
    rows.querySelectorAll<HTMLElement>('li button')[1]?.click();
    await eventually(() => app.view.thread?.summary.id === OTHER);
    await eventually(() => server.asked.includes(`GET /api/v1/visitor/conversations/${OTHER}/events`));
    await write(app, 'about the other one');
    await eventually(() => (server.bodies.get('/api/v1/visitor/events') ?? []).length === 1);
    assert.deepInclude(server.bodies.get('/api/v1/visitor/events')?.[0] as object, { conversationId: OTHER });
  });

  it('can be begun anew, and two quick messages begin one', async () => {
    const { app, server } = await several();
    await open(app);
    await choose(app, text('newConversation'));
    await found(app, '.welcome');
    const taken: { newConversation?: true; conversationId?: string }[] = [];
    let seq = 0;
    server.answers.set('GET /api/v1/visitor/conversations/new-id/events', () => Response.json({ events: [], before: null }));
    server.answers.set('POST /api/v1/visitor/events', () => {
      taken.push((server.bodies.get('/api/v1/visitor/events') ?? []).at(-1) as (typeof taken)[number]);
      seq += 1;
      return Response.json({ eventId: `$new${seq}`, conversationId: 'new-id', seq, at: Date.now() });
    });
    await write(app, 'one');
    await write(app, 'two');
    await eventually(() => taken.length === 2);
    assert.deepEqual(
      taken.map(({ newConversation, conversationId }) => [newConversation, conversationId]),
      [
        [true, undefined],
        [undefined, 'new-id'],
      ],
    );
    await eventually(() => bubbles(app).join() === 'one,two');
  });
});

describe('what the company asks before the chat', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 900 }));

  const control = (app: PanelApp, index: number) => found(app, 'smoope-pre-chat', `#field-${index}`);
  const problems = (app: PanelApp) =>
    [...(part(app, 'smoope-pre-chat').shadowRoot?.querySelectorAll('.problem') ?? [])].map((problem) => problem.textContent);

  it('is accessible, also with what is wrong, and says what each answer is for', async () => {
    const { app } = await draw({ preChat });
    const name = await control(app, 0);
    assert.include(part(app, 'smoope-pre-chat').shadowRoot?.textContent, 'So that we can address you.');
    assert.include(name.getAttribute('aria-describedby'), 'purpose-0');
    await assertAccessible(app);
    await write(app, 'Hello');
    await eventually(() => problems(app)[0] === text('fieldRequired'));
    await assertAccessible(app);
  });

  it('keeps the message until it is answered, and leads to the first field that is wrong', async () => {
    const { app, server } = await draw({ preChat });
    await control(app, 0);
    await write(app, 'Hello');
    await eventually(() => focused()?.id === 'field-0');
    assert.deepEqual(problems(app), [text('fieldRequired'), '', text('fieldRequired'), text('agreementRequired')]);
    assert.equal(part(app, 'smoope-composer').shadowRoot?.querySelector('textarea')?.value, 'Hello');
    assert.lengthOf(server.asked, 0);
  });

  it('checks what is entered where it can', async () => {
    const { app } = await draw({ preChat });
    (await control(app, 1)).focus();
    await sendKeys({ type: 'kim@example' });
    await sendKeys({ press: 'Tab' });
    await eventually(() => problems(app)[1] === text('emailWrong'));
    assert.equal((await control(app, 1)).getAttribute('aria-invalid'), 'true');
  });

  it('goes with the first message alone, without empty answers', async () => {
    const { app, server } = await draw({ preChat });
    (await control(app, 0)).focus();
    await sendKeys({ type: ' Kim ' });
    const topic = await control(app, 2);
    if (topic instanceof HTMLSelectElement) topic.value = 'a';
    topic.dispatchEvent(new Event('change'));
    (await control(app, 3)).click();
    await write(app, 'Hello');
    await eventually(() => server.events.length === 1);
    await write(app, 'more');
    await eventually(() => server.events.length === 2);
    const fields = (server.bodies.get('/api/v1/visitor/events') as { fields?: object }[]).map((body) => body.fields);
    assert.deepEqual(fields, [{ name: 'Kim', topic: 'a', ok: 'yes' }, undefined]);
    assert.isNull(app.shadowRoot?.querySelector('smoope-pre-chat') ?? null);
  });
});

describe('end of a conversation', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));

  const closed = () => earlier({ status: 'closed', closedAt: 5 });

  it('is followed by one voluntary question that is accessible, answered with one tap, and never asked again', async () => {
    const [server, storage] = closed();
    const { app } = await draw({}, server, storage);
    const four = await named(app, '4 of 5: good', 'smoope-rating');
    await assertAccessible(app);
    assert.include(part(app, 'smoope-rating').shadowRoot?.textContent, text('ratingHint'));
    four.click();
    await eventually(() => server.asked.includes(`PUT ${path('/rating')}`));
    assert.deepEqual(server.bodies.get(path('/rating')), [{ score: 4 }]);
    await eventually(() => part(app, 'smoope-rating').shadowRoot?.textContent?.includes(text('rated')) === true);
    await assertAccessible(app);
    const { app: next } = await draw({}, server, storage);
    await eventually(() => shown(next).includes('message 2'));
    assert.isNull(next.shadowRoot?.querySelector('smoope-rating') ?? null);
  });

  it('asks nothing again of who does not want to answer, and nothing where the company does not ask', async () => {
    const [server, storage] = closed();
    const { app } = await draw({}, server, storage);
    (await named(app, text('notRating'), 'smoope-rating')).click();
    await eventually(() => aStore(storage).read().rated.length === 1);
    assert.notInclude(server.asked, `PUT ${path('/rating')}`);
    const { app: other } = await draw({ rating: false }, ...closed());
    await eventually(() => shown(other).includes(text('closed')));
    assert.isNull(other.shadowRoot?.querySelector('smoope-rating') ?? null);
  });

  it('says that an answer could not be counted, and lets it be given again', async () => {
    const [server, storage] = closed();
    server.answers.set(`PUT ${path('/rating')}`, () => Response.json({}, { status: 503 }));
    const { app } = await draw({}, server, storage);
    (await named(app, '2 of 5: bad', 'smoope-rating')).click();
    await eventually(() => part(app, 'smoope-rating').shadowRoot?.textContent?.includes(text('ratingFailed')) === true);
    assert.deepEqual(aStore(storage).read().rated, []);
  });

  it('can be asked for by the person', async () => {
    const { app, server } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    await open(app);
    await choose(app, text('end'));
    await eventually(() => server.asked.includes(`POST ${path('/close')}`));
  });
});

describe('what is said of being there', () => {
  before(loadTokens);

  it('stands in the welcome', async () => {
    const { app } = await draw({ availability: { open: false, text: 'Back tomorrow at 9.' } });
    assert.equal(part(app, '.hours').textContent, 'Back tomorrow at 9.');
    await assertAccessible(app);
  });

  it('takes no message where the website must name the person first', async () => {
    const { app } = await draw({ identity: { required: true } });
    assert.isNull(app.shadowRoot?.querySelector('smoope-composer') ?? null);
    assert.include(app.shadowRoot?.textContent, text('identifyFirst'));
    assert.equal(status(app), '');
  });
});
