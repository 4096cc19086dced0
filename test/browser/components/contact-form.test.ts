import { assert, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { ContactForm } from '../../../widget/contact-form/contact-form.ts';
import '../../../widget/contact-form/contact-form.ts';
import { assertAccessible, eventually, loadTokens, part, withoutStorage } from './element-fixture.ts';
import { aServer, type FakeServer } from './fake-server.ts';

const realFetch = window.fetch;
let server: FakeServer;
let commands: string[];

const draw = (locale = 'en') => fixture<ContactForm>(html`<smoope-contact-form company="operator" locale=${locale}></smoope-contact-form>`);
const field = (form: ContactForm) => part(form, 'textarea', HTMLTextAreaElement);
const complaint = (form: ContactForm) => part(form, '[role=alert]').textContent ?? '';
const isDone = (form: ContactForm) => !part(form, 'section').hidden;

async function send(form: ContactForm, message: string): Promise<void> {
  field(form).focus();
  if (message) await sendKeys({ type: message });
  await sendKeys({ press: 'Tab' });
  await sendKeys({ press: 'Enter' });
}

describe('contact form', () => {
  before(loadTokens);
  beforeEach(() => {
    server = aServer();
    commands = [];
    window.fetch = server.fetch;
    window.Smoope = (...args) => void commands.push(args[0]);
    localStorage.clear();
  });
  afterEach(async () => {
    window.fetch = realFetch;
    delete window.Smoope;
    await emulateMedia({ colorScheme: 'light' });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, empty, with a complaint and done`, async () => {
      await emulateMedia({ colorScheme });
      const form = await draw();
      await assertAccessible(form);
      await send(form, '');
      await assertAccessible(form);
      await send(form, 'hello');
      await eventually(() => isDone(form));
      await assertAccessible(form);
    });

  it('fetches and stores nothing before it is sent', async () => {
    const form = await draw();
    field(form).focus();
    await sendKeys({ type: 'hello' });
    assert.deepEqual(server.asked, []);
    assert.equal(localStorage.length, 0);
  });

  it('sends the message in a session of its own and keeps that where the widget finds it', async () => {
    const form = await draw();
    await send(form, 'How much is it?');
    await eventually(() => isDone(form));
    assert.deepEqual(server.asked, ['GET /widget/operator', 'POST /api/v1/visitor/sessions', 'POST /api/v1/visitor/events']);
    assert.equal(server.events[0]?.content['body'], 'How much is it?');
    assert.include(localStorage.getItem('smoope:operator'), server.token);
    assert.equal(localStorage.getItem('smoope'), '1');
  });

  it('says where the answer comes and opens the chat there', async () => {
    const form = await draw();
    await send(form, 'hello');
    await eventually(() => isDone(form));
    assert.include(part(form, 'section').textContent, 'Your message has arrived.');
    part(form, 'section .main').click();
    assert.deepEqual(commands, ['open']);
  });

  it('goes on in the conversation that there is', async () => {
    server.token = 'token-of-before';
    localStorage.setItem('smoope:operator', JSON.stringify({ token: server.token, outbox: [], draft: '' }));
    const form = await draw();
    await send(form, 'one more thing');
    await eventually(() => isDone(form));
    assert.deepEqual(server.asked, ['POST /api/v1/visitor/events']);
  });

  it('asks for a message where there is none', async () => {
    const form = await draw('de');
    await send(form, '');
    assert.equal(complaint(form), 'Bitte schreiben Sie zuerst eine Nachricht.');
    assert.equal(form.shadowRoot?.activeElement, field(form));
    assert.deepEqual(server.asked, []);
  });

  it('keeps the text when nobody can be reached, and sends it once when asked again', async () => {
    const form = await draw();
    server.isDown = true;
    await send(form, 'hello');
    await eventually(() => complaint(form).includes('Your text is still here'));
    assert.equal(field(form).value, 'hello');
    server.isDown = false;
    await send(form, '');
    await eventually(() => isDone(form));
    assert.lengthOf(server.events, 1);
  });

  it('tries the same message under the same id, and a changed one under another', async () => {
    const form = await draw();
    const txnIds = () => (server.bodies.get('/api/v1/visitor/events') ?? []).map((body) => (body as { txnId: string }).txnId);
    server.refusals.push({ status: 503, errcode: 'X' }, { status: 503, errcode: 'X' });
    await send(form, 'hello');
    await eventually(() => txnIds().length === 1 && complaint(form) !== '');
    await send(form, '');
    await eventually(() => txnIds().length === 2 && complaint(form) !== '');
    await send(form, ' again');
    await eventually(() => isDone(form));
    const [first, second, third] = txnIds();
    assert.equal(first, second);
    assert.notEqual(second, third);
  });

  it('says when very many write, and when a message is refused', async () => {
    const form = await draw();
    server.refusals.push({ status: 429, errcode: 'M_LIMIT_EXCEEDED' }, { status: 400, errcode: 'M_INVALID_PARAM' });
    await send(form, 'hello');
    await eventually(() => complaint(form).includes('Very many messages'));
    await send(form, '');
    await eventually(() => complaint(form).includes('not accepted'));
    assert.equal(field(form).value, 'hello');
  });

  it('points to the chat where storage is refused, because the answer could not be found again', () =>
    withoutStorage(async () => {
      const form = await draw();
      await send(form, 'hello');
      assert.include(complaint(form), 'does not allow storage');
      assert.equal(field(form).value, 'hello');
      assert.deepEqual(server.asked, []);
      part(form, '[role=alert] button').click();
      assert.deepEqual(commands, ['open']);
    }));

  it('sends once, however often the button is pressed', async () => {
    const form = await draw();
    field(form).value = 'hello';
    part(form, '.main').click();
    part(form, '.main').click();
    await eventually(() => isDone(form));
    assert.lengthOf(
      server.asked.filter((asked) => asked.endsWith('/events')),
      1,
    );
  });
});
