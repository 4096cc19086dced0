import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { redraw } from '../../../browser/files/reencode.ts';
import type { PanelApp } from '../../../widget/panel/panel-app/panel-app.ts';
import { CONVERSATION } from '../../widget/conversation-fixture.ts';
import { draw, type Drawn, earlier, found, named, shown } from './drawn-panel.ts';
import { assertAccessible, eventually, loadTokens, part, text } from './element-fixture.ts';
import { fakeUploads, type FakeUpload } from './fake-upload.ts';

const TRAY = 'smoope-attachments';
const media = { maxBytes: 1000, types: ['image/*', 'application/pdf'] };
const pdf = (name = 'invoice.pdf', size = 100) => new File([new Uint8Array(size)], name, { type: 'application/pdf' });

let uploads: FakeUpload[] = [];
let restore = () => {};

async function panel(): Promise<Drawn> {
  const drawn = await draw({ media }, ...earlier());
  await eventually(() => shown(drawn.app).includes('message 2'));
  return drawn;
}

function paste(app: PanelApp, ...files: File[]): void {
  const clipboardData = new DataTransfer();
  files.forEach((file) => clipboardData.items.add(file));
  const field = part(part(app, 'smoope-composer'), 'textarea');
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
}

const tray = (app: PanelApp): string => app.shadowRoot?.querySelector(TRAY)?.shadowRoot?.textContent ?? '';

async function send(app: PanelApp): Promise<void> {
  part(app, 'smoope-composer').focus();
  await sendKeys({ press: 'Enter' });
}

async function picture(width: number, height: number, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.fillRect(0, 0, width / 2, height / 2);
  return canvas.convertToBlob({ type });
}

describe('files that are sent', () => {
  before(loadTokens);
  beforeEach(async () => {
    await setViewport({ width: 392, height: 656 });
    ({ uploads, restore } = fakeUploads());
  });
  afterEach(async () => {
    restore();
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`are accessible in ${colorScheme} colours: chosen, on their way, refused`, async () => {
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { app } = await panel();
      paste(app, pdf(), new File([await picture(8, 8)], 'photo.png', { type: 'image/png' }), new File(['x'], 'run.exe'));
      await eventually(() => tray(app).includes('run.exe'));
      await assertAccessible(app);
      await send(app);
      await eventually(() => uploads.length === 1);
      uploads[0]?.progress(0.4);
      await eventually(() => tray(app).includes('40 %'));
      await assertAccessible(app);
    });

  it('are shown before they are sent, and can be left out', async () => {
    const { app, server } = await panel();
    paste(app, pdf('one.pdf'), pdf('two.pdf'));
    await eventually(() => tray(app).includes('two.pdf'));
    (await named(app, 'Remove one.pdf', TRAY)).click();
    await eventually(() => !tray(app).includes('one.pdf'));
    assert.lengthOf(uploads, 0);
    assert.notInclude(server.asked, 'POST /api/v1/visitor/events');
  });

  it('go with the token in a header, say how far they are, and become messages of their conversation', async () => {
    const { app, server } = await panel();
    paste(app, pdf());
    await eventually(() => tray(app).includes('invoice.pdf'));
    await send(app);
    await eventually(() => uploads.length === 1);
    const [upload] = uploads;
    assert.equal(upload?.headers['authorization'], 'Bearer token-of-before');
    assert.equal(upload?.path, `/api/v1/visitor/media?conversationId=${CONVERSATION}&filename=invoice.pdf`);
    assert.notInclude(upload?.path, 'token');
    upload?.progress(0.25);
    await eventually(() => tray(app).includes('25 %'));
    const info = { mimetype: 'application/pdf', size: 100 };
    upload?.answer(201, { conversationId: CONVERSATION, url: 'mxc://acme/1', msgtype: 'm.file', filename: 'invoice.pdf', info });
    await eventually(() => (server.bodies.get('/api/v1/visitor/events') ?? []).length === 1);
    assert.deepInclude(server.bodies.get('/api/v1/visitor/events')?.[0] as object, {
      type: 'm.room.message',
      conversationId: CONVERSATION,
      content: { msgtype: 'm.file', body: 'invoice.pdf', url: 'mxc://acme/1', info },
    });
    await eventually(() => tray(app) === '');
    await found(app, 'smoope-message-list', 'smoope-media');
  });

  it('go one after the other, and words with them', async () => {
    const { app, server } = await panel();
    paste(app, pdf('one.pdf'), pdf('two.pdf'));
    part(app, 'smoope-composer').focus();
    await sendKeys({ type: 'here' });
    await eventually(() => tray(app).includes('two.pdf'));
    await send(app);
    await eventually(() => uploads.length === 1 && server.events.length === 3);
    uploads[0]?.answer(201, { conversationId: CONVERSATION, url: 'mxc://acme/1', msgtype: 'm.file', filename: 'one.pdf', info: {} });
    await eventually(() => uploads.length === 2);
    assert.include(uploads[1]?.path, 'two.pdf');
  });

  it('are refused before they leave where they are too big, empty or of a kind that is not taken', async () => {
    const { app } = await panel();
    paste(app, pdf('big.pdf', 1001), pdf('empty.pdf', 0), new File(['x'], 'run.exe', { type: 'application/x-msdownload' }));
    await eventually(() => tray(app).includes('run.exe'));
    for (const words of ['Files may have up to 1 kB.', text('emptyFile'), text('wrongType')]) assert.include(tray(app), words);
    await send(app);
    await eventually(() => tray(app).includes('run.exe'));
    assert.lengthOf(uploads, 0);
  });

  it('can be stopped on their way', async () => {
    const { app, server } = await panel();
    paste(app, pdf());
    await eventually(() => tray(app).includes('invoice.pdf'));
    await send(app);
    await eventually(() => uploads.length === 1);
    (await named(app, 'Cancel upload of invoice.pdf', TRAY)).click();
    await eventually(() => tray(app) === '');
    assert.isTrue(uploads[0]?.isAborted);
    assert.notInclude(server.asked, 'POST /api/v1/visitor/events');
  });

  it('are kept when the connection breaks, and tried again when asked', async () => {
    const { app } = await panel();
    paste(app, pdf());
    await eventually(() => tray(app).includes('invoice.pdf'));
    await send(app);
    await eventually(() => uploads.length === 1);
    uploads[0]?.answer();
    await eventually(() => tray(app).includes(text('uploadFailed')));
    (await named(app, 'Try invoice.pdf again', TRAY)).click();
    await eventually(() => uploads.length === 2);
  });

  for (const [status, key] of [
    [413, 'tooBig'],
    [415, 'wrongType'],
    [422, 'infected'],
  ] as const)
    it(`are not tried again after ${status}, and the reason is said`, async () => {
      const { app } = await panel();
      paste(app, pdf());
      await eventually(() => tray(app).includes('invoice.pdf'));
      await send(app);
      await eventually(() => uploads.length === 1);
      uploads[0]?.answer(status, { errcode: 'X' });
      await eventually(() => tray(app).includes(text(key, { size: '1 kB' })));
      assert.notInclude(tray(app), text('retry'));
    });

  it('are taken by dropping them onto the conversation, and by nothing where the company takes none; the browser never opens them in place of the panel', async () => {
    const drop = (app: PanelApp) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(pdf());
      const isLeftToBrowser = app.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      assert.isFalse(isLeftToBrowser);
    };
    const { app } = await panel();
    drop(app);
    await eventually(() => tray(app).includes('invoice.pdf'));
    const { app: other } = await draw({ media: null }, ...earlier());
    drop(other);
    assert.isNull(other.shadowRoot?.querySelector(TRAY) ?? null);
    assert.isNull(part(other, 'smoope-composer').shadowRoot?.querySelector(`[aria-label="${text('attach')}"]`) ?? null);
  });

  it('show their names without tricks', async () => {
    const { app } = await panel();
    paste(app, pdf('invoice\u202Efdp.exe'));
    await eventually(() => tray(app).includes('invoicefdp.exe'));
  });
});

