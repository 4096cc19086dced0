import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inReply } from '../agents/agent.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, jsonRequest, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, OTHER_SLUG, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, panelSettings, visitorWith, type Visitor } from '../visitor-client.ts';
import { uploadAsAgent } from '../visitor-media.ts';
import { eventually } from '../waiting.ts';

type Operation = {
  readonly security?: readonly Record<string, unknown>[];
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Record<string, unknown> };
};
type Named = { readonly name: string; readonly method: string; readonly path: string; readonly operation: Operation };
type Context = {
  stack: StackAccess;
  company: TestCompany;
  agent: CompanyAgent;
  talk: OpenConversation;
  operations: readonly Named[];
  /** An event of the conversation that is to stay its person's alone; it carries a file. */
  eventId: string;
  /** Somebody with a conversation at the same company, somebody with one at another, and somebody with none. */
  strangers: { neighbour: Visitor; elsewhere: Visitor; beginner: Visitor };
};

/** Both suites have the same conversation. */
const shared = {} as Context;
const routes = suite('every route of the API document, with the token of a stranger', shared);
const isolation = suite('tokens of visitors', shared);

const SECRET = `${CANARY} nur zwischen diesen beiden`;
const VISITOR = '/api/v1/visitor';

routes.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent, SECRET);
  const url = await uploadAsAgent(context.stack, context.agent, Buffer.from(SECRET), 'text/plain');
  const answer = { msgtype: 'm.file', body: `${SECRET}, und die Antwort`, filename: 'kanari.txt', url };
  context.eventId = await context.agent.send(context.talk.roomId, 'm.room.message', answer);
  await eventually('the answer', async () =>
    (await context.talk.visitor.history(context.talk.id)).some(({ eventId }) => eventId === context.eventId) ? true : undefined,
  );
  context.strangers = {
    neighbour: await neighbourAt(context.stack, context.company.slug),
    elsewhere: await neighbourAt(context.stack, OTHER_SLUG),
    beginner: await openVisitor(context.stack, context.company.slug),
  };
  const { body } = await callJson(`${context.stack.appUrl}/api/v1/openapi.json`);
  context.operations = Object.entries(body['paths'] as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
});
isolation.after(async ({ agent }) => {
  await agent.stop();
});

/** Requests that would do something in the hands of the right person; a route that takes a body and is not named here fails the test. */
const bodies = ({ talk, eventId }: Context): Readonly<Record<string, unknown>> => ({
  [`POST ${VISITOR}/events`]: {
    type: 'm.room.message',
    content: { msgtype: 'm.text', body: 'fremd' },
    txnId: newTxnId(),
    conversationId: talk.id,
  },
  [`PUT ${VISITOR}/conversations/{conversationId}/typing`]: { typing: true },
  [`PUT ${VISITOR}/conversations/{conversationId}/receipt`]: { eventId },
  [`PUT ${VISITOR}/conversations/{conversationId}/rating`]: { score: 1 },
  [`POST ${VISITOR}/media`]: 'fremd',
  [`PUT ${VISITOR}/fields`]: { fields: {} },
  [`POST ${VISITOR}/identity`]: { token: 'a.b.c' },
  [`POST ${VISITOR}/session/codes`]: { purpose: 'app' },
  [`POST ${VISITOR}/sessions`]: { code: talk.visitor.token, locale: 'de' },
});

/** Names something of the other person: in its path, its query or its body. */
const pointsAtOthers = (context: Context, { name, operation }: Named): boolean =>
  (operation.parameters ?? []).some((parameter) => ['conversationId', 'eventId'].includes(parameter.name)) ||
  JSON.stringify(bodies(context)[name] ?? '').includes(context.talk.id);

async function ask(context: Context, { name, method, path, operation }: Named, token: string) {
  const { stack, company, talk, eventId } = context;
  const values: Record<string, string> = {
    conversationId: talk.id,
    eventId,
    slug: company.slug,
    filename: 'fremd.txt',
    channel: 'widget',
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => encodeURIComponent(values[key] ?? 'unbekannt'));
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    const value = values[parameter.name];
    if (parameter.in === 'query' && value !== undefined) query.set(parameter.name, value);
  }
  const body = bodies(context)[name];
  if (operation.requestBody !== undefined && path.startsWith(VISITOR)) assert.ok(body, `${name} is new: name a body for it here`);
  const isFile = operation.requestBody !== undefined && 'application/octet-stream' in operation.requestBody.content;
  const headers = { 'last-event-id': `${talk.id}:0`, ...(isFile ? { 'content-type': 'text/plain' } : {}) };
  const connection = new AbortController();
  const request = jsonRequest({ method, token, body, headers, signal: connection.signal });
  const response = await fetch(`${stack.appUrl}${filled}?${query.toString()}`, request);
  // The stream stays open until we leave.
  const leaving = setTimeout(() => connection.abort(), 1500);
  let text = '';
  try {
    for await (const part of response.body ?? []) text += new TextDecoder().decode(part);
  } catch {
    // What came until then is what there is to judge.
  }
  clearTimeout(leaving);
  return { status: response.status, text };
}

const ofVisitors = ({ operations }: Context) => operations.filter(({ operation }) => operation.security?.some((way) => 'visitor' in way));

