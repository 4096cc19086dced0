import { assert } from '@open-wc/testing';
import { loadTexts, type Texts } from '../../../widget/locales/load.ts';
import type { PanelSettings, PanelToLoader } from '../../../appservice/visitors/panel-wire.ts';
import { hostCommands } from '../../../widget/panel/host-commands.ts';
import { createPanelClient } from '../../../widget/panel/panel-client.ts';
import { redeemCode } from '../../../widget/panel/session-code.ts';
import { applyTheme } from '../../../widget/panel/theme.ts';
import { createApi } from '../../../widget/transport/api.ts';
import { aPanel } from '../../widget/panel-fixture.ts';
import { aStore, FakeStorage } from '../../widget/session-fixture.ts';
import { earlier } from './drawn-panel.ts';
import { eventually, loadTokens } from './element-fixture.ts';
import { aServer, type FakeServer } from './fake-server.ts';

const preChat = [{ key: 'name', label: 'Name', purpose: 'x', kind: 'text', required: false }] as const;

/** A panel as far as commands reach into it: a head with the button of the menu. */
function anApp(): { shadowRoot: ShadowRoot; menuAt: HTMLElement | undefined } {
  const shadowRoot = document.createElement('div').attachShadow({ mode: 'open' });
  const head = document.createElement('smoope-panel-header');
  head.attachShadow({ mode: 'open' }).innerHTML = '<button aria-haspopup="menu"></button>';
  shadowRoot.append(head);
  return { shadowRoot, menuAt: undefined };
}

let close = () => {};

function host(server: FakeServer = aServer(), storage = new FakeStorage()) {
  const settings = aPanel({ preChat });
  const api = createApi(server.fetch);
  const client = createPanelClient({ settings, api, store: aStore(storage), onChange: () => {}, onRefused: () => {}, onMessage: () => {} });
  const app = anApp();
  const told: PanelToLoader[] = [];
  const spoken: (readonly [PanelSettings, Texts])[] = [];
  client.start();
  close = client.close;
  const obey = (command: unknown) =>
    hostCommands({
      api,
      client,
      settings,
      tell: (message) => told.push(message),
      speak: (...given) => spoken.push(given),
      app,
    }).obey(command);
  return { server, storage, client, told, spoken, obey, app };
}

