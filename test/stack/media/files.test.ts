import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import sharp from 'sharp';
import type { Database } from '../../../appservice/database/database.ts';
import { createLogger } from '../../../appservice/logger.ts';
import { addToOutbox } from '../../../appservice/matrix/outbox-store.ts';
import { createMediaUploads } from '../../../appservice/media/media-uploads.ts';
import { activeFiles, gifWithPage, mp4, pdfWithPage, photo, picture, pngBomb } from '../../media/sample-files.ts';
import { countRows, openRows } from '../conversation-facts.ts';
import { joinConversation, openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, OTHER_SLUG, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor, panelSettings, type Visitor, type VisitorStream } from '../visitor-client.ts';
import { editOf, sendEvent, trySend } from '../visitor-events.ts';
import { download, downloadAsAgent, fileContent, tryUpload, upload, uploadAsAgent } from '../visitor-media.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  talk: OpenConversation;
  stream: VisitorStream;
};

/** Both suites have the same conversation. */
const shared = {} as Context;
const files = suite('files', shared);
const hostile = suite('hostile files', shared);

files.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
  context.stream = await context.talk.visitor.openStream();
});
hostile.after(async ({ agent, stream, rows }) => {
  await stream.close();
  await agent.stop();
  await rows.destroy();
});

const MESSAGE = 'm.room.message';

/** Uploads and sends a file as the visitor. */
async function sendFile({ stack, talk }: Context, bytes: Buffer, filename: string) {
  const uploaded = await upload(stack, talk.visitor, bytes, { filename, conversationId: talk.id });
  const sent = await sendEvent(talk.visitor, MESSAGE, fileContent(uploaded), { conversationId: talk.id });
  return { ...uploaded, ...sent };
}

const unused = (): never => {
  throw new Error('housekeeping does not ask for this');
};

/** What the appservice does once an hour, by its own code; the calls go out by the running one. */
const housekeeping = (database: Database) =>
  createMediaUploads({
    database,
    addToOutbox,
    media: { reserve: unused, upload: unused, open: unused, remove: unused },
    scanning: { checkUpload: unused, noteClean: unused, checkDownload: unused },
    openForMessage: unused,
    checkOwn: unused,
    rules: { maxBytes: 0, types: [] },
    log: createLogger({ level: 'silent' }),
  });

files('the panel is told what can be sent', async ({ stack, company }) => {
  const { media } = await panelSettings(stack, company.slug);
  assert.is(media?.maxBytes, stack.config.media.maxBytes);
  assert.equal(media?.types, stack.config.media.types);
});

files("a visitor's photo reaches the agent upright and without the place where it was taken", async (context) => {
  const { stack, talk, agent, stream } = context;
  const sent = await sendFile(context, await photo(), 'Kanari vor Ort.jpg');
  assert.equal([sent.msgtype, sent.filename, sent.info.w, sent.info.h], ['m.image', 'Kanari vor Ort.jpg', 40, 60]);
  const event = await agent.waitForEvent(talk.roomId, 'the photo', ({ event_id: id }) => id === sent.eventId);
  assert.equal(event.content, { msgtype: 'm.image', body: 'Kanari vor Ort.jpg', url: sent.url, info: sent.info });
  const { status, bytes, headers } = await downloadAsAgent(stack, agent, sent.url);
  assert.equal([status, headers.get('content-type'), bytes.length], [200, 'image/jpeg', sent.info.size]);
  const { exif, width, height } = await sharp(bytes).metadata();
  assert.equal([exif, width, height], [undefined, 40, 60]);
  const own = await stream.waitForEvent('the own photo', ({ eventId }) => eventId === sent.eventId);
  assert.is(own.content['msgtype'], 'm.image');
});

