import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { PanelApp } from '../../../widget/panel/panel-app/panel-app.ts';
import { CONVERSATION } from '../../widget/conversation-fixture.ts';
import { aPanel } from '../../widget/panel-fixture.ts';
import { aStore } from '../../widget/session-fixture.ts';
import { draw, type Drawn, earlier, focused, found, named, shown, status } from './drawn-panel.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';
import { savedLink } from './saved-link.ts';

const MENU = 'smoope-panel-menu';
const DELETE = 'smoope-delete-dialog';
const DEVICE = 'smoope-device';
const conversation = `/api/v1/visitor/conversations/${CONVERSATION}`;
const CODES = 'POST /api/v1/visitor/session/codes';

async function open(app: PanelApp): Promise<HTMLElement> {
  const button = await named(app, text('menu'), 'smoope-panel-header');
  button.focus();
  await sendKeys({ press: 'Enter' });
  await found(app, MENU, ':popover-open');
  return button;
}
const choose = async (app: PanelApp, name: string) => (await named(app, name, MENU)).click();

async function chatting(): Promise<Drawn> {
  const drawn = await draw({}, ...earlier());
  await eventually(() => shown(drawn.app).includes('message 2'));
  drawn.server.answers.set(CODES, () => Response.json({ code: 'once/only', expiresAt: Date.now() + 600_000 }, { status: 201 }));
  return drawn;
}

