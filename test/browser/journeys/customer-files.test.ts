import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { photo } from '../../media/sample-files.ts';
import { roomOfAnnouncement, waitForAnnouncement } from '../../stack/conversation-facts.ts';
import type { StackAccess } from '../../stack/stack-access.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';
import { registerPerson } from './register-person.ts';

type Context = Journey & { person: VisitorBrowser; agent: CompanyAgent };
type Info = { mimetype: string; size: number; w?: number; h?: number; duration?: number };

const journey = suite<Context>('files of a customer in the web client');
const open = new AsyncDisposableStack();
journey.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
  context.person = open.adopt(await context.browser.newVisitor({ permissions: ['microphone'] }), (person) => person.close());
});
journey.after(() => open.disposeAsync());

const addressOf = (stack: Pick<StackAccess, 'homeserverUrl'>, mxc: unknown): string =>
  `${stack.homeserverUrl}/_matrix/client/v1/media/download/${String(mxc).replace('mxc://', '')}`;

async function read(stack: StackAccess, agent: CompanyAgent, mxc: unknown): Promise<Buffer> {
  const answer = await fetch(addressOf(stack, mxc), { headers: { authorization: `Bearer ${agent.accessToken}` } });
  assert.is(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}

async function upload(stack: StackAccess, agent: CompanyAgent, bytes: Buffer, type: string): Promise<string> {
  const answer = await fetch(`${stack.homeserverUrl}/_matrix/media/v3/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.accessToken}`, 'content-type': type },
    body: new Uint8Array(bytes),
  });
  return ((await answer.json()) as { content_uri: string }).content_uri;
}

/** Half a second of a tone, as a WAV file. */
function tone(): Buffer {
  const samples = 4000;
  const wav = Buffer.alloc(44 + samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) wav[44 + at] = 128 + Math.round(60 * Math.sin(at / 4));
  return wav;
}

