import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor, type VisitorStream } from '../visitor-client.ts';
import { editOf, reactionTo, replyTo, sendEvent, trySend } from '../visitor-events.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; talk: OpenConversation; stream: VisitorStream };

const relations = suite<Context>('replies, edits, reactions and redactions');

relations.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
  context.stream = await context.talk.visitor.openStream();
});
relations.after(async ({ agent, stream }) => {
  await stream.close();
  await agent.stop();
});

const MESSAGE = 'm.room.message';

/** What the homeserver has of an event now. */
async function contentAt({ agent, talk }: Context, eventId: string): Promise<Record<string, unknown>> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/event/${encodeURIComponent(eventId)}`;
  return (await agent.call('GET', path)).body['content'] as Record<string, unknown>;
}

relations("a visitor's reply, edit and reaction reach the agent as Matrix has them", async ({ agent, talk }) => {
  const question = await agent.say(talk.roomId, `${CANARY} Frage`);
  const hears = (eventId: string) => agent.waitForEvent(talk.roomId, 'the event', ({ event_id: id }) => id === eventId);
  await eventually('the question to be indexed', async () =>
    (await talk.visitor.history(talk.id)).some(({ eventId }) => eventId === question) ? true : undefined,
  );
  const reply = await sendEvent(talk.visitor, MESSAGE, replyTo(question, `${CANARY} Antwort`));
  assert.equal((await hears(reply.eventId)).content, replyTo(question, `${CANARY} Antwort`));
  const edit = await sendEvent(talk.visitor, MESSAGE, editOf(reply.eventId, `${CANARY} besser`));
  assert.equal((await hears(edit.eventId)).content, { ...editOf(reply.eventId, `${CANARY} besser`), body: `* ${CANARY} besser` });
  const reaction = await sendEvent(talk.visitor, 'm.reaction', reactionTo(question, '👍️'));
  assert.equal((await hears(reaction.eventId)).content, reactionTo(question, '👍️'));
});

relations('a visitor sees own edits and reactions in stream and history, with the new text as nodes', async ({ talk, stream }) => {
  const sent = await talk.visitor.say(`${CANARY} erst`);
  const edit = await sendEvent(talk.visitor, MESSAGE, editOf(sent.eventId, `${CANARY} dann https://example.org/x`));
  const reaction = await sendEvent(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '🎉'));
  for (const find of [
    (eventId: string) => stream.waitForEvent('the event', (event) => event.eventId === eventId),
    async (eventId: string) => (await talk.visitor.history(talk.id)).find((event) => event.eventId === eventId),
  ]) {
    const edited = await find(edit.eventId);
    assert.equal(edited?.text, [`${CANARY} dann `, { tag: 'a', href: 'https://example.org/x', children: ['https://example.org/x'] }]);
    assert.equal(edited?.content['m.relates_to'], { rel_type: 'm.replace', event_id: sent.eventId });
    assert.equal((await find(reaction.eventId))?.content, reactionTo(sent.eventId, '🎉'));
  }
});

relations("an agent's reply, edit and reaction reach stream and history; what else they hold does not", async (context) => {
  const { agent, talk, stream } = context;
  const { eventId: said } = await talk.visitor.say(`${CANARY} Bitte`);
  await agent.waitForEvent(talk.roomId, 'the words', ({ event_id: id }) => id === said);
  const reply = await agent.send(talk.roomId, MESSAGE, {
    ...replyTo(said, `> <${agent.userId}> Zitat\n\n${CANARY} gern`),
    'm.mentions': {},
  });
  const shown = await stream.waitForEvent('the reply', (event) => event.eventId === reply);
  assert.equal(shown.content, replyTo(said, `${CANARY} gern`));
  const edit = await agent.send(talk.roomId, MESSAGE, {
    msgtype: 'm.text',
    body: `> <${agent.userId}> Zitat\n\n* neu`,
    'm.new_content': { msgtype: 'm.text', body: `${CANARY} neu`, 'm.mentions': { user_ids: [agent.userId] } },
    'm.relates_to': { rel_type: 'm.replace', event_id: reply },
  });
  const edited = await stream.waitForEvent('the edit', (event) => event.eventId === edit);
  assert.equal([edited.text, bodyOf(edited)], [[`${CANARY} neu`], `${CANARY} neu`]);
  assert.equal(edited.content['m.new_content'], { msgtype: 'm.text', body: `${CANARY} neu` });
  const reaction = await agent.send(talk.roomId, 'm.reaction', { ...reactionTo(said, '❤️'), shortcode: agent.userId });
  assert.equal((await stream.waitForEvent('the reaction', (event) => event.eventId === reaction)).content, reactionTo(said, '❤️'));
  const again = await talk.visitor.history(talk.id);
  for (const event of [edited, shown]) assert.equal(again.find(({ eventId }) => eventId === event.eventId)?.content, event.content);
  assert.not.match(talk.visitor.everything(), agent.localpart);
});