describe('menu of the panel', () => {
  before(loadTokens);
  beforeEach(() => setViewport({ width: 392, height: 656 }));
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, with what follows it`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { app } = await chatting();
      await open(app);
      await assertAccessible(app);
      await choose(app, text('deleteAll'));
      await found(app, MENU, DELETE, 'dialog[open]');
      await assertAccessible(app);
      await sendKeys({ press: 'Escape' });
      await open(app);
      await choose(app, text('device'));
      await found(app, MENU, DEVICE, '.until');
      await assertAccessible(app);
    });

  it('is gone through with the arrow keys, and Escape gives the focus back', async () => {
    const { app } = await chatting();
    const button = await open(app);
    assert.equal(focused()?.textContent?.trim(), text('conversations'));
    await sendKeys({ press: 'ArrowDown' });
    assert.equal(focused()?.textContent?.trim(), text('newConversation'));
    await sendKeys({ press: 'End' });
    assert.include(focused()?.textContent, text('imprint'));
    await sendKeys({ press: 'Escape' });
    await eventually(() => app.shadowRoot?.querySelector(MENU) === null);
    assert.isTrue(focused() === button);
  });

  it('has the legal links, without referrer and opener, and leaves out those the company does not have', async () => {
    const { app } = await draw({ company: { ...aPanel().company, imprintUrl: null } });
    await open(app);
    assert.deepEqual(
      [...(part(app, MENU).shadowRoot?.querySelectorAll('a') ?? [])].map(({ href, rel }) => [href, rel]),
      ['https://acme.example/privacy', 'https://chat.example/privacy'].map((href) => [href, 'noopener noreferrer external']),
    );
  });

  it('offers before the first message nothing that needs a conversation', async () => {
    const { app } = await draw();
    await open(app);
    const items = part(app, MENU).shadowRoot?.textContent ?? '';
    for (const name of ['transcript', 'end', 'deleteAll', 'device', 'app', 'newConversation'] as const)
      assert.notInclude(items, text(name));
  });

  it('leads into the app by a link that carries the code in its fragment', async () => {
    const { app, server } = await chatting();
    await open(app);
    await choose(app, text('app'));
    const link = (await found(app, MENU, DEVICE, 'a.main')) as HTMLAnchorElement;
    assert.equal(link.href, `${location.origin}/account/continue#code=once%2Fonly&company=acme`);
    assert.equal(link.rel, 'noopener noreferrer');
    assert.equal(link.textContent, text('appOpen'));
    assert.deepEqual(server.bodies.get('/api/v1/visitor/session/codes'), [{ purpose: 'app' }]);
    await assertAccessible(app);
  });

  it('turns the sound on, which is off until then, and remembers it', async () => {
    const { app, storage } = await chatting();
    await open(app);
    const item = await found(app, MENU, '[role=menuitemcheckbox]');
    assert.equal(item.getAttribute('aria-checked'), 'false');
    item.click();
    await eventually(() => item.getAttribute('aria-checked') === 'true');
    assert.isTrue(aStore(storage).read().sound);
  });

  it('saves the conversation as a page or as text', async () => {
    const { app, server } = await chatting();
    server.answers.set(`GET ${conversation}/transcript`, () => new Response('<p>words</p>', { headers: { 'content-type': 'text/html' } }));
    for (const [name, file] of [
      ['transcript', 'acme-7.html'],
      ['transcriptText', 'acme-7.txt'],
    ] as const) {
      await open(app);
      const link = await savedLink(() => choose(app, text(name)));
      assert.equal(link.download, file);
      assert.equal((await (await fetch(link.href)).blob()).type, 'application/octet-stream');
    }
  });

  it('says that something did not work', async () => {
    const { app, server } = await chatting();
    server.answers.set(`GET ${conversation}/transcript`, () => Response.json({}, { status: 503 }));
    await open(app);
    await choose(app, text('transcript'));
    await eventually(() => status(app) === text('actionFailed'));
  });

  it('opens a window of its own with a code in the fragment, which no server sees', async () => {
    const { app } = await chatting();
    const { open: original } = window;
    const opened: string[][] = [];
    window.open = (...given) => {
      opened.push(given.map(String));
      return null;
    };
    await open(app);
    await choose(app, text('popout'));
    await eventually(() => opened.length === 1);
    window.open = original;
    const [address = '', , features = ''] = opened[0] ?? [];
    assert.equal(address, `${location.origin}/widget/acme?channel=widget&locale=en#code=once%2Fonly`);
    assert.include(features, 'noopener');
    assert.include(features, 'noreferrer');
  });

  it('deletes one conversation after asking once, saying what goes, and forgets it', async () => {
    const { app, server } = await chatting();
    await open(app);
    await choose(app, text('deleteAll'));
    const dialog = await found(app, MENU, DELETE, 'dialog');
    assert.include(dialog.textContent, 'Conversation no. 7 with Acme Werke');
    assert.equal(focused()?.textContent?.trim(), text('cancel'));
    (await named(app, text('deleteThisNow'), MENU, DELETE)).click();
    await eventually(() => server.asked.includes(`DELETE ${conversation}`));
    await eventually(() => app.view.threads.length === 0);
    await eventually(() => status(app) === text('deleted'));
    await found(app, '.welcome');
  });

  it('deletes nothing where the person thinks again, and gives the focus back', async () => {
    const { app, server } = await chatting();
    const button = await open(app);
    await choose(app, text('deleteAll'));
    (await named(app, text('cancel'), MENU, DELETE)).click();
    await eventually(() => app.shadowRoot?.querySelector(MENU) === null);
    assert.isTrue(focused() === button);
    assert.notInclude(server.asked.join(), 'DELETE');
  });

  it('deletes everything, and leaves nothing in the browser', async () => {
    const { app, server, storage } = await chatting();
    await open(app);
    await choose(app, text('deleteAll'));
    (await named(app, `${text('deleteEverythingNow')} …`, MENU, DELETE)).click();
    await eventually(() => /your conversation with messages/.test(part(part(part(app, MENU), DELETE), 'dialog').textContent ?? ''));
    (await named(app, text('deleteEverythingNow'), MENU, DELETE)).click();
    await eventually(() => server.asked.includes('DELETE /api/v1/visitor'));
    await eventually(() => storage.length === 0);
    assert.isFalse(app.view.hasSession);
  });

  it('keeps everything where the deletion did not work, and says so', async () => {
    const { app, server } = await chatting();
    server.answers.set(`DELETE ${conversation}`, () => Response.json({}, { status: 500 }));
    await open(app);
    await choose(app, text('deleteAll'));
    (await named(app, text('deleteThisNow'), MENU, DELETE)).click();
    await eventually(() => status(app) === text('actionFailed'));
    assert.lengthOf(app.view.threads, 1);
  });

  it('leads to another device by a picture and a link that works once', async () => {
    const { app, server } = await chatting();
    await open(app);
    await choose(app, text('device'));
    const dialog = (await found(app, MENU, DEVICE, '.until')).parentElement;
    assert.equal(dialog?.querySelector('svg')?.getAttribute('aria-label'), text('qrCode'));
    assert.deepEqual(server.bodies.get('/api/v1/visitor/session/codes'), [{ purpose: 'resume' }]);
    (await named(app, text('done'), MENU, DEVICE)).click();
    await eventually(() => app.shadowRoot?.querySelector(MENU) === null);
  });

  it('says when the link has run out, and makes another', async () => {
    const { app, server } = await chatting();
    server.answers.set(CODES, () => Response.json({ code: 'short', expiresAt: Date.now() + 50 }, { status: 201 }));
    await open(app);
    await choose(app, text('device'));
    (await named(app, text('deviceAgain'), MENU, DEVICE)).click();
    await eventually(() => server.asked.filter((asked) => asked === CODES).length === 2);
  });
});