describe('commands of the website', () => {
  afterEach(() => close());

  it('name the person by a token of the company, and go on with the session that this gives', async () => {
    const { server, storage, client, told, obey } = host();
    server.answers.set('POST /api/v1/visitor/identity', () => Response.json({ token: 'named-session', expiresAt: 1 }));
    await obey({ type: 'identify', value: 'a.b.c' });
    assert.deepEqual(server.bodies.get('/api/v1/visitor/identity'), [{ token: 'a.b.c' }]);
    assert.equal(aStore(storage).read().token, 'named-session');
    assert.isTrue(client.view().kept.isVerified);
    assert.deepEqual(told, [{ type: 'identified', verified: true }]);
  });

  it('are told when the token was refused, by the code alone', async () => {
    const { server, client, told, obey } = host();
    server.answers.set('POST /api/v1/visitor/identity', () => Response.json({ errcode: 'M_FORBIDDEN', error: 'a.b.c' }, { status: 403 }));
    await obey({ type: 'identify', value: 'a.b.c' });
    assert.deepEqual(told, [{ type: 'error', code: 'M_FORBIDDEN' }]);
    assert.isFalse(client.view().kept.isVerified);
  });

  it('fill fields from the beginning, by an object or by the JSON of an attribute; text that is none is left out', async () => {
    const { client, told, obey } = host();
    await obey({ type: 'settings', value: { attributes: '{"name":"Erika"}' } });
    assert.deepEqual(client.view().fields, { name: 'Erika' });
    await obey({ type: 'settings', value: { attributes: { name: 'Berta' } } });
    assert.deepEqual(client.view().fields, { name: 'Berta' });
    for (const attributes of ['{', '[]', '"x"', 'null', '{"name":5}']) await obey({ type: 'settings', value: { attributes } });
    assert.deepEqual([client.view().fields, told], [{ name: 'Berta' }, []]);
  });

  it('sign out: the session ends, and nothing stays in the browser even if the server cannot be told', async () => {
    const [server, storage] = earlier();
    const { client, told, obey } = host(server, storage);
    client.write('half a sentence');
    server.isDown = true;
    await obey({ type: 'logout' });
    assert.include(server.asked, 'DELETE /api/v1/visitor/session');
    assert.equal(storage.length, 0);
    assert.equal(client.draft(), '');
    assert.deepEqual(told, [{ type: 'identified', verified: false }]);
  });

  it('give values for what the company asks, which go with the next message, and nothing else', async () => {
    const { server, client, obey } = host();
    await obey({ type: 'setAttributes', value: { name: 'Kim', spy: 'yes' } });
    client.send({ type: 'm.room.message', content: { msgtype: 'm.text', body: 'hello' } });
    await eventually(() => server.events.length === 1);
    assert.deepEqual((server.bodies.get('/api/v1/visitor/events') as [{ fields: object }])[0].fields, { name: 'Kim' });
  });

  it('change the language, with the company’s words in it', async () => {
    const { server, spoken, obey } = host();
    server.answers.set('GET /widget/acme', () => Response.json(aPanel({ locale: 'de' })));
    await obey({ type: 'setLocale', value: 'de' });
    assert.equal(spoken[0]?.[0].locale, 'de');
    assert.equal(spoken[0]?.[1].text('send'), 'Senden');
    assert.equal(spoken[0]?.[1].text('reply'), 'Antworten');
  });

  it('open the menu for a window of its own, and ask for no code: who has it has the session', async () => {
    const { server, told, obey, app } = host(...earlier());
    await obey({ type: 'popout' });
    assert.instanceOf(app.menuAt, HTMLElement);
    assert.equal(app.menuAt?.ariaHasPopup, 'menu');
    assert.deepEqual([told, server.bodies.get('/api/v1/visitor/session/codes')], [[], undefined]);
  });

  it('that are none are told as an error, and nothing is asked of the server', async () => {
    const { server, told, obey } = host();
    const none = [null, 'logout', { type: 'token' }, { type: 'identify' }, { type: 'setTheme', value: 'pink' }];
    for (const command of none) await obey(command);
    assert.deepEqual([server.asked, told], [[], none.map(() => ({ type: 'error', code: 'unknown-command' }))]);
  });
});

describe('colours that a website asks for', () => {
  before(loadTokens);
  afterEach(() => applyTheme('auto'));

  it('hold whatever the system says, until it shall decide again', () => {
    const ground = () => getComputedStyle(document.documentElement).getPropertyValue('--ground').trim();
    const own = ground();
    applyTheme('dark');
    assert.equal(ground(), '#151a20');
    assert.equal(document.documentElement.style.colorScheme, 'dark');
    applyTheme('light');
    assert.equal(ground(), '#ffffff');
    applyTheme('auto');
    assert.equal(ground(), own);
    assert.equal(document.documentElement.style.colorScheme, '');
  });
});

describe('code in the address', () => {
  const here = location.href;
  afterEach(() => history.replaceState(null, '', here));

  it('opens the session once, and is gone from the address before the server is asked', async () => {
    history.replaceState(null, '', '#code=abc');
    const server = aServer();
    const store = aStore();
    let address = '';
    server.answers.set('POST /api/v1/visitor/sessions', () => {
      address = location.href;
      return Response.json({ token: 'other-device', expiresAt: 1 }, { status: 201 });
    });
    await redeemCode(createApi(server.fetch), store, aPanel({ locale: 'en' }), await loadTexts('en'));
    assert.deepEqual(server.bodies.get('/api/v1/visitor/sessions'), [{ code: 'abc', locale: 'en' }]);
    assert.notInclude(address, 'code');
    assert.equal(store.read().token, 'other-device');
  });

  it('that does not work changes nothing', async () => {
    history.replaceState(null, '', '#code=old');
    const server = aServer();
    const store = aStore();
    server.answers.set('POST /api/v1/visitor/sessions', () => Response.json({ errcode: 'X' }, { status: 401 }));
    await redeemCode(createApi(server.fetch), store, aPanel({ locale: 'en' }), await loadTexts('en'));
    assert.isNull(store.read().token);
  });
});