files('the visitor reads own files by their event: pictures in place, documents as an attachment', async (context) => {
  const { stack, talk } = context;
  const image = await sendFile(context, await picture('png'), 'bild.png');
  const shown = await download(stack, talk.visitor, talk.id, image.eventId);
  assert.equal([shown.status, shown.bytes.length], [200, image.info.size]);
  const headersOf = ({ headers }: typeof shown) =>
    ['content-type', 'content-disposition', 'x-content-type-options', 'cache-control'].map((name) => headers.get(name));
  assert.equal(headersOf(shown), ['image/png', `inline; filename="bild.png"; filename*=UTF-8''bild.png`, 'nosniff', 'no-store']);
  assert.match(shown.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
  assert.is(shown.headers.get('cross-origin-resource-policy'), 'same-origin');

  const document = await sendFile(context, pdfWithPage(), 'vertrag.html');
  assert.equal([document.msgtype, document.filename, document.info.mimetype], ['m.file', 'vertrag.html.pdf', 'application/pdf']);
  const saved = await download(stack, talk.visitor, talk.id, document.eventId);
  assert.ok(saved.bytes.equals(pdfWithPage()));
  assert.equal(headersOf(saved).slice(0, 2), [
    'application/octet-stream',
    `attachment; filename="vertrag.html.pdf"; filename*=UTF-8''vertrag.html.pdf`,
  ]);
});

files('a preview is small; where there is none the file itself comes', async (context) => {
  const { stack, talk } = context;
  const large = await sendFile(context, await picture('png', 1600), 'gross.png');
  const preview = await download(stack, talk.visitor, talk.id, large.eventId, '?thumbnail=true');
  assert.is(preview.status, 200);
  const { width } = await sharp(preview.bytes).metadata();
  assert.ok(width > 0 && width <= 800, String(width));
  const text = await sendFile(context, Buffer.from(`${CANARY} Text`), 'notiz.txt');
  assert.is((await download(stack, talk.visitor, talk.id, text.eventId, '?thumbnail=true')).bytes.toString(), `${CANARY} Text`);
});

files("an agent's files arrive as they were sent; what they are is found from their content", async (context) => {
  const { stack, talk, agent, stream } = context;
  const send = async (bytes: Buffer, type: string, content: Record<string, unknown>): Promise<string> => {
    const url = await uploadAsAgent(stack, agent, bytes, type);
    const eventId = await agent.send(talk.roomId, MESSAGE, { body: `${CANARY}.x`, url, ...content });
    await stream.waitForEvent('the file', (event) => event.eventId === eventId);
    return eventId;
  };
  const jpeg = await photo();
  const image = await download(stack, talk.visitor, talk.id, await send(jpeg, 'text/html', { msgtype: 'm.image', filename: 'a.jpg' }));
  assert.equal([image.status, image.headers.get('content-type'), image.bytes.equals(jpeg)], [200, 'image/jpeg', true]);
  const sound = await download(stack, talk.visitor, talk.id, await send(mp4('soun'), 'image/png', { msgtype: 'm.audio' }));
  assert.is(sound.headers.get('content-type'), 'audio/mp4');
  const page = Buffer.from('<!DOCTYPE html><script>alert(1)</script>');
  for (const [bytes, type] of [
    [page, 'image/png'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml'],
  ] as const) {
    const { headers } = await download(
      stack,
      talk.visitor,
      talk.id,
      await send(bytes, type, { msgtype: 'm.image', info: { mimetype: type } }),
    );
    assert.is(headers.get('content-type'), 'application/octet-stream');
    assert.match(headers.get('content-disposition') ?? '', /^attachment;/);
  }
});

files(
  'a file that begins a conversation opens it without a word to the company; its event announces it',
  async ({ stack, company, agent, rows }) => {
    const visitor = await openVisitor(stack, company.slug);
    const uploaded = await upload(stack, visitor, await picture('gif'), { filename: 'erst.gif' });
    const [conversation] = await visitor.conversations();
    assert.equal([conversation?.id, conversation?.lastSeq], [uploaded.conversationId, 0]);
    const heard = agent.heard.length;
    const outbox = await rows('outbox').whereRaw(`payload->>'conversationId' = ?`, [uploaded.conversationId]);
    assert.equal(outbox, []);
    await sendEvent(visitor, MESSAGE, fileContent(uploaded), { conversationId: uploaded.conversationId });
    const talk = await joinConversation(company, agent, visitor, uploaded.conversationId);
    assert.ok(agent.heard.length > heard && talk.number > 0);
    assert.is((await downloadAsAgent(stack, agent, uploaded.url)).status, 200);
  },
);

files('the type and size of a file are what the server found, whatever the event says', async ({ stack, talk }) => {
  const uploaded = await upload(stack, talk.visitor, await picture('webp'), { filename: 'x.webp', conversationId: talk.id });
  const lie = { mimetype: 'text/html', size: 1, w: 24, h: 24 };
  await sendEvent(talk.visitor, MESSAGE, { ...fileContent(uploaded), body: '../\u202Egpj.svg', info: lie });
  const event = (await talk.visitor.history(talk.id)).at(-1);
  assert.equal(event?.content['info'], { ...lie, mimetype: 'image/webp', size: uploaded.info.size });
  assert.is(event?.content['body'], 'gpj.svg.webp');
  const wrong = await trySend(talk.visitor, MESSAGE, { ...fileContent(uploaded), msgtype: 'm.video' });
  assert.equal([wrong.status, wrong.body['field']], [400, 'body.content.msgtype']);
  await sendEvent(talk.visitor, MESSAGE, { ...fileContent(uploaded), msgtype: 'm.file' });
});

files('a voice message is marked as one', async (context) => {
  const { stack, talk, agent } = context;
  const uploaded = await upload(stack, talk.visitor, mp4('soun'), { filename: 'Sprachnachricht.m4a', conversationId: talk.id });
  const voice = { ...fileContent(uploaded), info: { duration: 1500 }, 'org.matrix.msc3245.voice': {} };
  const { eventId } = await sendEvent(talk.visitor, MESSAGE, voice);
  const event = await agent.waitForEvent(talk.roomId, 'the voice message', ({ event_id: id }) => id === eventId);
  assert.equal(event.content['org.matrix.msc3245.voice'], {});
  assert.equal(event.content['info'], { duration: 1500, mimetype: 'audio/mp4', size: uploaded.info.size });
});

files('a file that is taken back is gone for the visitor, the agent and the homeserver; a file is not edited', async (context) => {
  const { stack, talk, agent, rows } = context;
  const sent = await sendFile(context, await picture('png'), 'zurück.png');
  const edit = await trySend(talk.visitor, MESSAGE, editOf(sent.eventId, 'x'));
  assert.equal([edit.status, edit.body['errcode']], [403, 'M_FORBIDDEN']);
  await sendEvent(talk.visitor, 'm.room.redaction', { redacts: sent.eventId });
  assert.is((await download(stack, talk.visitor, talk.id, sent.eventId)).status, 404);
  await eventually('the file to be deleted', async () =>
    (await downloadAsAgent(stack, agent, sent.url)).status === 404 ? true : undefined,
  );
  assert.equal(await rows('media_upload').where({ mxc: sent.url }), []);
});

files("an agent's file that is taken back is gone for the visitor at once", async ({ stack, talk, agent, stream }) => {
  const url = await uploadAsAgent(stack, agent, await picture('png'), 'image/png');
  const eventId = await agent.send(talk.roomId, MESSAGE, { msgtype: 'm.image', body: 'x.png', url });
  await stream.waitForEvent('the picture', (event) => event.eventId === eventId);
  assert.is((await download(stack, talk.visitor, talk.id, eventId)).status, 200);
  const redaction = await agent.redact(talk.roomId, eventId);
  await stream.waitForEvent('the redaction', (event) => event.eventId === redaction);
  assert.is((await download(stack, talk.visitor, talk.id, eventId)).status, 404);
});

files('an upload that was never sent is deleted, at the homeserver too; one that was sent stays', async (context) => {
  const { stack, talk, agent, rows } = context;
  const unsent = await upload(stack, talk.visitor, await picture('png'), { conversationId: talk.id });
  const sent = await sendFile(context, await picture('png'), 'bleibt.png');
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await rows('media_upload').whereIn('mxc', [unsent.url, sent.url]).update({ created_at: yesterday });
  await housekeeping(rows).deleteUnsent(new Date(Date.now() - 24 * 3_600_000));
  await eventually('the file to be deleted', async () =>
    (await downloadAsAgent(stack, agent, unsent.url)).status === 404 ? true : undefined,
  );
  assert.is((await downloadAsAgent(stack, agent, sent.url)).status, 200);
  assert.is((await trySend(talk.visitor, MESSAGE, fileContent(unsent))).status, 404);
});

files('uploads at the same time are limited for one visitor', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const large = Buffer.alloc(6_000_000, 'kanari ');
  const answers = await Promise.all(Array.from({ length: 8 }, () => tryUpload(stack, visitor, large, { filename: 'viel.txt' })));
  const codes = answers.map(({ status }) => status);
  assert.ok(codes.includes(201) && codes.includes(429), codes.join());
  assert.ok(answers.every(({ status, headers }) => status !== 429 || headers.has('retry-after')));
});

/** A visitor who has not written yet, for whom nothing may begin by what `act` does. */
async function leavesNothing({ stack, company, rows }: Context, act: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await openVisitor(stack, company.slug);
  const before = await countRows(rows, company);
  await act(visitor);
  assert.equal(await countRows(rows, company), before);
  assert.equal(await visitor.conversations(), []);
}

/** Begins an upload whose body the test writes by itself. */
function beginUpload(
  { stack }: Context,
  visitor: Visitor,
  headers: Record<string, string>,
): { sent: ClientRequest; answer: Promise<IncomingMessage> } {
  const sent = request(`${stack.appUrl}/api/v1/visitor/media?filename=x.txt`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.token}`, ...headers },
  });
  const answer = once(sent, 'response').then(([response]) => response as IncomingMessage);
  // A server that refuses may hang up while the body is still on its way.
  sent.on('error', () => undefined);
  answer.catch(() => undefined);
  return { sent, answer };
}

hostile('what a browser or a machine could run is refused, whatever it is called or said to be', async (context) => {
  await leavesNothing(context, async (visitor) => {
    for (const [name, bytes] of [...activeFiles, ['an empty file', Buffer.alloc(0)] as const]) {
      const { status, errcode } = await tryUpload(context.stack, visitor, bytes, { filename: 'bild.png', type: 'image/png' });
      assert.equal([status, errcode], [415, 'COM_SMOOPE_MEDIA_TYPE'], name);
    }
  });
});

hostile('pictures with endless pixels, half pictures and archives are refused', async (context) => {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), Buffer.alloc(2_000, 'kanari')]);
  await leavesNothing(context, async (visitor) => {
    for (const [bytes, code] of [
      [pngBomb(30_000), 'M_TOO_LARGE'],
      [(await picture('png')).subarray(0, 60), 'COM_SMOOPE_MEDIA_TYPE'],
      [Buffer.from('GIF89a<script>alert(1)</script>'), 'COM_SMOOPE_MEDIA_TYPE'],
      [await picture('tiff'), 'COM_SMOOPE_MEDIA_TYPE'],
      [zip, 'COM_SMOOPE_MEDIA_TYPE'],
    ] as const) {
      assert.is((await tryUpload(context.stack, visitor, bytes)).errcode, code);
    }
  });
});

hostile('a picture that is a page as well is only a picture afterwards', async ({ stack, talk }) => {
  const uploaded = await upload(stack, talk.visitor, await gifWithPage(), { filename: 'bild.html', conversationId: talk.id });
  assert.is(uploaded.filename, 'bild.html.gif');
  const { eventId } = await sendEvent(talk.visitor, MESSAGE, fileContent(uploaded));
  const { bytes, headers } = await download(stack, talk.visitor, talk.id, eventId);
  assert.is(headers.get('content-type'), 'image/gif');
  assert.not.ok(bytes.includes('<html') || bytes.includes('script'));
});

hostile('names that lie, turn or lead elsewhere are cleaned, overlong ones cut or refused', async ({ stack, talk }) => {
  const text = Buffer.from(`${CANARY} Text`);
  for (const [filename, clean] of [
    ['javascript:alert(1)', 'javascript_alert(1).txt'],
    ['../../../etc/passwd', 'passwd.txt'],
    ['rechnung\u202Etxt.exe', 'rechnungtxt.exe.txt'],
    ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
    [`${'x'.repeat(900)}.txt`, `${'x'.repeat(96)}.txt`],
    ['\u0000', 'file.txt'],
  ] as const) {
    assert.is((await upload(stack, talk.visitor, text, { filename, conversationId: talk.id })).filename, clean, filename);
  }
  assert.is((await tryUpload(stack, talk.visitor, text, { filename: 'x'.repeat(1_001), conversationId: talk.id })).status, 400);
});

hostile('an address that is not an own upload to this conversation is never sent', async (context) => {
  const { stack, company, agent, talk } = context;
  const neighbour = await openVisitor(stack, company.slug);
  const foreign = await upload(stack, neighbour, await picture('png'), { filename: 'fremd.png' });
  const agents = await uploadAsAgent(stack, agent, await picture('png'), 'image/png');
  for (const url of [foreign.url, agents, `mxc://${stack.serverName}/unknown`, 'mxc://elsewhere.example/abc']) {
    const { status, body } = await trySend(talk.visitor, MESSAGE, { msgtype: 'm.image', body: 'x.png', url });
    assert.equal([status, body['errcode'], body['field']], [404, 'M_NOT_FOUND', 'body.content.url'], url);
  }
  for (const url of ['mxc://../x', 'mxc://a/../b', 'mxc://a/b/c', 'mxc:///x', 'https://example.org/x.png', 'javascript:alert(1)', '', 5]) {
    const { status, body } = await trySend(talk.visitor, MESSAGE, { msgtype: 'm.image', body: 'x.png', url });
    assert.equal([status, body['field']], [400, 'body.content.url'], String(url));
  }
  assert.is((await trySend(neighbour, MESSAGE, fileContent(foreign), { conversationId: talk.id })).status, 404);
});

