import { assert, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { sentFiles } from '../../../browser/files/file-facts.ts';
import type { Media } from '../../../widget/panel/media/media.ts';
import '../../../widget/panel/media/media.ts';
import type { PanelClient } from '../../../widget/panel/panel-view.ts';
import { ApiFailure, type ApiRequest } from '../../../widget/transport/api.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';
import { savedLink } from './saved-link.ts';

type Answer = () => Response | ApiFailure;

const asked: ApiRequest[] = [];

async function drawing(type = 'image/png'): Promise<Response> {
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
  return new Response(await canvas.convertToBlob(), { headers: { 'content-type': type } });
}

/** A tenth of a second of silence that every browser can play. */
function sound(): ArrayBuffer {
  const samples = 800;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const words = [
    [0, 'RIFF'],
    [8, 'WAVEfmt '],
    [36, 'data'],
  ] as const;
  for (const [place, word] of words) new Uint8Array(view.buffer).set(new TextEncoder().encode(word), place);
  const numbers = [
    [4, 36 + samples],
    [16, 16],
    [24, 8_000],
    [28, 8_000],
    [40, samples],
  ] as const;
  for (const [place, number] of numbers) view.setUint32(place, number, true);
  const shorts = [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const;
  for (const [place, number] of shorts) view.setUint16(place, number, true);
  new Uint8Array(view.buffer, 44).fill(128);
  return view.buffer;
}

async function draw(content: object, answer: Answer, eventId = '$event1'): Promise<Media> {
  asked.splice(0);
  const client = {
    pathOf: (id: string, rest: string) => `/api/${id}${rest}`,
    open: async (request: ApiRequest) => {
      asked.push(request);
      const given = answer();
      if (given instanceof ApiFailure) throw given;
      return given;
    },
  } as unknown as PanelClient;
  const source = { conversationId: 'c', eventId, content };
  return fixture<Media>(html`<smoope-media .source=${source} .client=${client} .text=${text} .locale=${'en'}></smoope-media>`);
}
const image = { msgtype: 'm.image', body: 'photo.png', url: 'mxc://a/1', info: { w: 400, h: 300, size: 1000 } };
const file = { msgtype: 'm.file', body: 'invoice.pdf', url: 'mxc://a/2', info: { size: 1_240_000 } };
const img = (element: Media) => element.shadowRoot?.querySelector<HTMLImageElement>('.picture img');

describe('file of a message', () => {
  before(loadTokens);
  afterEach(() => emulateMedia({ colorScheme: 'light' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours: picture, whole picture, file, sound, video, failure`, async () => {
      await emulateMedia({ colorScheme });
      const response = await drawing();
      const element = await draw(image, () => response.clone());
      await eventually(() => Boolean(img(element)));
      await assertAccessible(element);
      part(element, '.picture').click();
      await assertAccessible(element);
      for (const content of [file, { ...file, msgtype: 'm.audio' }, { ...file, msgtype: 'm.video' }])
        await assertAccessible(await draw(content, () => new ApiFailure(0, '')));
      const failed = await draw(image, () => new ApiFailure(0, ''));
      await eventually(() => failed.shadowRoot?.querySelector('.problem') !== null);
      await assertAccessible(failed);
    });

  it('shows a thumbnail of a picture as a blob, in a place that is kept for it', async () => {
    const response = await drawing();
    const element = await draw(image, () => response.clone());
    await eventually(() => Boolean(img(element)));
    assert.match(img(element)?.src ?? '', /^blob:/);
    assert.equal(img(element)?.alt, 'Picture: photo.png');
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/api/c/media/%24event1?thumbnail=true'],
    );
    assert.equal(part(element, '.picture').offsetWidth, 240);
    assert.equal(part(element, '.picture').offsetHeight, 180);
  });

  it('opens the whole picture over everything, and closes it with Escape', async () => {
    const response = await drawing();
    const element = await draw(image, () => response.clone());
    await eventually(() => Boolean(img(element)));
    part(element, '.picture').focus();
    await sendKeys({ press: 'Enter' });
    await eventually(() => asked.length === 2);
    assert.equal(asked[1]?.path, '/api/c/media/%24event1');
    const dialog = part(element, 'dialog', HTMLDialogElement);
    assert.isTrue(dialog.open);
    await sendKeys({ press: 'Escape' });
    await eventually(() => !dialog.open);
    assert.equal(element.shadowRoot?.activeElement, part(element, '.picture'));
  });

  it('lets go of its blobs when it goes', async () => {
    const response = await drawing();
    const element = await draw(image, () => response.clone());
    await eventually(() => Boolean(img(element)));
    const url = img(element)?.src ?? '';
    element.remove();
    assert.equal(await fetch(url).then(String, () => 'gone'), 'gone');
  });

  it('makes octets of everything that is no harmless kind', async () => {
    const element = await draw(
      image,
      () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { 'content-type': 'image/svg+xml' } }),
    );
    await eventually(() => Boolean(element.preview));
    assert.equal((await (await fetch(element.preview ?? '')).blob()).type, 'application/octet-stream');
  });

  it('gives what the browser cannot show or play as a file to be saved', async () => {
    const octets = () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const element = await draw({ ...image, body: 'plan.svg' }, octets);
    await eventually(() => element.shadowRoot?.querySelector('.row') !== null);
    assert.include(part(element, '.row').textContent, 'plan.svg');
    assert.isNull(element.shadowRoot?.querySelector('img, dialog') ?? null);
    for (const msgtype of ['m.audio', 'm.video']) {
      const played = await draw({ ...file, msgtype }, octets);
      const play = part(played, '.sign');
      play.click();
      await eventually(() => asked.length === 1 && played.shadowRoot?.querySelector('.sign') !== play);
      await eventually(() => played.shadowRoot?.querySelector('.row') !== null);
      assert.lengthOf([...(played.shadowRoot?.querySelectorAll('button') ?? [])], 1, msgtype);
    }
  });

  it('names a file, its kind and its size, and loads it only to save it', async () => {
    const element = await draw(file, () => new Response('pdf'));
    assert.include(part(element, '.row').textContent, 'invoice.pdf');
    assert.include(part(element, '.row').textContent, 'PDF · 1.2 MB');
    assert.lengthOf(asked, 0);
    const saved = await savedLink(() => part(element, 'button').click());
    assert.equal(saved.download, 'invoice.pdf');
    assert.match(saved.href, /^blob:/);
  });

  it('loads sound when it is played', async () => {
    const voice = { ...file, msgtype: 'm.audio', body: 'voice.ogg', info: { duration: 12_400 }, 'org.matrix.msc3245.voice': {} };
    const element = await draw(voice, () => new Response(sound(), { headers: { 'content-type': 'audio/wav' } }));
    assert.include(part(element, '.row').textContent, 'Voice message');
    assert.include(part(element, '.row').textContent, '0:12');
    assert.lengthOf(asked, 0);
    part(element, `[aria-label="Play Voice message"]`).click();
    await eventually(() => element.shadowRoot?.querySelector('audio') !== null);
    assert.lengthOf(asked, 1);
  });

  for (const status of [423, 503])
    it(`says with ${status} that it is still being checked, and tries again when asked`, async () => {
      let isClean = false;
      const response = await drawing();
      const element = await draw(image, () => (isClean ? response.clone() : new ApiFailure(status, 'X')));
      await eventually(() => element.shadowRoot?.querySelector('.problem')?.textContent?.includes(text('mediaChecking')) === true);
      isClean = true;
      part(element, '.problem button').click();
      await eventually(() => Boolean(img(element)));
      assert.isNull(element.shadowRoot?.querySelector('.problem') ?? null);
    });

  it('shows what this page has just sent without asking for it', async () => {
    sentFiles.set('mxc://a/3', await (await drawing()).blob());
    const element = await draw({ ...image, url: 'mxc://a/3' }, () => new ApiFailure(404, ''), 'txn-00001');
    await eventually(() => Boolean(img(element)));
    assert.lengthOf(asked, 0);
  });

  it('shows a caption as text', async () => {
    const element = await draw({ ...file, filename: 'invoice.pdf', body: '<b>Our</b> invoice' }, () => new Response(''));
    assert.equal(part(element, '.caption').textContent, '<b>Our</b> invoice');
  });
});
