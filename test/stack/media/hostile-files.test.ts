import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { activeFiles, gifWithPage, picture, pngBomb } from '../../media/sample-files.ts';
import { countRows, openRows } from '../conversation-facts.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor, type Visitor } from '../visitor-client.ts';
import { sendEvent, trySend } from '../visitor-events.ts';
import { download, fileContent, tryUpload, upload, uploadAsAgent } from '../visitor-media.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; agent: CompanyAgent; talk: OpenConversation };

const hostile = suite<Context>('hostile files');

hostile.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
});
hostile.after(async ({ agent, rows }) => {
  await agent.stop();
  await rows.destroy();
});

const MESSAGE = 'm.room.message';

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
  const other = await openVisitor(stack, (await newCompany(stack)).slug);
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

hostile.run();
