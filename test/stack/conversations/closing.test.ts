import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { inReply, inThread } from '../agents/agent.ts';
import { openRows } from '../conversation-facts.ts';
import { joinConversation, openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, newTxnId, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  /** A conversation that every test takes up again where it needs it open. */
  talk: OpenConversation;
};

const closing = suite<Context>('closing and reopening');

closing.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
});
closing.after(async ({ agent, rows }) => {
  await agent.stop();
  await rows.destroy();
});

const statusOf = async (visitor: Visitor, id: string): Promise<string | undefined> =>
  (await visitor.conversations()).find((conversation) => conversation.id === id)?.status;

const untilStatus = (visitor: Visitor, id: string, status: string): Promise<true> =>
  eventually(`the conversation to be ${status}`, async () => ((await statusOf(visitor, id)) === status ? true : undefined));

const GOES_ON = 'Die Unterhaltung geht weiter.';

/** The visitor says something, and the conversation is open, whatever became of it before. */
async function takeUp({ visitor, id }: OpenConversation): Promise<void> {
  assert.is((await visitor.say(`${CANARY} Hallo?`)).conversationId, id);
}

const reopenWithin = async ({ company }: Pick<Context, 'company'>, reopenDays: number): Promise<void> => {
  assert.is((await company.operate('PATCH', '/settings', { reopenDays })).status, 200);
};

for (const { how, content } of [
  { how: "in the announcement's thread", content: inThread },
  { how: 'as a plain reply to the announcement', content: inReply },
  {
    how: 'as a reply that quotes the announcement, as older clients do',
    content: (id: string, body: string) => inReply(id, `> <@smoope:example.org> Neue Unterhaltung\n> Öffnen\n\n${body}`),
  },
]) {
  closing(`!close ${how} closes the conversation, and the team is told in the thread`, async ({ company, agent, talk }) => {
    await takeUp(talk);
    const stream = await talk.visitor.openStream();
    const listening = agent.fromNow();
    await agent.send(company.teamRoomId, 'm.room.message', content(talk.announcement.event_id, '!close'));
    const summary = await stream.waitForSummary('the end', ({ status }) => status === 'closed');
    assert.ok((summary.closedAt ?? 0) > summary.openedAt);
    const told = await listening.waitForEvent(
      company.teamRoomId,
      'the notice',
      ({ sender, content: { body, msgtype, 'm.relates_to': relation } }) =>
        // Of taking it up they are told as well, maybe only now.
        body !== GOES_ON &&
        sender === company.userId &&
        msgtype === 'm.notice' &&
        JSON.stringify(relation).includes(talk.announcement.event_id),
    );
    assert.is(told.content['body'], 'Die Unterhaltung ist geschlossen.');
    assert.equal(stream.bodies(), []);
    await stream.close();
  });
}

closing(
  '!close typed into the conversation is carried out, taken back at once, and never reaches the visitor',
  async ({ company, agent, talk }) => {
    await takeUp(talk);
    const before = (await talk.visitor.history(talk.id)).map(bodyOf);
    const stream = await talk.visitor.openStream();
    const listening = agent.fromNow();
    const command = await agent.say(talk.roomId, '!close');
    await stream.waitForSummary('the end', ({ status }) => status === 'closed');
    const redaction = await listening.waitForEvent(talk.roomId, 'the redaction', ({ type }) => type === 'm.room.redaction');
    assert.equal([redaction.sender, redaction.content['redacts'] ?? redaction.redacts], [company.userId, command]);
    // Whatever came after the command has come by now.
    await talk.visitor.say(`${CANARY} noch da?`);
    await stream.waitForBody(`${CANARY} noch da?`);
    await agent.say(talk.roomId, `${CANARY} ja`);
    await stream.waitForBody(`${CANARY} ja`);
    assert.equal(stream.bodies(), [`${CANARY} noch da?`, `${CANARY} ja`]);
    assert.is(stream.messages.filter(({ name }) => name === 'event').length, 2);
    assert.equal((await talk.visitor.history(talk.id)).map(bodyOf), [...before, `${CANARY} noch da?`, `${CANARY} ja`]);
    const resumed = await talk.visitor.openStream(`${talk.id}:0`);
    assert.equal(
      resumed.messages.flatMap((message) => (message.name === 'event' ? bodyOf(message.data) : [])),
      [...before, `${CANARY} noch da?`, `${CANARY} ja`],
    );
    assert.not.match(talk.visitor.everything(), '!close');
    await Promise.all([stream.close(), resumed.close()]);
  },
);

closing('other words with an exclamation mark are no commands', async ({ company, agent, talk }) => {
  await takeUp(talk);
  const stream = await talk.visitor.openStream();
  const words = ['! close', 'bitte !close', '!!close', '!5', '¡close!', '!'];
  for (const body of words) await agent.say(talk.roomId, body);
  await agent.send(company.teamRoomId, 'm.room.message', { ...inThread(talk.announcement.event_id, '!close'), msgtype: 'm.notice' });
  await agent.say(company.teamRoomId, '!close');
  await agent.say(talk.roomId, `${CANARY} Ende`);
  await stream.waitForBody(`${CANARY} Ende`);
  assert.equal(stream.bodies(), [...words, `${CANARY} Ende`]);
  assert.is(await statusOf(talk.visitor, talk.id), 'open');
  await stream.close();
});