journey('pictures, files and voice go both ways; the app opens without a connection', async ({ stack, company, agent, person }) => {
  const page = await person.visit(`${stack.appUrl}/conversations/new/${company.slug}`);
  await page.getByRole('button', { name: 'Anmelden oder registrieren' }).click();
  await registerPerson(page);
  await page.getByRole('heading', { name: company.name }).waitFor();
  const log = page.getByRole('log');
  await page.keyboard.type(`${CANARY} Hier kommt das Bild.`);
  await page.keyboard.press('Enter');
  const roomId = roomOfAnnouncement(await waitForAnnouncement(agent, company, 1));
  await agent.join(roomId);
  // Whoever is signed in has a worker; it serves this page as soon as it has begun.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  // A photo with the place where it was taken, under the name of something else.
  const attach = page.getByLabel('Dateien anhängen');
  await attach.setInputFiles([
    { name: 'kanari.html', mimeType: 'text/html', buffer: await photo() },
    { name: 'kanari-böse.pdf', mimeType: 'image/png', buffer: Buffer.from('%PDF-1.7\nkanari') },
    { name: 'kanari.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  ]);
  const tray = page.getByRole('dialog', { name: 'Dateien senden' });
  await tray.getByText('ohne Ort und Zeit ihrer Aufnahme').waitFor();
  await tray.getByText('Dateien dieser Art können hier nicht gesendet werden.').waitFor();
  await tray.getByLabel('Beschreibung zu kanari.html').fill(`${CANARY} Das Rad`);
  await assertAccessible('tray', page);
  await lookAround(page, 'customer-files-tray');
  await tray.getByRole('button', { name: '2 Dateien senden' }).click();
  const sentPicture = await agent.waitForEvent(roomId, 'the picture', ({ content }) => content['msgtype'] === 'm.image');
  assert.is(sentPicture.content['body'], `${CANARY} Das Rad`);
  assert.equal(
    { ...(sentPicture.content['info'] as Info), size: 0 },
    { mimetype: 'image/jpeg', size: 0, w: 40, h: 60 },
    'turned as the camera says, and a picture whatever it was called',
  );
  const bytes = await read(stack, agent, sentPicture.content['url']);
  assert.is((await sharp(bytes).metadata()).exif, undefined);
  assert.is(bytes.includes('KanariPhone'), false);
  const sentFile = await agent.waitForEvent(roomId, 'the file', ({ content }) => content['msgtype'] === 'm.file');
  assert.is(sentFile.content['filename'], 'kanari-böse.pdf');
  assert.is((sentFile.content['info'] as Info).mimetype, 'application/pdf');
  assert.is((await read(stack, agent, sentFile.content['url'])).toString(), '%PDF-1.7\nkanari');
  await log.getByRole('button', { name: 'Bild kanari.html groß zeigen' }).locator('img').waitFor();

  // A voice message, by keyboard alone.
  await page.getByRole('button', { name: 'Sprachnachricht aufnehmen' }).press('Enter');
  await page
    .getByRole('timer')
    .getByText(/^0:0[1-9]/)
    .waitFor();
  await page.getByRole('button', { name: 'Aufnahme beenden' }).press('Enter');
  const send = page.getByRole('button', { name: 'Sprachnachricht senden' });
  await send.waitFor();
  await assertAccessible('recorded', page);
  await lookAround(page, 'customer-files-voice');
  await send.press('Enter');
  const voice = await agent.waitForEvent(roomId, 'the voice message', ({ content }) => content['msgtype'] === 'm.audio');
  assert.equal(voice.content['org.matrix.msc3245.voice'], {});
  const { duration, waveform } = voice.content['org.matrix.msc1767.audio'] as { duration: number; waveform: number[] };
  assert.ok(duration >= 500 && duration === (voice.content['info'] as Info).duration);
  assert.ok(waveform.length > 0 && waveform.every((level) => Number.isInteger(level) && level >= 0 && level <= 1024));
  assert.ok((await read(stack, agent, voice.content['url'])).length > 0);

  // What the company sends, harmless and not.
  const drawing = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#e0a030' } })
    .jpeg()
    .toBuffer();
  const image = async (body: string, given: Buffer, type: string, info: object): Promise<string> =>
    agent.send(roomId, 'm.room.message', { msgtype: 'm.image', body, url: await upload(stack, agent, given, type), info });
  await image('plan.jpg', drawing, 'image/jpeg', { mimetype: 'image/jpeg', w: 1200, h: 900, size: drawing.length });
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "kanari-evil"</script></svg>');
  await image('evil.svg', svg, 'image/svg+xml', { mimetype: 'image/png', w: 10, h: 10 });
  await agent.send(roomId, 'm.room.message', {
    msgtype: 'm.image',
    body: 'way-up.png',
    url: 'mxc://../../_matrix/client/v3/logout',
    info: {},
  });
  await agent.send(roomId, 'm.room.message', {
    msgtype: 'm.audio',
    body: 'Voice message',
    url: await upload(stack, agent, tone(), 'audio/wav'),
    info: { mimetype: 'audio/wav', duration: 500 },
    'org.matrix.msc1767.audio': { duration: 500, waveform: [0, 512, 1024, 300] },
    'org.matrix.msc3245.voice': {},
  });
  const theirs = log.getByRole('button', { name: 'Bild plan.jpg groß zeigen' });
  await theirs.locator('img').waitFor();
  await log.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await log.getByRole('button', { name: 'evil.svg speichern' }).waitFor();
  await log.getByText('way-up.png').waitFor();
  assert.is(await log.getByRole('button', { name: 'way-up.png speichern' }).count(), 0);
  const loaded = await theirs.locator('img').evaluate(async (element) => {
    const drawn = element as HTMLImageElement;
    await drawn.decode();
    return { source: drawn.src, width: drawn.naturalWidth };
  });
  assert.match(loaded.source, '/_matrix/client/v1/media/thumbnail/');
  assert.not.match(loaded.source, 'token');
  assert.ok(loaded.width > 300);
  await log.getByRole('button', { name: 'Sprachnachricht abspielen' }).last().press('Enter');
  await log
    .locator('audio')
    .last()
    .evaluate((element) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if ((element as HTMLAudioElement).currentTime > 0) resolve();
      element.addEventListener('timeupdate', () => resolve());
      return promise;
    });
  await assertAccessible('files', page);
  await lookAround(page, 'customer-files');

  // In full: arrows go from one to the next, Escape goes back to where one was.
  await theirs.press('Enter');
  const view = page.getByRole('dialog', { name: 'Bild plan.jpg' });
  await view.getByRole('img', { name: 'Bild plan.jpg' }).waitFor();
  await view.getByText('Bild 2 von 2').waitFor();
  await assertAccessible('picture', page);
  await lookAround(page, 'customer-files-picture');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog', { name: 'Bild kanari.html' }).getByRole('img').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.is(await theirs.evaluate((element) => element === document.activeElement), true);

  const [saved] = await Promise.all([page.waitForEvent('download'), log.getByRole('button', { name: 'evil.svg speichern' }).click()]);
  assert.is(saved.suggestedFilename(), 'evil.svg');
  assert.not.match(await page.title(), 'kanari-evil');

  const address = addressOf({ homeserverUrl: stack.config.homeserver.publicUrl }, sentPicture.content['url']);
  assert.is((await fetch(address)).status, 401, 'nobody reads a file without a token');
  const asPage = await page.evaluate(async (url) => {
    const answer = await fetch(url);
    return [answer.status, ...['content-type', 'x-content-type-options', 'cache-control'].map((name) => answer.headers.get(name))];
  }, address);
  assert.equal(asPage, [200, 'image/jpeg', 'nosniff', 'no-store'], 'the worker adds the token for a page that is signed in');

  // No connection: the shell opens, with the policy that it came with.
  await person.context.setOffline(true);
  await page.reload();
  await page.getByText('Ihre Unterhaltungen').first().waitFor();
  assert.is(
    await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<i></i>');
        return 'written';
      } catch {
        return 'refused';
      }
    }),
    'refused',
    'the page from the cache keeps its policy',
  );
  await person.context.setOffline(false);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, paths: requests.flat().map(({ url }) => new URL(url).pathname) };
  });
  assert.is(kept.names.length, 1);
  assert.equal(
    kept.paths.filter((path) => path !== '/conversations' && !path.startsWith('/assets/')),
    [],
    'no file and no conversation is kept',
  );
  assert.equal(person.errors, []);
});

journey('browsers find everything that makes the pages an app', async ({ stack, person }) => {
  const page = await person.visit(`${stack.appUrl}/conversations`);
  const session = await page.context().newCDPSession(page);
  const { url, errors, data = '', manifest } = await session.send('Page.getAppManifest');
  assert.equal(errors, []);
  // What a browser asks for before it offers to install (https://web.dev/articles/install-criteria).
  assert.is(url, `${stack.appUrl}/manifest.webmanifest?locale=de`);
  assert.equal([manifest.startUrl, manifest.display], [`${stack.appUrl}/conversations`, 'kStandalone']);
  assert.ok(['192x192', '512x512'].every((size) => data.includes(`"sizes":"${size}"`)));
  const { name, lang, icons } = JSON.parse(data) as { name: string; lang: string; icons: { src: string; sizes: string }[] };
  assert.equal([name, lang], [stack.config.brand.name, 'de']);
  for (const { src, sizes } of [...icons, { src: '/app-icon/180.png', sizes: '180x180' }]) {
    const answer = await fetch(new URL(src, stack.appUrl));
    const { width, height, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    assert.equal([format, `${width}x${height}`], ['png', sizes]);
  }
});

journey.run();