/** Somebody with a conversation of their own. */
async function neighbourAt(stack: StackAccess, slug: string): Promise<Visitor> {
  const visitor = await openVisitor(stack, slug);
  await visitor.say(`${CANARY} eigenes`);
  return visitor;
}

routes('the document names routes of visitors, of the operator, and some for everybody', async (context) => {
  const { operations } = context;
  assert.ok(ofVisitors(context).length >= 15, 'visitors');
  assert.ok(operations.filter(({ operation }) => operation.security?.some((way) => 'operator' in way)).length >= 15, 'operator');
  assert.ok(ofVisitors(context).filter((named) => pointsAtOthers(context, named)).length >= 8, 'routes that name a conversation');
});

routes('its person reads the file that the others ask for', async (context) => {
  const named = ofVisitors(context).find(({ path }) => path.includes('/media/{eventId}'));
  assert.ok(named);
  assert.equal(await ask(context, named, context.talk.visitor.token), { status: 200, text: SECRET });
});

routes('what names a conversation, event or file of somebody else answers 404, as if there were none', async (context) => {
  for (const named of ofVisitors(context).filter((each) => pointsAtOthers(context, each)))
    for (const [who, { token }] of Object.entries(context.strangers)) {
      const { status, text } = await ask(context, named, token);
      assert.equal([status, (JSON.parse(text) as { errcode?: string }).errcode], [404, 'M_NOT_FOUND'], `${named.name} by ${who}: ${text}`);
    }
});

routes("what is about the asking person alone shows nothing of somebody else's", async (context) => {
  const { stack, company, talk, agent } = context;
  for (const named of ofVisitors(context).filter((each) => !pointsAtOthers(context, each))) {
    const { status, text } = await ask(context, named, (await openVisitor(stack, company.slug)).token);
    assert.ok(status < 500, `${named.name}: ${status}`);
    for (const theirs of [talk.id, talk.roomId, context.eventId, SECRET, agent.displayName])
      assert.not.match(text, theirs, `${named.name}: ${theirs}`);
  }
});

routes('what is the operator’s or the homeserver’s is refused with 401', async (context) => {
  const { token } = await openVisitor(context.stack, context.company.slug);
  const guarded = context.operations.filter(({ operation }) => operation.security?.some((way) => !('visitor' in way)));
  for (const named of guarded) {
    const { status, text } = await ask(context, named, token);
    assert.is(status, 401, `${named.name}: ${text}`);
  }
});

routes('what is for everybody shows nothing of anybody', async (context) => {
  const { talk, eventId } = context;
  const { token } = await openVisitor(context.stack, context.company.slug);
  for (const named of context.operations.filter(({ operation }) => operation.security === undefined)) {
    const { status, text } = await ask(context, named, token);
    assert.ok(status < 500, `${named.name}: ${status}`);
    for (const theirs of [talk.id, talk.roomId, eventId, SECRET]) assert.not.match(text, theirs, named.name);
  }
});

routes('after all this the conversation is as it was, for its person and for its agent', async ({ talk, agent, eventId }) => {
  const [conversation] = await talk.visitor.conversations();
  assert.equal([conversation?.id, conversation?.status], [talk.id, 'open']);
  assert.ok((await talk.visitor.history(talk.id)).some((event) => event.eventId === eventId));
  assert.not.match(JSON.stringify(await agent.messages(talk.roomId, 50)), 'fremd');
});

const message = (body: string, conversationId?: string) => ({
  type: 'm.room.message',
  content: { msgtype: 'm.text', body },
  txnId: newTxnId(),
  ...(conversationId === undefined ? {} : { conversationId }),
});

isolation(
  "with another visitor's or another company's conversation or event every route answers 404",
  async ({ agent, talk, strangers: { neighbour, elsewhere, beginner } }) => {
    const answer = await agent.say(talk.roomId, `${CANARY} nur für eine`);
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

isolation('a mark for older events of another room shows nothing of that room', async ({ agent, talk, strangers: { neighbour } }) => {
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

isolation('a session that was ended is worth nothing, and its streams close', async ({ stack, company, talk }) => {
  const { body: code } = await talk.visitor.call('POST', '/session/codes', { purpose: 'resume' });
  const opened = await talk.visitor.call('POST', '/sessions', { code: code['code'], locale: 'de' });
  const second = visitorWith(stack, String(opened.body['token']));
  assert.is((await second.conversations()).length, 1);
  const early = await openVisitor(stack, company.slug);
  const streams = [await second.openStream(), await second.openStream()];
  const silent = await early.openStream();
  for (const visitor of [second, early]) assert.is((await visitor.call('DELETE', '/session')).status, 204);
  await Promise.all([...streams, silent].map(({ ended }) => ended));
  for (const path of ['/conversations', '/stream', `/conversations/${talk.id}/events`]) {
    const { status, body } = await second.call('GET', path);
    assert.equal([status, body['errcode']], [401, 'M_UNKNOWN_TOKEN'], path);
  }
  assert.is((await second.trySay('noch da')).status, 401);
  assert.is((await second.call('DELETE', '/session')).status, 401);
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

routes.run();
isolation.run();
