import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openDatabase } from '../../../appservice/database/database.ts';
import { inThread } from '../agents/agent.ts';
import { openRows } from '../conversation-facts.ts';
import { openConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { editOf, sendEvent } from '../visitor-events.ts';
import { openVisitor, visitorWith, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; agent: CompanyAgent };

const choices = suite<Context>('what a visitor decides');

choices.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
});
choices.after(async ({ rows, agent }) => {
  await rows.destroy();
  await agent.stop();
});

const newWord = (): string => `Wort${randomBytes(8).toString('hex')}`;

async function download({ appUrl }: StackAccess, visitor: Visitor, path: string): Promise<Response> {
  return fetch(`${appUrl}/api/v1/visitor${path}`, { headers: { authorization: `Bearer ${visitor.token}` } });
}

choices('a visitor ends a conversation: the team is told, and a message takes it up again', async ({ stack, company, agent }) => {
  const { visitor, id, number } = await openConversation(stack, company, agent, newWord());
  assert.is((await visitor.call('POST', `/conversations/${id}/close`)).status, 204);
  assert.is((await visitor.call('POST', `/conversations/${id}/close`)).status, 204, 'again has no effect');
  assert.is((await visitor.conversations())[0]?.status, 'closed');
  const told = await agent.waitForEvent(company.teamRoomId, `that ${number} was ended`, ({ content }) =>
    /beendet|has ended/.test(String(content['body'])),
  );
  assert.is(told.content['msgtype'], 'm.notice');
  await visitor.say(newWord());
  assert.is((await visitor.conversations())[0]?.status, 'waiting');
});

choices('a score is counted once after each closing, without the person', async ({ stack, rows, company, agent }) => {
  const { visitor, id } = await openConversation(stack, company, agent, newWord());
  const rate = async (score: unknown) => (await visitor.call('PUT', `/conversations/${id}/rating`, { score })).status;
  const counted = () =>
    rows<{ score: number; count: number; company_id: string }>('satisfaction_count')
      .where({ score: 4 })
      .whereIn('company_id', rows('company').where({ slug: company.slug }).select('id'));
  assert.is(await rate(4), 409, 'while it is open');
  await visitor.call('POST', `/conversations/${id}/close`);
  for (const wrong of [0, 6, 2.5, '4', null]) assert.is(await rate(wrong), 400, String(wrong));
  assert.is(await rate(4), 204);
  assert.is(await rate(4), 409, 'once');
  await visitor.say(newWord());
  await visitor.call('POST', `/conversations/${id}/close`);
  assert.is(await rate(4), 204, 'after the next closing again');
  assert.equal(
    (await counted()).map(({ count }) => count),
    [2],
  );
});

choices('a transcript has the words as they stand now, of both, and no markup of people', async ({ stack, company, agent }) => {
  const { visitor, id, roomId } = await openConversation(stack, company, agent, '<img src=x onerror=alert(1)> & "Gruß"');
  const typo = await visitor.say('Tippfeler');
  await sendEvent(visitor, 'm.room.message', editOf(typo.eventId, 'Tippfehler'), { conversationId: id });
  const secret = await visitor.say('Kennwort 1234');
  await sendEvent(visitor, 'm.room.redaction', { redacts: secret.eventId }, { conversationId: id });
  const stream = await visitor.openStream(`${id}:0`);
  await agent.say(roomId, 'Gern geschehen');
  await stream.waitForBody('Gern geschehen');
  await stream.close();

  const text = await download(stack, visitor, `/conversations/${id}/transcript?format=text&timeZone=Europe/Berlin`);
  assert.match(text.headers.get('content-disposition') ?? '', /^attachment; filename="conversation-\d+\.txt"$/);
  const words = await text.text();
  assert.match(words, 'Sie: Tippfehler (bearbeitet)');
  assert.match(words, `${agent.displayName}: Gern geschehen`);
  assert.match(words, 'Sie: (gelöscht)');
  for (const gone of ['Tippfeler', '1234', '* Tippfehler']) assert.not.match(words, gone);

  const page = await download(stack, visitor, `/conversations/${id}/transcript`);
  assert.is(page.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.is(page.headers.get('x-content-type-options'), 'nosniff');
  const html = await page.text();
  assert.match(html, '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Gruß&quot;');
  assert.not.match(html, '<img');
  assert.is((await download(stack, visitor, `/conversations/${id}/transcript?timeZone=Mars/Olympus`)).status, 400);
});

choices('a code opens one further session of the same person, once', async ({ stack, company, agent }) => {
  const { visitor, id } = await openConversation(stack, company, agent, newWord());
  const { status, body } = await visitor.call('POST', '/session/codes', { purpose: 'resume' });
  assert.is(status, 201);
  const open = (code: unknown) => callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { code, locale: 'de' } });
  const opened = await open(body['code']);
  assert.is(opened.status, 201);
  const elsewhere = visitorWith(stack, String(opened.body['token']));
  assert.equal(
    (await elsewhere.conversations()).map((conversation) => conversation.id),
    [id],
  );
  assert.is((await elsewhere.say('vom anderen Gerät')).conversationId, id);
  assert.is((await visitor.say('vom ersten Gerät')).conversationId, id);
  for (const code of [body['code'], `c_${'A'.repeat(43)}`]) {
    const refused = await open(code);
    assert.equal([refused.status, refused.body['errcode'], refused.body['field']], [403, 'COM_SMOOPE_TICKET_USED', 'body.code']);
  }
  assert.is((await visitor.call('POST', '/session/codes', { purpose: 'forever' })).status, 400);
  const both = await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { locale: 'de' } });
  assert.equal([both.status, both.body['field']], [400, 'body.ticket']);
});

