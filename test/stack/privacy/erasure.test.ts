import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openDatabase } from '../../../appservice/database/database.ts';
import { inThread } from '../agents/agent.ts';
import { openRows } from '../conversation-facts.ts';
import { beginConversation, openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { sendEvent } from '../visitor-events.ts';
import { openVisitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Begun = Pick<OpenConversation, 'visitor' | 'id'>;
type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  /** A conversation that stays. */
  other: OpenConversation;
  /** One that stays until the last test, and a word of it. */
  leaving: Begun & { word: string };
};

const erasure = suite<Context>('deleting for good');

erasure.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.other = await openConversation(context.stack, context.company, context.agent, newWord());
  const word = newWord();
  context.leaving = { word, ...(await beginConversation(context.stack, context.company, word)) };
});
erasure.after(async ({ rows, agent }) => {
  await rows.destroy();
  await agent.stop();
});

const newWord = (): string => `Wort${randomBytes(8).toString('hex')}`;

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

erasure(
  'what is deleted for good is nowhere any more: words, files, room, ghost, rows, notes of the team',
  async ({ stack, rows, company, agent, other }) => {
    const [word, note] = [newWord(), newWord()];
    const talk = await openConversation(stack, company, agent, word);
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
    assert.is((await talk.visitor.call('GET', '/conversations')).status, 401, 'with the last one the session ends');
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
  },
);

erasure('one of several conversations goes alone: the others stay, and nothing finds it any more', async ({ stack, rows, company }) => {
  const { visitor, id } = await beginConversation(stack, company, newWord());
  // A wish right after the first one would be taken for the same.
  await rows('conversation')
    .where({ id })
    .update({ opened_at: new Date(Date.now() - 3_600_000) });
  const stays = await sendEvent(visitor, 'm.room.message', { msgtype: 'm.text', body: newWord() }, { newConversation: true });
  assert.is((await visitor.call('DELETE', `/conversations/${id}`)).status, 202);
  assert.is((await visitor.call('GET', `/conversations/${id}/events`)).status, 404);
  assert.equal(
    (await visitor.conversations()).map((conversation) => conversation.id),
    [stays.conversationId],
  );
  await eventually('the rows to be gone', async () =>
    (await rows('conversation').where({ id }).first()) === undefined ? true : undefined,
  );
  assert.is((await visitor.say(newWord())).conversationId, stays.conversationId);
});

erasure('nobody deletes the conversation of another', async ({ stack, company, other: { id }, leaving }) => {
  const stranger = await openVisitor(stack, company.slug);
  assert.is((await stranger.call('DELETE', `/conversations/${id}`)).status, 404);
  assert.is((await leaving.visitor.call('DELETE', `/conversations/${id}`)).status, 404, 'who has one of their own neither');
  assert.is((await leaving.visitor.conversations()).length, 1);
});

// Last, because it is for good.
erasure('everything of a visitor goes at once, and so do the sessions', async ({ stack, rows, leaving }) => {
  const { visitor, id, word } = leaving;
  assert.match(await dump(stack.config.homeserver.databaseUrl), word);
  assert.is((await visitor.call('DELETE', '')).status, 202);
  assert.is((await visitor.call('GET', '/conversations')).status, 401);
  await eventually('the rows to be gone', async () =>
    (await rows('conversation').where({ id }).first()) === undefined ? true : undefined,
  );
  assert.not.match(await dump(stack.config.homeserver.databaseUrl), word);
});

erasure.run();