describe('pictures that are sent', () => {
  it('are drawn anew: what the camera wrote into them stays behind', async () => {
    const bytes = new Uint8Array(await (await picture(40, 30, 'image/jpeg')).arrayBuffer());
    const exif = new TextEncoder().encode('Exif\0\0GPSLatitude 52.5 camera of Kim');
    const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
    const file = new File([new Uint8Array([...bytes.slice(0, 2), ...segment, ...bytes.slice(2)])], 'photo.jpg', { type: 'image/jpeg' });
    assert.include(await file.text(), 'GPSLatitude');
    const drawn = await redraw(file);
    assert.equal(drawn.type, 'image/jpeg');
    assert.equal(drawn.name, 'photo.jpg');
    assert.notInclude(await drawn.text(), 'GPSLatitude');
    assert.notInclude(await drawn.text(), 'Exif');
  });

  it('are at most 2560 pixels long, in their shape', async () => {
    const drawn = await redraw(new File([await picture(5120, 1280)], 'wide.png', { type: 'image/png' }));
    const { width, height } = await createImageBitmap(drawn);
    assert.deepEqual([width, height], [2560, 640]);
  });

  it('become JPEG where their kind is not one of those that stay', async () => {
    const drawn = await redraw(new File([await picture(8, 8)], 'scan.bmp', { type: 'image/bmp' }));
    assert.deepEqual([drawn.name, drawn.type], ['scan.jpg', 'image/jpeg']);
  });

  it('go as they are where the browser cannot read them, and where they move or are no picture', async () => {
    for (const [name, type] of [
      ['broken.png', 'image/png'],
      ['moving.gif', 'image/gif'],
      ['drawing.svg', 'image/svg+xml'],
      ['page.html', 'text/html'],
    ] as const) {
      const file = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], name, { type });
      assert.equal(await redraw(file), file);
    }
  });
});
