import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, jsonRequest, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, type Visitor } from '../visitor-client.ts';
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
};

const routes = suite<Context>('every route of the API document, with the token of a stranger');

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
routes.after(async ({ agent }) => {
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
  const request = jsonRequest({ method, token, body, headers, signal: AbortSignal.timeout(1500) });
  const response = await fetch(`${stack.appUrl}${filled}?${query.toString()}`, request);
  let text = '';
  try {
    for await (const part of response.body ?? []) text += new TextDecoder().decode(part);
  } catch {
    // The stream stays open until we leave.
  }
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
  const { stack, company } = context;
  const other = await newCompany(stack);
  const strangers = {
    neighbour: await neighbourAt(stack, company.slug),
    elsewhere: await neighbourAt(stack, other.slug),
    beginner: await openVisitor(stack, company.slug),
  };
  for (const named of ofVisitors(context).filter((each) => pointsAtOthers(context, each)))
    for (const [who, { token }] of Object.entries(strangers)) {
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

routes.run();