relations('an edit by somebody else than the author, of an edit, or of what the visitor cannot see is dropped', async (context) => {
  const { agent, company, talk, stream } = context;
  const colleague = await company.newAgent();
  await colleague.join(talk.roomId);
  const { eventId: said } = await talk.visitor.say(`${CANARY} meins`);
  const answer = await agent.say(talk.roomId, `${CANARY} seins`);
  const command = await agent.say(talk.roomId, '!close');
  await stream.waitForSummary('the conversation to be closed', ({ status }) => status === 'closed');
  const own = await agent.send(talk.roomId, MESSAGE, editOf(answer, `${CANARY} eigene`));
  const dropped = [
    await agent.send(talk.roomId, MESSAGE, editOf(said, `${CANARY} verdreht`)),
    await colleague.send(talk.roomId, MESSAGE, editOf(answer, `${CANARY} verdreht`)),
    await agent.send(talk.roomId, MESSAGE, editOf(own, `${CANARY} verdreht`)),
    await agent.send(talk.roomId, MESSAGE, editOf(command, `${CANARY} verdreht`)),
    await agent.send(talk.roomId, 'm.reaction', reactionTo(command, '👍️')),
    await agent.send(talk.roomId, 'm.reaction', reactionTo(said, 'x'.repeat(65))),
  ];
  const hidden = await agent.send(talk.roomId, MESSAGE, replyTo(command, `> <@x:y> !close\n\n${CANARY} ohne Ziel`));
  const shown = await stream.waitForEvent('the reply', (event) => event.eventId === hidden);
  assert.equal(shown.content, { msgtype: 'm.text', body: `${CANARY} ohne Ziel` });
  await colleague.stop();
  const ids = [
    ...stream.messages.flatMap((message) => (message.name === 'event' ? message.data.eventId : [])),
    ...(await talk.visitor.history(talk.id)).map(({ eventId }) => eventId),
  ];
  assert.ok(ids.includes(own) && ids.includes(answer));
  assert.equal(
    dropped.filter((eventId) => ids.includes(eventId)),
    [],
  );
  assert.not.match(talk.visitor.everything(), 'verdreht');
  await talk.visitor.say(`${CANARY} weiter`);
});

relations('a visitor takes back a message: it is empty for both, and so are its edits at the homeserver', async (context) => {
  const { agent, talk, stream } = context;
  const sent = await talk.visitor.say(`${CANARY} geheim`);
  const edit = await sendEvent(talk.visitor, MESSAGE, editOf(sent.eventId, `${CANARY} noch geheimer`));
  const txnId = `redact-${Date.now()}`;
  const redaction = await sendEvent(talk.visitor, 'm.room.redaction', { redacts: sent.eventId }, { txnId });
  const shown = await stream.waitForEvent('the redaction', (event) => event.eventId === redaction.eventId);
  assert.equal([shown.type, shown.redacts, shown.txnId], ['m.room.redaction', sent.eventId, txnId]);
  await agent.waitForEvent(talk.roomId, 'the redaction', ({ event_id: id }) => id === redaction.eventId);
  assert.equal(await contentAt(context, sent.eventId), {});
  await eventually('the edit to be emptied', async () =>
    Object.keys(await contentAt(context, edit.eventId)).length === 0 ? true : undefined,
  );
  const history = await talk.visitor.history(talk.id);
  assert.equal(history.find(({ eventId }) => eventId === sent.eventId)?.content, {});
  assert.not.match(JSON.stringify(history), 'geheim');
  const again = await sendEvent(talk.visitor, 'm.room.redaction', { redacts: sent.eventId }, { txnId });
  assert.equal([again.eventId, again.seq], [redaction.eventId, redaction.seq]);
  assert.is((await trySend(talk.visitor, MESSAGE, editOf(sent.eventId, `${CANARY} wieder`))).status, 404);
  assert.is((await trySend(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '👍'))).status, 404);
});