closing('the visitor cannot close: what they type is a message', async ({ agent, talk }) => {
  await takeUp(talk);
  const before = await statusOf(talk.visitor, talk.id);
  assert.is.not(before, 'closed');
  const sent = await talk.visitor.say('!close');
  await agent.waitForEvent(talk.roomId, 'the words', ({ event_id: id }) => id === sent.eventId);
  assert.is(await statusOf(talk.visitor, talk.id), before);
});

closing(
  'who writes within the days for reopening goes on in the same conversation, which waits again',
  async ({ company, agent, talk }) => {
    await takeUp(talk);
    await agent.say(talk.roomId, '!close');
    await untilStatus(talk.visitor, talk.id, 'closed');
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/state/com.smoope.conversation/`;
    const untilState = (status: string) =>
      eventually('the state in the room', async () => ((await agent.call('GET', path)).body['status'] === status ? true : undefined));
    await untilState('closed');
    const listening = agent.fromNow();
    const sent = await talk.visitor.say(`${CANARY} doch noch etwas`);
    assert.is(sent.conversationId, talk.id);
    assert.is(await statusOf(talk.visitor, talk.id), 'waiting');
    await listening.waitForEvent(
      company.teamRoomId,
      'the notice that it goes on',
      ({ content }) => content['body'] === GOES_ON && JSON.stringify(content).includes(talk.announcement.event_id),
    );
    await untilState('waiting');
  },
);

closing(
  'a note in the thread of the announcement is indexed about the person and never reaches the visitor',
  async ({ rows, company, agent, talk }) => {
    const stream = await talk.visitor.openStream(`${talk.id}:0`);
    const note = await agent.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, `${CANARY} schwieriger Fall`));
    const [row] = await eventually('the note to be indexed', async () => {
      const found = await rows<{ event_id: string; room_id: string; conversation_id: string; about_person: string | null }>(
        'conversation_event',
      ).where({
        event_id: note,
      });
      return found.length > 0 ? found : undefined;
    });
    assert.equal([row?.room_id, row?.conversation_id], [company.teamRoomId, talk.id]);
    const [person] = await rows<{ id: string; person_id: string }>('conversation').where({ id: talk.id }).pluck('person_id');
    assert.is(row?.about_person, person);
    await agent.say(talk.roomId, `${CANARY} Antwort`);
    await stream.waitForBody(`${CANARY} Antwort`);
    await talk.visitor.history(talk.id);
    assert.not.match(talk.visitor.everything(), 'schwieriger Fall');
    assert.not.match(talk.visitor.everything(), note);
    assert.is((await talk.visitor.call('PUT', `/conversations/${talk.id}/receipt`, { eventId: note })).status, 404);
    await stream.close();
  },
);

closing(
  'who writes later begins a new conversation with its own number, room and announcement; the latest open one is chosen',
  async (context) => {
    const { stack, company, agent } = context;
    await reopenWithin(context, 0);
    const first = await openConversation(stack, company, agent);
    await agent.say(first.roomId, '!close');
    await untilStatus(first.visitor, first.id, 'closed');
    const sent = await first.visitor.say(`${CANARY} ein neues Anliegen`);
    assert.is.not(sent.conversationId, first.id);
    const second = await joinConversation(company, agent, first.visitor, sent.conversationId);
    assert.ok(second.number > first.number);
    assert.is.not(second.roomId, first.roomId);
    assert.is((await first.visitor.say(`${CANARY} dazu noch`)).conversationId, second.id);
    assert.is((await first.visitor.say(`${CANARY} an das alte`, { conversationId: first.id })).conversationId, second.id);
    assert.is(await statusOf(first.visitor, first.id), 'closed');

    await reopenWithin(context, 14);
    assert.is((await first.visitor.say(`${CANARY} jetzt doch`, { conversationId: first.id })).conversationId, first.id);
    assert.is((await first.visitor.say(`${CANARY} weiter`)).conversationId, first.id, 'the latest of several open ones');
    assert.equal((await first.visitor.conversations()).map(({ id }) => id).toSorted(), [first.id, second.id].toSorted());
  },
);

// Last, because its visitor has two conversations then.
closing('two tabs that begin a further conversation with the same message at once begin one', async (context) => {
  const { agent, talk } = context;
  await reopenWithin(context, 14);
  await takeUp(talk);
  await reopenWithin(context, 0);
  await agent.say(talk.roomId, '!close');
  await untilStatus(talk.visitor, talk.id, 'closed');
  const txnId = newTxnId();
  const sent = await Promise.all([1, 2, 3].map(() => talk.visitor.say(`${CANARY} noch etwas`, { txnId })));
  assert.is(new Set(sent.map(({ conversationId }) => conversationId)).size, 1);
  assert.is(new Set(sent.map(({ eventId }) => eventId)).size, 1);
  assert.is((await talk.visitor.conversations()).length, 2);
});

closing.run();
