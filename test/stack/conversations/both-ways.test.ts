import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, type VisitorStream } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; talk: OpenConversation; stream: VisitorStream };

const both = suite<Context>('both ways');

both.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
  context.stream = await context.talk.visitor.openStream();
});
both.after(async ({ agent, stream }) => {
  await stream.close();
  await agent.stop();
});

both('what the visitor writes reaches the agent as it was written', async ({ agent, talk }) => {
  const words = `${CANARY} <b>Grüße</b> & 😀\nzweite Zeile`;
  const sent = await talk.visitor.say(words);
  const event = await agent.waitForEvent(talk.roomId, 'the words', ({ event_id: id }) => id === sent.eventId);
  assert.equal(event.content, { msgtype: 'm.text', body: words });
  assert.match(event.sender, /^@visitor_[0-9a-f]{2}_[0-9a-f]{20}:/);
});

both('what the visitor writes comes over the own stream once, with the txnId it was sent with', async ({ talk, stream }) => {
  const txnId = `own-${Date.now()}`;
  const sent = await talk.visitor.say(`${CANARY} eigenes`, { txnId });
  const own = await stream.waitForEvent('the own message', ({ eventId }) => eventId === sent.eventId);
  assert.equal([own.sender.kind, own.seq, own.txnId], ['person', sent.seq, txnId]);
  await talk.visitor.say(`${CANARY} danach`);
  await stream.waitForBody(`${CANARY} danach`);
  assert.is(stream.bodies().filter((body) => body === `${CANARY} eigenes`).length, 1);
});

both('an answer reaches the stream with the name that the company chose', async ({ agent, talk, stream, company }) => {
  const eventId = await agent.say(talk.roomId, `${CANARY} Antwort`);
  const answer = await stream.waitForEvent('the answer', (event) => event.eventId === eventId);
  assert.is(bodyOf(answer), `${CANARY} Antwort`);
  assert.equal(answer.text, [`${CANARY} Antwort`]);
  assert.equal([answer.sender.kind, answer.sender.name, answer.sender.pictureUrl], ['agent', agent.displayName, null]);
  const summary = await stream.waitForSummary('the conversation to be open', ({ status }) => status === 'open');
  assert.equal(
    summary.answering.map(({ name }) => name),
    [agent.displayName],
  );
  assert.is.not(agent.displayName, company.name);
});

both('an agent without a chosen name answers as the company, with the picture of the company', async ({ company, agent, talk, stream }) => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  assert.is((await company.operate('PUT', '/logo', { image: png })).status, 200);
  assert.is((await company.operate('POST', '/members', { userId: agent.userId, role: 'agent', displayName: null })).status, 200);
  const eventId = await agent.say(talk.roomId, `${CANARY} als Firma`);
  const answer = await stream.waitForEvent('the answer', (event) => event.eventId === eventId);
  assert.equal([answer.sender.name, answer.sender.pictureUrl], [company.name, `/api/v1/companies/${company.slug}/logo`]);
  await company.operate('POST', '/members', { userId: agent.userId, role: 'agent', displayName: agent.displayName });
  await company.operate('PUT', '/logo', { image: null });
});

both('formatted text arrives as allowed nodes, and hostile HTML as nothing else', async ({ agent, talk, stream }) => {
  const hostile = [
    '<mx-reply><blockquote>kanari zitiert</blockquote></mx-reply>',
    '<p>Lieber <strong>Kunde</strong>, <em>bitte</em> <a href="https://example.org/?a=1&amp;b=2" onclick="alert(1)">hier</a>',
    '<img src=x onerror=alert(1)><script>alert(2)</script><style>*{}</style><iframe src="javascript:alert(3)">x</iframe>',
    '<a href="javascript:alert(4)">böse</a><a href="java&#10;script:alert(5)">auch</a><a href="data:text/html,x">so</a>',
    '<span style="position:fixed">Rahmen</span><svg><a href="https://example.org">svg</a></svg></p>',
    '<ul><li>eins</li><li>zwei</li></ul><pre><code>a &lt; b</code></pre><form><input name=q><button>Knopf</button></form>',
  ].join('');
  const eventId = await agent.send(talk.roomId, 'm.room.message', {
    msgtype: 'm.text',
    body: `${CANARY} formatiert`,
    format: 'org.matrix.custom.html',
    formatted_body: hostile,
  });
  const { text } = await stream.waitForEvent('the formatted text', (event) => event.eventId === eventId);
  assert.equal(text, [
    {
      tag: 'p',
      children: [
        'Lieber ',
        { tag: 'b', children: ['Kunde'] },
        ', ',
        { tag: 'i', children: ['bitte'] },
        ' ',
        { tag: 'a', href: 'https://example.org/?a=1&b=2', children: ['hier'] },
        'böseauchsoRahmen',
      ],
    },
    {
      tag: 'ul',
      children: [
        { tag: 'li', children: ['eins'] },
        { tag: 'li', children: ['zwei'] },
      ],
    },
    { tag: 'pre', children: [{ tag: 'code', children: ['a < b'] }] },
    'Knopf',
  ]);
  const again = (await talk.visitor.history(talk.id)).find((event) => event.eventId === eventId);
  assert.equal(again?.text, text);
});

