import { assert, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { sentFiles } from '../../../browser/files/file-facts.ts';
import '../../../web-client/files/composer-files.ts';
import type { ComposerFiles, FileSending } from '../../../web-client/files/composer-files.ts';
import type { MediaContent } from '../../../web-client/files/media-content.ts';
import '../../../web-client/files/message-file.ts';
import type { MessageFile } from '../../../web-client/files/message-file.ts';
import type { VoiceMessage } from '../../../web-client/files/voice-message.ts';
import { assertAccessible, eventually } from './element-fixture.ts';

const access = { homeserverUrl: 'https://matrix.invalid', accessToken: 'token' };
const realFetch = window.fetch;
let answers: Response | undefined;
let asked: { address: string; authorization: string | null }[] = [];

async function picture(type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
  return canvas.convertToBlob({ type });
}

const file = (content: object): Promise<MessageFile> =>
  fixture<MessageFile>(html`<smoope-message-file class="bubble" .content=${content} .access=${access}></smoope-message-file>`);

const image = (url: string, info: object = { mimetype: 'image/png', w: 400, h: 300 }): object => ({
  msgtype: 'm.image',
  body: 'plan.png',
  url,
  info,
});

const button = (element: Element, name: string): HTMLButtonElement => {
  const found = [...element.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent).includes(name));
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
};