choices('only the five newest codes of a session are good', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const codes: unknown[] = [];
  for (let index = 0; index < 6; index += 1) codes.push((await visitor.call('POST', '/session/codes', { purpose: 'app' })).body['code']);
  const open = async (code: unknown) =>
    (await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { code, locale: 'de' } })).status;
  assert.equal([await open(codes[0]), await open(codes[1])], [403, 201]);
});

async function dump(url: string): Promise<string> {
  const database = openDatabase({ url, poolSize: 1 });
  const tables = (
    await database.raw<{ rows: { name: string }[] }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
  ).rows;
  let text = '';
  for (const { name } of tables) text += JSON.stringify((await database.raw<{ rows: unknown[] }>(`select t::text from ${name} as t`)).rows);
  await database.destroy();
  return text;
}

choices(
  'what is deleted for good is nowhere any more: words, files, room, ghost, rows, notes of the team',
  async ({ stack, rows, company, agent }) => {
    const [word, note] = [newWord(), newWord()];
    const talk = await openConversation(stack, company, agent, word);
    const other = await openConversation(stack, company, agent, newWord());
    await agent.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, note));
    await eventually('the note to be indexed', async () =>
      (await rows('conversation_event').where({ conversation_id: talk.id, room_id: company.teamRoomId })).length > 1 ? true : undefined,
    );
    const upload = await fetch(`${stack.appUrl}/api/v1/visitor/media?conversationId=${talk.id}&filename=notiz.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${talk.visitor.token}`, 'content-type': 'text/plain' },
      body: word,
    });
    const { url } = (await upload.json()) as { url: string };
    await sendEvent(talk.visitor, 'm.room.message', { msgtype: 'm.file', body: 'notiz.txt', url }, { conversationId: talk.id });
    const [ghost] = await rows<{ user_id: string; person_id: string }>('person_identity').whereIn(
      'person_id',
      rows('conversation').where({ id: talk.id }).select('person_id'),
    );
    assert.match(await dump(stack.config.homeserver.databaseUrl), word);

    assert.is((await talk.visitor.call('DELETE', `/conversations/${talk.id}`)).status, 202);
    assert.equal(await talk.visitor.conversations(), []);
    assert.is((await talk.visitor.call('GET', `/conversations/${talk.id}/events`)).status, 404);
    await eventually('the rows to be gone', async () =>
      (await rows('conversation').where({ id: talk.id }).first()) === undefined ? true : undefined,
    );

    const ours = await dump(stack.databaseUrl);
    for (const trace of [word, note, talk.id, talk.roomId, ghost?.user_id ?? 'a ghost']) assert.not.match(ours, trace);
    const homeserver = await dump(stack.config.homeserver.databaseUrl);
    assert.not.match(homeserver, word);
    assert.is((await agent.call('GET', `/_matrix/client/v1/media/download/${url.slice('mxc://'.length)}`)).status, 404);
    assert.is((await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/messages?dir=b`)).status, 403);
    const team = JSON.stringify(await agent.messages(company.teamRoomId, 100));
    assert.not.match(team, note);
    assert.not.match(team, encodeURIComponent(talk.roomId.slice(1)));
    assert.is((await other.visitor.conversations()).length, 1, 'another person keeps everything');
    assert.is((await talk.visitor.call('GET', '/conversations')).status, 401, 'nothing is left of the session');
  },
);

choices('everything of a visitor goes at once, and so do the sessions', async ({ stack, rows, company, agent }) => {
  const word = newWord();
  const { visitor, id } = await openConversation(stack, company, agent, word);
  assert.is((await visitor.call('DELETE', '')).status, 202);
  assert.is((await visitor.call('GET', '/conversations')).status, 401);
  await eventually('the rows to be gone', async () =>
    (await rows('conversation').where({ id }).first()) === undefined ? true : undefined,
  );
  assert.not.match(await dump(stack.config.homeserver.databaseUrl), word);
});

choices('nobody decides about the conversation of another', async ({ stack, company, agent }) => {
  const { id } = await openConversation(stack, company, agent, newWord());
  const stranger = await openVisitor(stack, company.slug);
  await stranger.say(newWord());
  for (const [method, path, body] of [
    ['POST', `/conversations/${id}/close`, undefined],
    ['PUT', `/conversations/${id}/rating`, { score: 1 }],
    ['GET', `/conversations/${id}/transcript`, undefined],
    ['DELETE', `/conversations/${id}`, undefined],
  ] as const) {
    assert.is((await stranger.call(method, path, body)).status, 404, `${method} ${path}`);
  }
});

choices.run();
