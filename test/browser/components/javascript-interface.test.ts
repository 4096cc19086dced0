import { assert, aTimeout } from '@open-wc/testing';
import type { SmoopeEvents } from '../../../widget/smoope-window.ts';
import { eventually, withoutStorage } from './element-fixture.ts';
import { button, clearPage, frame, include, launchers, look, openPanel, panel, place, type Panel } from './loader-fixture.ts';

const smoope: NonNullable<Window['Smoope']> = (...args) => window.Smoope?.(...args);

/** A stub as host pages have it: keeps commands until the script is there. */
function stub(...q: readonly (readonly unknown[])[]): void {
  window.Smoope = Object.assign(() => {}, { q });
}

/** What a listener hears of an event. */
function listen<Name extends keyof SmoopeEvents>(name: Name): SmoopeEvents[Name][] {
  const heard: SmoopeEvents[Name][] = [];
  const on = window.Smoope as unknown as (command: 'on', name: Name, listener: (event: CustomEvent<SmoopeEvents[Name]>) => void) => void;
  on('on', name, ({ detail }) => heard.push(detail));
  return heard;
}

const told = async ({ heard }: Panel, type: string): Promise<unknown> => {
  const find = () => heard.find((message) => (message as { type: string }).type === type);
  await eventually(() => find() !== undefined);
  return find();
};

describe('JavaScript interface', () => {
  beforeEach(clearPage);

  it('opens, closes and toggles, also by commands given before the script was there', async () => {
    stub(['open']);
    await include();
    assert.isFalse(place().inert);
    smoope('close');
    assert.isTrue(place().inert);
    smoope('toggle');
    assert.isFalse(place().inert);
    smoope('open');
    assert.isFalse(place().inert);
  });

  it('takes no name of an object for a command', async () => {
    stub(['__proto__'], ['constructor'], ['toString']);
    await include();
    assert.isTrue(place().inert);
    assert.lengthOf(launchers(), 1);
  });

  it('reads its settings before load, and attributes of the script win over them', async () => {
    window.SmoopeSettings = { company: 'other', locale: 'de', color: '#1f6f54', position: 'left' };
    await include({ 'data-locale': 'en' });
    assert.equal(button().ariaLabel, 'Open chat');
    assert.equal(look(button()).backgroundColor, 'rgb(31, 111, 84)');
    assert.equal(button().getBoundingClientRect().left, 20);
    button().click();
    assert.include(frame()?.src ?? '', '/widget/acme?');
  });

  it('hides the button and shows it again', async () => {
    window.SmoopeSettings = { hidden: true };
    await include();
    assert.equal(look(button()).display, 'none');
    smoope('show');
    assert.notEqual(look(button()).display, 'none');
    smoope('open');
    smoope('hide');
    assert.equal(look(button()).display, 'none');
    assert.isTrue(place().inert);
  });

  for (const [value, shown] of [
    ['false', true],
    ['true', false],
  ] as const) {
    it(`${shown ? 'shows' : 'hides'} the button by data-hidden="${value}"`, async () => {
      await include({ 'data-hidden': value });
      assert.equal(look(button()).display !== 'none', shown);
    });
  }

  it('tells the panel first what the page wants from the beginning', async () => {
    window.SmoopeSettings = { theme: 'dark', identity: 'a.b.c', attributes: { plan: 'gold' } };
    await include();
    const opened = await openPanel();
    const { type, value } = opened.heard[0] as { type: string; value: Record<string, unknown> };
    assert.equal(type, 'settings');
    assert.deepEqual([value['theme'], value['identity'], value['attributes']], ['dark', 'a.b.c', { plan: 'gold' }]);
  });

  it('keeps what is for the panel until there is one, and fetches nothing for it', async () => {
    await include();
    smoope('identify', 'a.b.c');
    smoope('setAttributes', { plan: 'gold' });
    smoope('setTheme', 'dark');
    smoope('logout');
    await aTimeout(50);
    assert.isUndefined(frame());
    const opened = await openPanel();
    assert.deepEqual(await told(opened, 'identify'), { type: 'identify', value: 'a.b.c' });
    assert.deepEqual(await told(opened, 'setAttributes'), { type: 'setAttributes', value: { plan: 'gold' } });
    assert.deepEqual(await told(opened, 'setTheme'), { type: 'setTheme', value: 'dark' });
    await told(opened, 'logout');
    smoope('identify', 'd.e.f');
    await eventually(() => opened.heard.some((message) => (message as { value?: unknown }).value === 'd.e.f'));
  });

  it('loads the panel in the language that was set', async () => {
    await include();
    smoope('setLocale', 'fr');
    button().click();
    assert.include(frame()?.src ?? '', 'locale=fr');
    assert.equal(button().ariaLabel, 'Close chat');
    smoope('setLocale', 'de');
    assert.equal(button().ariaLabel, 'Chat schließen');
  });

  it('tells listeners what happens, and those that were taken away no more', async () => {
    await include();
    const [opened, closed, ready, unread, message, identified] = [
      listen('opened'),
      listen('closed'),
      listen('ready'),
      listen('unread'),
      listen('message'),
      listen('identified'),
    ];
    const { say } = await openPanel();
    say({ type: 'unread', count: 3 });
    say({ type: 'message', own: false });
    say({ type: 'identified', verified: true });
    await eventually(() => identified.length === 1);
    button().click();
    assert.deepEqual([opened.length, ready.length, closed.length], [1, 1, 1]);
    assert.equal(unread[0]?.count, 3);
    assert.equal(message[0]?.own, false);
    assert.equal(identified[0]?.verified, true);
    const late: unknown[] = [];
    const listener = (): void => void late.push(1);
    smoope('on', 'opened', listener);
    smoope('off', 'opened', listener);
    smoope('open');
    assert.deepEqual(late, []);
    assert.lengthOf(opened, 2);
  });

  it('goes on when a listener throws', async () => {
    await include();
    const mochas = window.onerror;
    const complaints: unknown[] = [];
    window.onerror = (complaint) => complaints.push(complaint) > 0;
    try {
      smoope('on', 'opened', () => {
        throw new Error('a fault of the page');
      });
      const heard = listen('opened');
      smoope('open');
      assert.isFalse(place().inert);
      assert.lengthOf(heard, 1);
      assert.lengthOf(complaints, 1);
    } finally {
      window.onerror = mochas;
    }
  });

  it('opens the panel for a window of its own, which only the person can open: its address would hand the session to the page', async () => {
    await include();
    const opened: unknown[] = [];
    const real = window.open;
    window.open = (url) => (opened.push(url), null);
    try {
      smoope('popout');
      const { say, heard } = await panel();
      say({ type: 'ready' });
      await eventually(() => heard.some((message) => (message as { type: string }).type === 'popout'));
      say({ type: 'popout', url: `${location.origin}/widget/acme#code=1` });
      say({ type: 'unread', count: 1 });
      await eventually(() => launchers()[0]?.shadowRoot?.querySelector('b')?.textContent === '1');
      assert.deepEqual(opened, []);
    } finally {
      window.open = real;
    }
  });

  it('leaves the page by destroy, and can come back', async () => {
    await include();
    await openPanel();
    smoope('destroy');
    assert.lengthOf(launchers(), 0);
    assert.isUndefined(window.Smoope);
    await include();
    assert.lengthOf(launchers(), 1);
  });

  it('works where storage is refused', () =>
    withoutStorage(async () => {
      await include();
      smoope('logout');
      smoope('open');
      assert.isFalse(place().inert);
    }));
});