describe('files in the web client', () => {
  before(async () => {
    document.documentElement.lang = 'en';
    document.body.className = 'app';
    const sheet = document.createElement('link');
    Object.assign(sheet, { rel: 'stylesheet', href: '/web-client/styles/page.css' });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    sheet.addEventListener('load', resolve);
    document.head.append(sheet);
    await promise;
  });
  beforeEach(() => {
    asked = [];
    answers = undefined;
    window.fetch = async (input, how) => {
      const address = new Request(input).url;
      if (!address.startsWith('https://matrix.invalid/')) return realFetch(input, how);
      asked.push({ address, authorization: new Headers(how?.headers).get('authorization') });
      return answers?.clone() ?? new Response(null, { status: 404 });
    };
  });
  afterEach(() => {
    window.fetch = realFetch;
    document.querySelectorAll('smoope-picture-view, smoope-file-tray').forEach((element) => element.remove());
  });

  it('a picture has its place before it is there, and keeps it', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    window.fetch = () => promise;
    const element = await file(image('mxc://server/place'));
    const place = (): DOMRect => button(element, 'plan.png').getBoundingClientRect();
    const before = place();
    assert.equal(Math.round(before.width), 320);
    assert.equal(Math.round(before.height), 240);
    resolve(new Response(await picture()));
    await eventually(() => element.querySelector('img')?.complete === true);
    assert.deepEqual(place(), before);
    await assertAccessible(element);
  });

  it('without a worker the page asks with its token, for the file itself where there is no small one', async () => {
    answers = new Response(null, { status: 404 });
    const element = await file(image('mxc://server/big', { w: 4000, h: 3000 }));
    await eventually(() => asked.length === 2);
    assert.match(asked[0]?.address ?? '', /thumbnail\/server\/big\?/);
    assert.match(asked[1]?.address ?? '', /download\/server\/big$/);
    assert.deepEqual([...new Set(asked.map(({ authorization }) => authorization))], ['Bearer token']);
    await eventually(() => element.querySelector('[role=status]') !== null);
    answers = new Response(await picture());
    button(element, 'Try again').click();
    await eventually(() => element.querySelector('img') !== null);
  });

  it('what says that it is a picture and is none becomes a file to be saved', async () => {
    answers = new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { 'content-type': 'image/svg+xml' } });
    const element = await file(image('mxc://server/svg', { mimetype: 'image/png', w: 10, h: 10 }));
    await eventually(() => element.querySelector('.row') !== null);
    assert.isNull(element.querySelector('img'));
    assert.isNotNull(button(element, 'Save plan.png'));
    answers = new Response('no picture', { headers: { 'content-type': 'image/png' } });
    const broken = await file(image('mxc://server/broken'));
    await eventually(() => broken.querySelector('.row') !== null);
  });

  it('an address that is none is asked of nobody', async () => {
    const element = await file({ ...image('mxc://../../_matrix/client/v3/logout'), body: '../\u202egnp.exe' });
    assert.equal(element.querySelector('bdi')?.textContent, 'gnp.exe');
    assert.isNull(element.querySelector('button'));
    assert.deepEqual(asked, []);
    await assertAccessible(element);
  });

  it('pictures of a conversation are shown in full, by arrows and Escape', async () => {
    for (const id of ['one', 'two']) sentFiles.set(`mxc://server/${id}`, await picture());
    const log = await fixture<HTMLElement>(
      html`<div role="log">
        ${['one', 'two'].map(
          (id) =>
            html`<smoope-message-file
              .content=${{ ...image(`mxc://server/${id}`), body: `${id}.png` }}
              .access=${access}
            ></smoope-message-file>`,
        )}
      </div>`,
    );
    button(log, 'one.png').click();
    const view = (): Element | null => document.querySelector('smoope-picture-view dialog');
    await eventually(() => view()?.querySelector('img')?.alt === 'Picture one.png');
    await assertAccessible(view() ?? log);
    await sendKeys({ press: 'ArrowRight' });
    await eventually(() => view()?.querySelector('img')?.alt === 'Picture two.png');
    await sendKeys({ press: 'ArrowRight' });
    button(view() ?? log, 'Zoom').click();
    await eventually(() => view()?.querySelector('img')?.classList.contains('large') === true);
    await sendKeys({ press: 'Escape' });
    await eventually(() => view() === null);
    assert.isTrue(button(log, 'one.png').matches(':focus'));
  });

  it('a voice message has a wave, and a speed by keyboard', async () => {
    const element = await file({
      msgtype: 'm.audio',
      body: 'Voice message',
      url: 'mxc://server/voice',
      info: { duration: 65_000 },
      'org.matrix.msc1767.audio': { waveform: [0, 1024] },
      'org.matrix.msc3245.voice': {},
    });
    await eventually(() => element.querySelectorAll('.wave rect').length > 0);
    assert.equal(element.querySelector('.time')?.textContent, '1:05');
    button(element, 'Speed').focus();
    await sendKeys({ press: 'Enter' });
    await eventually(() => button(element, 'Speed').textContent.trim() === '1.5×');
    assert.equal(element.querySelector<HTMLInputElement>('input[type=range]')?.max, '65');
    await assertAccessible(element);
  });

  it('files that are pasted are shown with what is wrong, and go with their words', async () => {
    const sent: MediaContent[] = [];
    const uploaded: File[] = [];
    const sending: FileSending = {
      roomId: '!a',
      types: ['image/png'],
      maxBytes: async () => 10_000,
      upload: async (blob) => {
        uploaded.push(blob as File);
        return 'mxc://server/sent';
      },
      send: (content) => void sent.push(content),
    };
    const form = await fixture<HTMLFormElement>(
      html`<form class="compose">
        <smoope-composer-files .sending=${sending}></smoope-composer-files><textarea aria-label="Words"></textarea>
      </form>`,
    );
    await assertAccessible(form);
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([await picture()], 'a.png', { type: 'image/png' }));
    clipboardData.items.add(new File(['MZ\0'], 'b.png', { type: 'image/png' }));
    form.querySelector('textarea')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    const tray = (): Element => document.querySelector('smoope-file-tray dialog') ?? form;
    await eventually(() => tray().querySelector('[role=alert]') !== null && tray().querySelector('li img') !== null);
    await assertAccessible(tray());
    const caption = tray().querySelector<HTMLInputElement>('input[type=text]');
    caption?.focus();
    await sendKeys({ type: 'Words' });
    await sendKeys({ press: 'Enter' });
    await eventually(() => sent.length === 1);
    assert.equal(sent[0]?.body, 'Words');
    assert.equal(uploaded[0]?.name, 'a.png');
    assert.isNull(document.querySelector('smoope-file-tray'));
  });

  it('files go to the conversation for which they were chosen', async () => {
    const sentTo: string[] = [];
    const { promise, resolve } = Promise.withResolvers<string>();
    const sending = (roomId: string): FileSending => ({
      roomId,
      types: ['*/*'],
      maxBytes: async () => 10_000,
      upload: () => promise,
      send: () => void sentTo.push(roomId),
    });
    const form = await fixture<HTMLFormElement>(
      html`<form><smoope-composer-files .sending=${sending('!one')}></smoope-composer-files></form>`,
    );
    const element = form.querySelector<ComposerFiles>('smoope-composer-files');
    if (element === null) throw new Error('There is no composer.');
    await element.choose([new File(['words'], 'a.txt')]);
    const send = (): HTMLButtonElement | null => document.querySelector('smoope-file-tray .button');
    await eventually(() => send()?.disabled === false);
    send()?.click();
    element.sending = sending('!two');
    resolve('mxc://server/a');
    await eventually(() => sentTo.length > 0);
    assert.deepEqual(sentTo, ['!one']);
  });

  it('a voice message is recorded, heard, and goes only when it is sent', async () => {
    const element = await fixture<VoiceMessage>(html`<smoope-voice-message .types=${['*/*']}></smoope-voice-message>`);
    const sent: unknown[] = [];
    element.addEventListener('smoope-send', (event) => sent.push((event as CustomEvent).detail));
    await eventually(() => /0:01/.test(element.querySelector('.time')?.textContent ?? ''));
    await assertAccessible(element);
    button(element, 'Stop').click();
    await eventually(() => element.querySelector('smoope-sound-player audio, smoope-sound-player button') !== null);
    await assertAccessible(element);
    assert.deepEqual(sent, []);
    button(element, 'Send voice message').click();
    assert.equal(sent.length, 1);
  });

  it('says what to do without a microphone, and where nothing can be recorded', async () => {
    const refused = await fixture<VoiceMessage>(
      html`<smoope-voice-message .types=${['*/*']} .openMicrophone=${() => Promise.reject(new Error('denied'))}></smoope-voice-message>`,
    );
    await eventually(() => refused.querySelector('[role=alert]')?.textContent.includes('microphone') === true);
    await assertAccessible(refused);
    const none = await fixture<VoiceMessage>(html`<smoope-voice-message .types=${['image/png']}></smoope-voice-message>`);
    await eventually(() => none.querySelector('[role=alert]')?.textContent.includes('cannot record') === true);
  });
});
