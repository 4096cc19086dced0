import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows, roomOfAnnouncement, waitForAnnouncement } from '../conversation-facts.ts';
import { beginConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, panelSettings } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Begun = Pick<OpenConversation, 'visitor' | 'id' | 'number'>;
type Context = { stack: StackAccess; rows: Database; company: TestCompany; agent: CompanyAgent; confided?: Promise<Begun> };

const first = suite<Context>('the first message');

first.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
});
first.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

const SECRET = `${CANARY}-Geheimnis`;

/** A conversation for tests that say nothing in it before they have looked; not begun in advance, since it needs a room of the pool. */
function confide(context: Context): Promise<Begun> {
  const { stack, company } = context;
  const begin = async (): Promise<Begun> => {
    const { visitor, id } = await beginConversation(stack, company, `Mein Name ist Erika ${SECRET}`);
    await visitor.say(`und noch ${SECRET}`);
    return { visitor, id, number: (await visitor.conversations()).find((conversation) => conversation.id === id)?.number ?? 0 };
  };
  context.confided ??= begin();
  return context.confided;
}

const preparedRooms = (rows: Database, company: TestCompany): Promise<string[]> =>
  rows<{ company_id: string; room_id: string }>('prepared_room').where({ company_id: company.id }).orderBy('number').pluck('room_id');

const fullPool = ({ rows, stack, company }: Context): Promise<string[]> =>
  eventually('a full pool', async () => {
    const rooms = await preparedRooms(rows, company);
    return rooms.length === stack.config.conversations.poolSize ? rooms : undefined;
  });

first('a company that nobody visits has no rooms made in advance; opening its panel fills the pool', async (context) => {
  assert.equal(await preparedRooms(context.rows, context.company), []);
  await panelSettings(context.stack, context.company.slug);
  assert.is((await fullPool(context)).length, context.stack.config.conversations.poolSize);
});

first('takes a room made in advance, the pool is filled again, and the second message goes to the same conversation', async (context) => {
  const { stack, rows, company } = context;
  const visitor = await openVisitor(stack, company.slug);
  const prepared = await fullPool(context);
  assert.equal(await visitor.conversations(), []);
  const one = await visitor.say(`${CANARY} Guten Tag`);
  const [conversation] = await rows<{ id: string; room_id: string }>('conversation').where({ id: one.conversationId }).select('room_id');
  assert.is(conversation?.room_id, prepared[0]);
  const two = await visitor.say(`${CANARY} noch etwas`);
  assert.is(two.conversationId, one.conversationId);
  assert.ok(two.seq > one.seq);
  const [summary, ...others] = await visitor.conversations();
  assert.equal([summary?.id, summary?.status, others.length], [one.conversationId, 'waiting', 0]);
  assert.not.ok((await fullPool(context)).includes(prepared[0] ?? ''));
});

first('the same message sent again has no effect, even while it is under way', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const txnId = newTxnId();
  const answers = await Promise.all([1, 2, 3].map(() => visitor.say(`${CANARY} einmal`, { txnId })));
  answers.push(await visitor.say(`${CANARY} einmal`, { txnId }));
  assert.is(new Set(answers.map(({ eventId }) => eventId)).size, 1);
  assert.is(new Set(answers.map(({ conversationId }) => conversationId)).size, 1);
  assert.is((await visitor.conversations()).length, 1);
  assert.is((await visitor.history(answers[0]?.conversationId ?? '')).length, 1);
});

first('is announced in the team room once, with number, channel and link, without a word or name of the visitor', async (context) => {
  const { company, agent } = context;
  const { id: conversationId, number } = await confide(context);
  const announcement = await waitForAnnouncement(agent, company, number);
  const json = JSON.stringify(announcement);
  assert.match(json, new RegExp(`Unterhaltung ${number} · wartet seit [^"]+ · Website`));
  assert.not.match(json, SECRET);
  assert.not.match(json, 'Erika');
  assert.not.match(json, 'visitor_');
  const room = roomOfAnnouncement(announcement);
  const [row] = await context
    .rows<{ id: string; room_id: string; announcement_event_id: string | null }>('conversation')
    .where({ id: conversationId });
  assert.is(row?.room_id, room);
  await agent.join(room);
  const announcements = agent.heard.filter(
    ({ event }) =>
      event !== undefined &&
      JSON.stringify(event.content).includes(encodeURIComponent(room.slice(1))) &&
      event.content['m.new_content'] === undefined,
  );
  assert.is(announcements.length, 1);
});

first('the room carries the state of the conversation, its retention and a name without a person', async (context) => {
  const { stack, company, agent } = context;
  const { number } = await confide(context);
  const room = roomOfAnnouncement(await waitForAnnouncement(agent, company, number));
  await agent.join(room);
  const state = async (type: string): Promise<Record<string, unknown>> =>
    (await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/state/${type}/`)).body;
  assert.equal(await state('com.smoope.conversation'), { status: 'waiting', channel: 'widget', department: null, assignee: null });
  assert.equal(await state('m.room.name'), { name: `${company.name} · ${number}` });
  assert.equal(await state('m.room.retention'), { max_lifetime: stack.config.homeserver.retention.defaultDays * 86_400_000 });
  await agent.say(room, `${CANARY} Antwort`);
  await eventually('the state to be open', async () => ((await state('com.smoope.conversation'))['status'] === 'open' ? true : undefined));
});

// Last, because the company speaks another language from here on.
first('the announcement speaks the language of the company', async ({ stack, company, agent }) => {
  assert.is((await company.operate('PATCH', '/settings', { locale: 'en' })).status, 200);
  const { visitor } = await beginConversation(stack, company, `${CANARY} hello`);
  const announcement = await waitForAnnouncement(agent, company, (await visitor.conversations())[0]?.number ?? 0);
  assert.match(String(announcement.content['body']), /^🟠 Conversation \d+ · waiting since [^\n]+ · website\n/u);
});

first.run();