both('an unknown event type passes to the visitor as it is', async ({ agent, talk, stream }) => {
  const content = { 'com.example.shape': { list: [1, 'zwei', null, { drei: true }] }, body: `${CANARY} unbekannt` };
  const eventId = await agent.send(talk.roomId, 'com.example.unknown', content);
  const event = await stream.waitForEvent('the unknown event', (one) => one.eventId === eventId);
  assert.equal([event.type, event.content, event.text], ['com.example.unknown', content, undefined]);
});

both('a message that the agent takes back loses its words for the visitor', async ({ agent, talk, stream }) => {
  const eventId = await agent.say(talk.roomId, `${CANARY} versehentlich`);
  await stream.waitForEvent('the message', (event) => event.eventId === eventId);
  const redaction = await agent.redact(talk.roomId, eventId);
  const event = await stream.waitForEvent('the redaction', (one) => one.eventId === redaction);
  assert.equal([event.type, event.redacts], ['m.room.redaction', eventId]);
  const taken = (await talk.visitor.history(talk.id)).find((one) => one.eventId === eventId);
  assert.equal([taken?.content, taken?.text], [{}, undefined]);
});

both('typing is seen on the other side, both ways, and stops', async ({ agent, talk, stream }) => {
  await agent.type(talk.roomId, true);
  await stream.waitForTyping('the agent to type', ({ senders }) => senders.some(({ name }) => name === agent.displayName));
  const before = stream.messages.length;
  await agent.type(talk.roomId, false);
  await eventually('the agent to stop', async () =>
    stream.messages.slice(before).some((message) => message.name === 'typing' && message.data.senders.length === 0) ? true : undefined,
  );
  const path = `/conversations/${talk.id}/typing`;
  assert.is((await talk.visitor.call('PUT', path, { typing: true })).status, 204);
  const isTyping = (users: readonly string[] | undefined): boolean => users?.some((user) => user.startsWith('@visitor_')) === true;
  await agent.waitFor('the visitor to type', ({ kind, roomId, users }) => kind === 'typing' && roomId === talk.roomId && isTyping(users));
  const heard = agent.heard.length;
  assert.is((await talk.visitor.call('PUT', path, { typing: false })).status, 204);
  await eventually('the visitor to stop', async () =>
    agent.heard.slice(heard).some(({ kind, roomId, users }) => kind === 'typing' && roomId === talk.roomId && !isTyping(users))
      ? true
      : undefined,
  );
});

both('receipts are seen on the other side, both ways', async ({ agent, talk, stream }) => {
  const sent = await talk.visitor.say(`${CANARY} gelesen?`);
  await agent.waitForEvent(talk.roomId, 'the question', ({ event_id: id }) => id === sent.eventId);
  await agent.read(talk.roomId, sent.eventId);
  await stream.waitForSummary('the mark of the company', ({ readByCompanySeq }) => readByCompanySeq >= sent.seq);

  const answer = await agent.say(talk.roomId, `${CANARY} und du?`);
  const { seq } = await stream.waitForEvent('the answer', ({ eventId }) => eventId === answer);
  assert.is((await talk.visitor.conversations())[0]?.unread !== 0, true);
  assert.is((await talk.visitor.call('PUT', `/conversations/${talk.id}/receipt`, { eventId: answer })).status, 204);
  await agent.waitFor(
    'the receipt',
    ({ kind, eventId, userId }) => kind === 'receipt' && eventId === answer && userId?.startsWith('@visitor_') === true,
  );
  const summary = await stream.waitForSummary('the mark of the visitor', ({ readByPersonSeq }) => readByPersonSeq === seq);
  assert.is(summary.unread, 0);
});