hostile("a file is given for an event of the visitor's own conversation only, to nobody else", async (context) => {
  const { stack, company, agent, talk } = context;
  const uploaded = await upload(stack, talk.visitor, await picture('png'), { conversationId: talk.id });
  const { eventId } = await sendEvent(talk.visitor, MESSAGE, fileContent(uploaded));
  const words = await talk.visitor.say(`${CANARY} ohne Datei`);
  const neighbour = await openVisitor(stack, company.slug);
  const { conversationId: elsewhere, eventId: foreign } = await neighbour.say(`${CANARY} nebenan`);
  const other = await openVisitor(stack, OTHER_SLUG);
  assert.is((await download(stack, talk.visitor, talk.id, eventId)).status, 200);
  const note = await agent.send(company.teamRoomId, MESSAGE, {
    msgtype: 'm.image',
    body: 'notiz.png',
    url: await uploadAsAgent(stack, agent, await picture('png'), 'image/png'),
    'm.relates_to': { 'm.in_reply_to': { event_id: talk.announcement.event_id } },
  });
  for (const [visitor, conversation, event] of [
    [neighbour, talk.id, eventId],
    [neighbour, elsewhere, eventId],
    [other, talk.id, eventId],
    [talk.visitor, talk.id, foreign],
    [talk.visitor, elsewhere, eventId],
    [talk.visitor, talk.id, words.eventId],
    [talk.visitor, talk.id, '$nothing'],
    [talk.visitor, talk.id, note],
  ] as const) {
    const { status, errcode, bytes } = await download(stack, visitor, conversation, event);
    assert.equal([status, errcode], [404, 'M_NOT_FOUND']);
    assert.not.ok(bytes.includes('PNG'));
  }
  const path = `/conversations/${talk.id}/media`;
  assert.is((await talk.visitor.call('GET', `${path}/abc`)).status, 400);
  assert.is((await talk.visitor.call('GET', `${path}/$..%2F..%2F..%2F_synapse`)).status, 404);
  assert.is((await talk.visitor.call('GET', `${path}/$a%3Fx`)).status, 400);
  assert.is((await callJson(`${stack.appUrl}/api/v1/visitor${path}/${encodeURIComponent(eventId)}`)).status, 401);
  assert.is((await tryUpload(stack, { token: 'v_unknownunknown' }, Buffer.from('x'))).status, 401);
  assert.is((await tryUpload(stack, neighbour, Buffer.from('x'), { conversationId: talk.id })).status, 404);
});

