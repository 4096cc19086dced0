import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { Composer } from '../../../widget/panel/composer/composer.ts';
import { anItem, aSummary, anEvent, CONVERSATION, LENA } from '../../widget/conversation-fixture.ts';
import { aPanel } from '../../widget/panel-fixture.ts';
import { aStore, FakeStorage } from '../../widget/session-fixture.ts';
import { bubbles, draw, earlier, list, shown, status, write } from './drawn-panel.ts';
import { assertAccessible, loadTokens, part, text, eventually } from './element-fixture.ts';
import { aServer } from './fake-server.ts';

describe('panel', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in every state in ${colorScheme} colours`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await assertAccessible((await draw()).app);
      await assertAccessible((await draw({ open: false, ticket: null })).app);
      const { app, server } = await draw({}, ...earlier());
      await eventually(() => shown(app).includes('message 2'));
      await assertAccessible(app);
      server.isDown = true;
      server.cut();
      await eventually(() => status(app) !== '');
      await assertAccessible(app);
    });

  it('says before the first message what happens with it, with links, and stores and asks nothing', async () => {
    const { app, server, storage } = await draw();
    const notice = part(app, '.notice');
    assert.include(notice.textContent, 'Acme Werke; smoope delivers it');
    assert.deepEqual(
      [...notice.querySelectorAll('a')].map(({ href }) => href),
      ['https://acme.example/privacy', 'https://chat.example/privacy', 'https://acme.example/imprint'],
    );
    assert.equal(storage.length, 0);
    assert.deepEqual(server.asked, []);
  });

  it('shows the texts that the company wrote', async () => {
    const { app } = await draw({ company: { ...aPanel().company, texts: { title: 'Moin', greeting: '<b>Frag</b> uns' } } });
    assert.include(part(app, '.hello').textContent, 'Moin');
    assert.include(part(app, '.hello').textContent, '<b>Frag</b> uns');
  });

  it('breaks a name that is longer than a line before it leaves the notice', async () => {
    await setViewport({ width: 320, height: 656 });
    const { company } = aPanel();
    const { app } = await draw({ company: { ...company, name: 'Donaudampfschifffahrtsgesellschaftskapitän & Söhne' } });
    const { scrollWidth, clientWidth } = part(app, '.notice');
    assert.equal(scrollWidth, clientWidth);
  });

  it('says that a company is not open, and takes no message', async () => {
    const { app } = await draw({ open: false, ticket: null });
    assert.include(part(app, '.welcome').textContent, 'Acme Werke cannot be reached here yet.');
    assert.isNull(app.shadowRoot?.querySelector('smoope-composer') ?? null);
  });

  it('shows a message at once and opens the session with it, by keyboard alone', async () => {
    const { app, server, storage } = await draw();
    await write(app, 'Hello there');
    assert.deepEqual(bubbles(app), ['Hello there']);
    await eventually(() => shown(app).includes('Sent'));
    assert.deepEqual(server.asked.slice(0, 2), ['POST /api/v1/visitor/sessions', 'POST /api/v1/visitor/events']);
    assert.deepEqual([...storage.items.keys()], ['smoope:acme']);
    assert.notInclude(JSON.stringify([...storage.items.values()]), 'Hello there');
  });

  it('shows an answer, who writes it and that it was read', async () => {
    const { app, server } = await draw();
    await write(app, 'Hello');
    await eventually(() => server.asked.includes('GET /api/v1/visitor/stream'));
    server.push('typing', { conversationId: CONVERSATION, senders: [LENA] });
    await eventually(() => shown(app).includes('Lena Weber is writing'));
    server.push('event', anEvent(2, { at: Date.now(), text: ['Good ', { tag: 'b', children: ['morning'] }] }));
    server.push('conversation', aSummary({ lastSeq: 2, readByCompanySeq: 1, answering: [LENA] }));
    await eventually(() => shown(app).includes('Read'));
    assert.deepEqual(bubbles(app), ['Hello', 'Good morning']);
    assert.include(part(app, 'smoope-panel-header').shadowRoot?.textContent, 'with Lena Weber');
    assert.deepEqual(server.bodies.get(`/api/v1/visitor/conversations/${CONVERSATION}/receipt`), [{ eventId: '$event2' }]);
  });

  it('tells that the person is writing, and that they stopped', async () => {
    const { app, server } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    await write(app, 'abc');
    assert.deepEqual(server.bodies.get(`/api/v1/visitor/conversations/${CONVERSATION}/typing`), [{ typing: true }, { typing: false }]);
  });

  it('takes up an earlier conversation after a reload, with its number', async () => {
    const { app } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    assert.deepEqual(bubbles(app), ['message 1', 'message 2']);
    part(part(app, 'smoope-panel-header'), `[aria-label="${text('menu')}"]`).click();
    await eventually(
      () => app.shadowRoot?.querySelector('smoope-panel-menu')?.shadowRoot?.textContent?.includes('Conversation no. 7') === true,
    );
  });

  it('marks nothing as read and reads no events while it is hidden', async () => {
    const [server, storage] = earlier();
    const { app } = await draw({}, server, storage, false);
    await eventually(() => app.view.thread !== undefined);
    assert.equal(app.view.unread, 2);
    await eventually(() => server.asked.includes('GET /api/v1/visitor/stream'));
    server.push('event', anEvent(3));
    await eventually(() => app.view.unread === 3);
    assert.deepEqual(server.asked, ['GET /api/v1/visitor/conversations', 'GET /api/v1/visitor/stream']);
    app.isShown = true;
    await eventually(() => app.view.unread === 0);
    assert.deepEqual(server.bodies.get(`/api/v1/visitor/conversations/${CONVERSATION}/receipt`), [{ eventId: '$event3' }]);
  });

  it('keeps a message while the connection is gone, says so, and sends it once when it is back', async () => {
    const { app, server, storage } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    server.isDown = true;
    server.cut();
    await write(app, 'in the tunnel');
    await eventually(() => status(app) === text('interruptedKept'));
    assert.include(JSON.stringify([...storage.items.values()]), 'in the tunnel');
    server.isDown = false;
    app.client.hurry();
    await eventually(() => status(app) === '');
    assert.deepEqual(bubbles(app), ['message 1', 'message 2', 'in the tunnel']);
    assert.lengthOf(
      server.events.filter(({ content }) => content['body'] === 'in the tunnel'),
      1,
    );
  });

  it('sends after a reload what waited before it, under the same id', async () => {
    const [server, storage] = earlier();
    aStore(storage).update(() => ({ outbox: [anItem('txn-of-before', 'left behind', { at: Date.now() })] }));
    const { app } = await draw({}, server, storage);
    await eventually(() => bubbles(app).includes('left behind') && shown(app).includes('Sent'));
    assert.equal(server.events.at(-1)?.txnId, 'txn-of-before');
  });

  it('shows a refused message as failed, and tries it again when asked', async () => {
    const { app, server } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    server.refusals.push({ status: 400, errcode: 'M_INVALID_PARAM' });
    await write(app, 'odd');
    await eventually(() => shown(app).includes('Not sent.'));
    part(list(app), '.failed button').click();
    await eventually(() => shown(app).includes('Sent'));
    assert.notInclude(shown(app), 'Not sent.');
  });

  it('waits as long as the server asks, without calling that a failure', async () => {
    const { app, server } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    server.refusals.push({ status: 429, errcode: 'M_LIMIT_EXCEEDED' });
    await write(app, 'many');
    await eventually(() => server.events.length === 3);
    assert.notInclude(shown(app), 'Not sent.');
  });

  it('forgets a session that the server ended, says so, and begins a new one with the next message', async () => {
    const [server, storage] = earlier();
    server.token = 'another';
    const { app } = await draw({}, server, storage);
    await eventually(() => status(app) === text('sessionGone'));
    assert.equal(storage.length, 0);
    server.events.length = 0;
    server.summary = undefined;
    await write(app, 'again');
    await eventually(() => shown(app).includes('Sent'));
    assert.equal(status(app), '');
    assert.deepEqual(bubbles(app), ['again']);
  });

  it('works without any storage until the page closes', async () => {
    const storage = new FakeStorage();
    storage.isRefused = true;
    const { app, server } = await draw({}, aServer(), storage);
    await write(app, 'one');
    await eventually(() => shown(app).includes('Sent'));
    await write(app, 'two');
    await eventually(() => server.events.length === 2);
    assert.lengthOf(
      server.asked.filter((asked) => asked === 'POST /api/v1/visitor/sessions'),
      1,
    );
    assert.equal(storage.length, 0);
  });

  it('says that a conversation was closed and how to go on', async () => {
    const { app } = await draw({}, ...earlier({ status: 'closed' }));
    await eventually(() => shown(app).includes(text('closed')));
  });

  it('shows a redaction that arrives, and ignores what it does not know', async () => {
    const { app, server } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    await eventually(() => server.asked.includes('GET /api/v1/visitor/stream'));
    server.push('event', anEvent(3, { type: 'com.example.dance', content: { body: 'dance' } }));
    server.push('event', anEvent(4, { type: 'm.room.redaction', content: {}, redacts: '$event2' }));
    await eventually(() => bubbles(app).includes(text('redacted')));
    assert.deepEqual(bubbles(app), ['message 1', text('redacted')]);
  });

  it('keeps what is half written for the next page, once there is a session', async () => {
    const [server, storage] = earlier();
    const { app } = await draw({}, server, storage);
    part(app, 'smoope-composer').focus();
    await sendKeys({ type: 'half a sen' });
    const { app: next } = await draw({}, server, storage);
    assert.equal(part(next, 'smoope-composer', Composer).value, 'half a sen');
  });

  it('fits into 320 by 256 pixels, which is 400 % zoom', async () => {
    await setViewport({ width: 320, height: 256 });
    const { app } = await draw({}, ...earlier());
    await eventually(() => shown(app).includes('message 2'));
    assert.isAtMost(app.scrollWidth, 320);
    assert.isAtMost(part(app, 'smoope-composer').getBoundingClientRect().bottom - app.getBoundingClientRect().top, 256);
  });
});