relations('a visitor takes back a reaction, and the same reaction twice is a conflict', async ({ talk, stream }) => {
  const sent = await talk.visitor.say(`${CANARY} schön`);
  const reaction = await sendEvent(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '👍'));
  const twice = await trySend(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '👍'));
  assert.equal([twice.status, twice.body['errcode']], [409, 'COM_SMOOPE_CONFLICT']);
  const redaction = await sendEvent(talk.visitor, 'm.room.redaction', { redacts: reaction.eventId });
  assert.is((await stream.waitForEvent('it', ({ eventId }) => eventId === redaction.eventId)).redacts, reaction.eventId);
  await sendEvent(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '👍'));
});

relations("a visitor changes nothing of the company's, and relates to nothing of others", async (context) => {
  const { stack, company, agent, talk, stream } = context;
  const answer = await agent.say(talk.roomId, `${CANARY} von der Firma`);
  await stream.waitForEvent('the answer', ({ eventId }) => eventId === answer);
  for (const [type, content, field] of [
    [MESSAGE, editOf(answer, 'x'), 'body.content.m.relates_to.event_id'],
    ['m.room.redaction', { redacts: answer }, 'body.content.redacts'],
  ] as const) {
    const { status, body } = await trySend(talk.visitor, type, content);
    assert.equal([status, body['errcode'], body['field']], [403, 'M_FORBIDDEN', field]);
  }
  const neighbour = await openVisitor(stack, company.slug);
  const { eventId: foreign, conversationId: elsewhere } = await neighbour.say(`${CANARY} nebenan`);
  const own = await talk.visitor.say(`${CANARY} hier`);
  const note = await agent.send(company.teamRoomId, MESSAGE, replyTo(talk.announcement.event_id, `${CANARY} Notiz`));
  for (const eventId of [foreign, note, talk.announcement.event_id, '$nothing']) {
    for (const [type, content, field] of [
      [MESSAGE, replyTo(eventId, 'x'), 'body.content.m.relates_to.m.in_reply_to.event_id'],
      [MESSAGE, editOf(eventId, 'x'), 'body.content.m.relates_to.event_id'],
      ['m.reaction', reactionTo(eventId, '👍'), 'body.content.m.relates_to.event_id'],
      ['m.room.redaction', { redacts: eventId }, 'body.content.redacts'],
    ] as const) {
      const { status, body } = await trySend(talk.visitor, type, content);
      assert.equal([status, body['errcode'], body['field']], [404, 'M_NOT_FOUND', field], `${type} ${eventId}`);
    }
  }
  const wrongPlace = await trySend(talk.visitor, MESSAGE, replyTo(own.eventId, 'x'), { conversationId: elsewhere });
  assert.is(wrongPlace.status, 404);
  const beginner = await openVisitor(stack, company.slug);
  assert.is((await trySend(beginner, MESSAGE, replyTo(own.eventId, 'x'))).status, 404);
  assert.equal(await beginner.conversations(), [], 'nothing began');
});

relations('an edit, a reaction or a redaction does not reopen a closed conversation, a reply does', async ({ agent, talk, stream }) => {
  const sent = await talk.visitor.say(`${CANARY} vor dem Ende`);
  await agent.say(talk.roomId, '!close');
  await stream.waitForSummary('it to be closed', ({ status, closedAt }) => status === 'closed' && (closedAt ?? 0) >= sent.at);
  await sendEvent(talk.visitor, MESSAGE, editOf(sent.eventId, `${CANARY} verbessert`));
  const reaction = await sendEvent(talk.visitor, 'm.reaction', reactionTo(sent.eventId, '🙏'));
  await sendEvent(talk.visitor, 'm.room.redaction', { redacts: reaction.eventId });
  const [closed] = await talk.visitor.conversations();
  assert.equal([closed?.id, closed?.status], [talk.id, 'closed']);
  await sendEvent(talk.visitor, MESSAGE, replyTo(sent.eventId, `${CANARY} doch noch`));
  assert.is((await talk.visitor.conversations())[0]?.status, 'waiting');
});

relations("an agent's edit is no new message: it neither counts as unread nor answers", async ({ agent, talk, stream }) => {
  const answer = await agent.say(talk.roomId, `${CANARY} eins`);
  await stream.waitForEvent('the answer', ({ eventId }) => eventId === answer);
  await talk.visitor.call('PUT', `/conversations/${talk.id}/receipt`, { eventId: answer });
  const edit = await agent.send(talk.roomId, MESSAGE, editOf(answer, `${CANARY} zwei`));
  await stream.waitForEvent('the edit', ({ eventId }) => eventId === edit);
  assert.is((await talk.visitor.conversations())[0]?.unread, 0);
});

relations.run();