hostile('an address that an agent puts into an event leads nowhere but to a file of the homeserver', async ({ stack, agent, talk }) => {
  const stream = await talk.visitor.openStream();
  for (const url of [
    'mxc://../../_synapse/admin/v1/users',
    'mxc://a/../b',
    'https://example.org/x.png',
    `mxc://${stack.serverName}/..%2f..`,
  ]) {
    const eventId = await agent.send(talk.roomId, MESSAGE, { msgtype: 'm.image', body: 'x.png', url });
    await stream.waitForEvent('the event', (event) => event.eventId === eventId);
    assert.is((await download(stack, talk.visitor, talk.id, eventId)).status, 404, JSON.stringify(url));
  }
  await stream.close();
});

hostile('more than is allowed is refused before it is read', async (context) => {
  const { maxBytes } = context.stack.config.media;
  await leavesNothing(context, async (visitor) => {
    const { sent, answer } = beginUpload(context, visitor, { 'content-length': String(maxBytes + 1) });
    sent.write(Buffer.alloc(1_000, 'x'));
    assert.is((await answer).statusCode, 413, 'a thousand octets were enough to know');
    sent.destroy();
  });
});

hostile('a body of unknown length is read to the limit and no further', async (context) => {
  const { maxBytes } = context.stack.config.media;
  const part = Buffer.alloc(1_000_000, 'x');
  await leavesNothing(context, async (visitor) => {
    const { sent, answer } = beginUpload(context, visitor, { 'transfer-encoding': 'chunked' });
    let status: number | undefined;
    const answered = answer.then(({ statusCode }) => {
      status = statusCode;
    });
    let written = 0;
    while (status === undefined && written < 4 * maxBytes) {
      written += part.length;
      await Promise.race([new Promise<void>((resolve) => void sent.write(part, () => resolve())), answered]);
    }
    assert.is((await answer).statusCode, 413);
    assert.ok(written < 2 * maxBytes, String(written));
    sent.destroy();
  });
});

hostile('an upload that breaks off, or is shorter than it said, leaves nothing', async (context) => {
  await leavesNothing(context, async (visitor) => {
    const { sent } = beginUpload(context, visitor, { 'content-length': '100000' });
    sent.write(Buffer.alloc(50_000, 'x'));
    await new Promise<void>((resolve) => void sent.write(Buffer.alloc(10, 'x'), () => resolve()));
    const closed = new Promise<void>((resolve) => void sent.once('close', resolve));
    sent.destroy();
    await closed;
    // The next request is answered after the server saw the end of the one before.
    assert.is((await visitor.call('GET', '/conversations')).status, 200);
  });
});

files.run();
hostile.run();