both('a receipt for an event that the visitor never sees counts for what was before it', async ({ agent, talk, stream }) => {
  const sent = await talk.visitor.say(`${CANARY} vor dem Zustand`);
  const pinned = await agent.call('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/state/m.room.pinned_events/`, {
    pinned: [],
  });
  assert.is(pinned.status, 200);
  await agent.read(talk.roomId, String(pinned.body['event_id']));
  await stream.waitForSummary('the mark of the company', ({ readByCompanySeq }) => readByCompanySeq >= sent.seq);
});

both('an older receipt does not take a mark back', async ({ agent, talk, stream }) => {
  const first = await agent.say(talk.roomId, `${CANARY} älter`);
  const second = await agent.say(talk.roomId, `${CANARY} neuer`);
  const { seq } = await stream.waitForEvent('the newer one', ({ eventId }) => eventId === second);
  const path = `/conversations/${talk.id}/receipt`;
  for (const eventId of [second, first]) assert.is((await talk.visitor.call('PUT', path, { eventId })).status, 204);
  assert.is((await talk.visitor.conversations())[0]?.readByPersonSeq, seq);
});

both('a bot of the company speaks by notices, and each reaches the visitor once', async ({ stack, company, talk, stream }) => {
  const issued = await company.operate('POST', '/service-accounts', { name: 'bot' });
  assert.is(issued.status, 201);
  const { accessToken } = issued.body as { accessToken: string };
  const as = (method: string, path: string, body: unknown) =>
    fetch(`${stack.homeserverUrl}/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}` },
      body: JSON.stringify(body),
    });
  await eventually('the bot to be let in', async () => ((await as('POST', 'join', {})).status === 200 ? true : undefined));
  const content = { msgtype: 'm.notice', body: `${CANARY} automatisch` };
  assert.is((await as('PUT', 'send/m.room.message/bot1', content)).status, 200);
  assert.is((await as('PUT', 'send/m.room.message/bot2', { msgtype: 'm.notice', body: '!close' })).status, 200);
  const notice = await stream.waitForBody(`${CANARY} automatisch`);
  assert.equal([notice.content['msgtype'], notice.sender.kind, notice.sender.name], ['m.notice', 'agent', company.name]);
  await stream.waitForBody('!close');
  assert.is(stream.bodies().filter((body) => body === `${CANARY} automatisch`).length, 1);
  assert.is((await talk.visitor.conversations())[0]?.status, 'open', 'a notice is never obeyed');
});

both('nothing of ours comes to the agent twice', async ({ agent, talk }) => {
  const sent = await Promise.all([1, 2, 3, 4, 5].map((index) => talk.visitor.say(`${CANARY} einzeln ${index}`)));
  const last = await talk.visitor.say(`${CANARY} zuletzt`);
  await agent.waitForEvent(talk.roomId, 'the last one', ({ event_id: id }) => id === last.eventId);
  const bodies = (await agent.messages(talk.roomId, 30)).map(({ content }) => content['body']);
  assert.is(sent.length, 5);
  for (const index of [1, 2, 3, 4, 5]) assert.is(bodies.filter((body) => body === `${CANARY} einzeln ${index}`).length, 1);
});

both('nothing that the visitor was ever given holds the Matrix id of the agent', async ({ agent, talk, stream }) => {
  const known = await agent.say(talk.roomId, `${CANARY} gern`);
  await agent.send(talk.roomId, 'm.room.message', {
    msgtype: 'm.text',
    body: `> <${agent.userId}> ${CANARY} gern\n\n${CANARY} Nachtrag`,
    format: 'org.matrix.custom.html',
    formatted_body: `<mx-reply><blockquote><a href="https://matrix.to/#/${agent.userId}">${agent.userId}</a></blockquote></mx-reply>Wie <a href="https://matrix.to/#/${agent.userId}">die Kollegin</a> sagt: <a href="matrix:u/${agent.userId.slice(1)}">sie</a>`,
    'm.mentions': { user_ids: [agent.userId] },
    'm.relates_to': { 'm.in_reply_to': { event_id: known } },
  });
  const reply = await stream.waitForEvent('the reply', ({ content }) => 'm.relates_to' in content);
  assert.is(bodyOf(reply), `${CANARY} Nachtrag`);
  assert.equal(reply.text, ['Wie die Kollegin sagt: sie']);
  await talk.visitor.history(talk.id);
  await talk.visitor.conversations();
  assert.not.match(talk.visitor.everything(), agent.localpart);
});

both.run();
