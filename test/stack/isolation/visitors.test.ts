import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inReply } from '../agents/agent.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, panelSettings } from '../visitor-client.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; talk: OpenConversation };

const isolation = suite<Context>('tokens of visitors');

isolation.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
});
isolation.after(async ({ agent }) => {
  await agent.stop();
});

const message = (body: string, conversationId?: string) => ({
  type: 'm.room.message',
  content: { msgtype: 'm.text', body },
  txnId: newTxnId(),
  ...(conversationId === undefined ? {} : { conversationId }),
});

isolation(
  "with another visitor's or another company's conversation or event every route answers 404",
  async ({ stack, company, agent, talk }) => {
    const other = await newCompany(stack);
    const answer = await agent.say(talk.roomId, `${CANARY} nur für eine`);
    const neighbour = await openVisitor(stack, company.slug);
    const elsewhere = await openVisitor(stack, other.slug);
    const beginner = await openVisitor(stack, company.slug);
    for (const visitor of [neighbour, elsewhere]) await visitor.say(`${CANARY} eigenes`);
    for (const visitor of [neighbour, elsewhere, beginner]) {
      for (const id of [talk.id, '00000000-0000-4000-8000-000000000000']) {
        const path = `/conversations/${id}`;
        const answers = [
          await visitor.call('GET', `${path}/events`),
          await visitor.call('PUT', `${path}/typing`, { typing: true }),
          await visitor.call('PUT', `${path}/receipt`, { eventId: answer }),
          await visitor.call('POST', '/events', message('fremd', id)),
        ];
        assert.equal(
          answers.map(({ status, body }) => [status, body['errcode']]),
          answers.map(() => [404, 'M_NOT_FOUND']),
        );
      }
    }
    const [own] = await neighbour.conversations();
    assert.is(
      (await neighbour.call('PUT', `/conversations/${own?.id}/receipt`, { eventId: answer })).status,
      404,
      'an event of another room',
    );
    assert.not.match(neighbour.everything() + elsewhere.everything() + beginner.everything(), 'nur für eine');
    assert.is((await talk.visitor.conversations()).length, 1);
    await agent.say(talk.roomId, `${CANARY} danach`);
    assert.not.ok((await agent.messages(talk.roomId, 50)).some(({ content }) => content['body'] === 'fremd'));
  },
);

isolation('a mark for older events of another room shows nothing of that room', async ({ stack, company, agent, talk }) => {
  const neighbour = await openVisitor(stack, company.slug);
  const { conversationId } = await neighbour.say(`${CANARY} nebenan`);
  for (let index = 0; index < 3; index += 1) await agent.say(talk.roomId, `${CANARY} Seite ${index}`);
  const page = await talk.visitor.call('GET', `/conversations/${talk.id}/events?limit=1`);
  const before = encodeURIComponent(String(page.body['before']));
  const read = await neighbour.call('GET', `/conversations/${conversationId}/events?limit=50&before=${before}`);
  // The mark is a place in the homeserver's order of all events: it leads to the neighbour's own room and nowhere else.
  assert.is(read.status, 200);
  assert.not.match(JSON.stringify(read.body), 'Seite');
});

isolation('an unknown token, none, and one of another kind are refused with 401', async ({ stack, company }) => {
  const { ticket } = await panelSettings(stack, company.slug);
  const url = `${stack.appUrl}/api/v1/visitor/conversations`;
  for (const token of ['v_unknown', `v_${'A'.repeat(43)}`, ticket ?? '', stack.operatorToken]) {
    const { status, body } = await callJson(url, { token });
    assert.equal([status, body['errcode']], [401, 'M_UNKNOWN_TOKEN'], token.slice(0, 4));
  }
  const { status, body } = await callJson(url);
  assert.equal([status, body['errcode']], [401, 'M_MISSING_TOKEN']);
});

isolation('a session that was ended is worth nothing, and its streams close', async ({ stack, company, agent }) => {
  const talk = await openConversation(stack, company, agent);
  const early = await openVisitor(stack, company.slug);
  const streams = [await talk.visitor.openStream(), await talk.visitor.openStream()];
  const silent = await early.openStream();
  for (const visitor of [talk.visitor, early]) assert.is((await visitor.call('DELETE', '/session')).status, 204);
  await Promise.all([...streams, silent].map(({ ended }) => ended));
  for (const path of ['/conversations', '/stream', `/conversations/${talk.id}/events`]) {
    const { status, body } = await talk.visitor.call('GET', path);
    assert.equal([status, body['errcode']], [401, 'M_UNKNOWN_TOKEN'], path);
  }
  assert.is((await talk.visitor.trySay('noch da')).status, 401);
  assert.is((await talk.visitor.call('DELETE', '/session')).status, 401);
});

isolation('a ticket opens one session', async ({ stack, company }) => {
  const { ticket } = await panelSettings(stack, company.slug);
  const open = () => callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de' } });
  const [one, two] = await Promise.all([open(), open()]);
  assert.is([one, two].filter(({ status }) => status === 201).length, 1);
  const again = await open();
  assert.equal([again.status, again.body['errcode'], again.body['field']], [403, 'COM_SMOOPE_TICKET_USED', 'body.ticket']);
});

isolation('how often and when the team writes about a conversation cannot be seen', async ({ agent, company, talk }) => {
  const before = (await talk.visitor.conversations()).find(({ id }) => id === talk.id);
  const stream = await talk.visitor.openStream(`${talk.id}:${before?.lastSeq ?? 0}`);
  const begin = stream.messages.length;
  for (const words of ['eine Notiz', 'noch eine', '!who'])
    await agent.send(company.teamRoomId, 'm.room.message', inReply(talk.announcement.event_id, `${CANARY} ${words}`));
  const command = await agent.say(talk.roomId, '!label Stammkunde');
  await agent.waitForEvent(talk.roomId, 'the redaction', ({ content, redacts }) => (content['redacts'] ?? redacts) === command);
  await agent.say(talk.roomId, `${CANARY} danach`);
  const after = await stream.waitForBody(`${CANARY} danach`);
  assert.is(after.seq, (before?.lastSeq ?? 0) + 1);
  assert.equal(
    stream.messages.slice(begin).flatMap(({ name }) => (name === 'event' ? [name] : [])),
    ['event'],
  );
  await stream.close();
});

isolation.run();
