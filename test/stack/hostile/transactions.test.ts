import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { countRows, openRows, whenOutboxIsDone } from '../conversation-facts.ts';
import { countEvents, pushText, pushTransaction } from '../homeserver-transactions.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor, type VisitorStream } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  talk: OpenConversation;
  stream: VisitorStream;
};

const transactions = suite<Context>('transactions of the homeserver');

transactions.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
  context.stream = await context.talk.visitor.openStream(`${context.talk.id}:0`);
});
transactions.after(async ({ agent, rows, stream }) => {
  await stream.close();
  await agent.stop();
  await rows.destroy();
});

let made = 0;

/** An event as the homeserver would deliver it. */
function event({ agent, talk }: Context, changes: Record<string, unknown> = {}): Record<string, unknown> {
  made += 1;
  return {
    event_id: `$made-${made}-${randomUUID()}`,
    room_id: talk.roomId,
    sender: agent.userId,
    type: 'm.room.message',
    content: { msgtype: 'm.text', body: `${CANARY} gemacht ${made}` },
    origin_server_ts: Date.now(),
    ...changes,
  };
}

/** Runs what must have no effect: no row, nothing on the stream, the service lives on. Answers what the counters say of it. */
async function withoutEffect(context: Context, act: () => Promise<unknown>): Promise<Record<string, number>> {
  const { rows, company, stack, stream, talk } = context;
  const row = async (): Promise<unknown> => rows('conversation').where({ id: talk.id }).first<unknown>();
  // The announcement follows what happened before, and its edits are events too.
  const conversation = await eventually('a quiet conversation', async () => {
    await whenOutboxIsDone(rows, talk.id);
    const then = await row();
    await wait(700);
    return isDeepStrictEqual(await row(), then) ? then : undefined;
  });
  const [before, counted, heard] = [await countRows(rows, company), await countEvents(stack), stream.messages.length];
  await act();
  assert.equal(await countRows(rows, company), before);
  assert.equal(await row(), conversation);
  const after = await countEvents(stack);
  const mark = event(context);
  assert.is((await pushTransaction(stack, [mark])).status, 200);
  await stream.waitForEvent('the mark', ({ eventId }) => eventId === mark['event_id']);
  assert.equal(
    stream.messages.slice(heard).flatMap(({ name, data }) => (name === 'event' ? [data.eventId] : [])),
    [mark['event_id']],
  );
  return Object.fromEntries(Object.entries(after).map(([outcome, count]) => [outcome, count - (counted[outcome] ?? 0)]));
}

transactions('the same transaction twice has the effect of one', async (context) => {
  const txnId = randomUUID();
  const one = event(context);
  const transaction = () => pushTransaction(context.stack, [one], { txnId });
  const answers = await Promise.all([transaction(), transaction()]);
  assert.equal(
    answers.map(({ status }) => status),
    [200, 200],
  );
  await context.stream.waitForEvent('the event', ({ eventId }) => eventId === one['event_id']);
  await withoutEffect(context, async () => assert.is((await transaction()).status, 200));
  // The same id with other content is a repetition too: the homeserver's word for "once" is the id.
  await withoutEffect(context, async () => assert.is((await pushTransaction(context.stack, [event(context)], { txnId })).status, 200));
});

transactions('the same event in another transaction has no effect', async (context) => {
  const one = event(context);
  await pushTransaction(context.stack, [one, one]);
  await context.stream.waitForEvent('the event', ({ eventId }) => eventId === one['event_id']);
  await withoutEffect(context, () => pushTransaction(context.stack, [one]));
});

transactions('a command is carried out once, however often it is delivered', async (context) => {
  const { stack, talk, stream } = context;
  const command = event(context, { content: { msgtype: 'm.text', body: '!close' } });
  await pushTransaction(stack, [command]);
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  await talk.visitor.say(`${CANARY} wieder auf`);
  await stream.waitForBody(`${CANARY} wieder auf`);
  await withoutEffect(context, () => pushTransaction(stack, [command]));
  await withoutEffect(context, () => pushTransaction(stack, [{ ...command, content: {} }]));
  assert.is((await talk.visitor.conversations())[0]?.status, 'open');
});

transactions('with a wrong token, or none, nothing is taken and nothing told', async (context) => {
  const { stack } = context;
  await withoutEffect(context, async () => {
    for (const token of ['w'.repeat(43), stack.secrets.appserviceToken, stack.operatorToken, `${stack.secrets.homeserverToken}x`]) {
      const { status, body } = await pushTransaction(stack, [event(context)], { token });
      assert.equal([status, body['errcode']], [403, 'M_FORBIDDEN']);
    }
    const url = `${stack.appUrl}/_matrix/app/v1/transactions/1`;
    assert.is((await callJson(url, { method: 'PUT', body: { events: [event(context)] } })).status, 401);
    const inQuery = `${url}?access_token=${stack.secrets.homeserverToken}`;
    assert.is((await callJson(inQuery, { method: 'PUT', body: { events: [] } })).status, 401, 'a token in an address is none');
    assert.is((await callJson(`${stack.appUrl}/_matrix/app/v1/ping`, { method: 'POST', body: {}, token: 'w'.repeat(43) })).status, 403);
  });
});

transactions('malformed events are counted and dropped, and hold up no other', async (context) => {
  const { stack } = context;
  const malformed: unknown[] = [
    null,
    7,
    'event',
    [],
    {},
    event(context, { event_id: undefined }),
    event(context, { event_id: 'no-dollar' }),
    event(context, { event_id: `$${'x'.repeat(300)}` }),
    event(context, { room_id: '../../etc' }),
    event(context, { room_id: ['!a'] }),
    event(context, { sender: 'nobody' }),
    event(context, { sender: `@${'x'.repeat(300)}:example.org` }),
    event(context, { type: '' }),
    event(context, { type: 'x'.repeat(300) }),
    event(context, { content: null }),
    event(context, { content: ['list'] }),
    event(context, { content: 'text' }),
    event(context, { origin_server_ts: -1 }),
    event(context, { origin_server_ts: 'now' }),
    event(context, { origin_server_ts: 1e300 }),
    event(context, { state_key: 5 }),
  ];
  const counted = await withoutEffect(context, async () => assert.is((await pushTransaction(stack, malformed)).status, 200));
  assert.is(counted['invalid'], malformed.length);
  const good = event(context);
  await pushTransaction(stack, [malformed[3], good, malformed[4]]);
  await context.stream.waitForEvent('the good one', ({ eventId }) => eventId === good['event_id']);
});

transactions('events of rooms that are not ours, and of strangers in ours, are ignored', async (context) => {
  const strangers = [
    event(context, { room_id: '!elsewhere:example.org' }),
    event(context, { room_id: '!elsewhere', type: 'm.room.member', state_key: context.agent.userId, content: { membership: 'join' } }),
    event(context, { sender: '@stranger:example.org' }),
    event(context, { sender: '@stranger:example.org', content: { msgtype: 'm.text', body: '!close' } }),
    event(context, { sender: '@visitor_00_00000000000000000000:example.org' }),
  ];
  await withoutEffect(context, async () => assert.is((await pushTransaction(context.stack, strangers)).status, 200));
});

transactions('a tombstone leads nowhere, as state or as a message', async (context) => {
  const { agent, stack, talk } = context;
  const replacement = { body: 'moved', replacement_room: '!attacker:example.org' };
  const state = await agent.call('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/state/m.room.tombstone/`, replacement);
  assert.is(state.errcode, 'M_FORBIDDEN');
  await withoutEffect(context, () =>
    pushTransaction(stack, [
      event(context, { type: 'm.room.tombstone', state_key: '', content: replacement }),
      event(context, { type: 'm.room.create', state_key: '', content: { predecessor: { room_id: '!attacker:example.org' } } }),
    ]),
  );
  // Synapse takes no tombstone as a message; another homeserver might.
  const message = event(context, { type: 'm.room.tombstone', content: replacement });
  await pushTransaction(stack, [message]);
  const shown = await context.stream.waitForEvent('the message', ({ eventId }) => eventId === message['event_id']);
  assert.equal([shown.type, shown.content], ['m.room.tombstone', replacement]);
  const sent = await talk.visitor.say(`${CANARY} hier`);
  assert.is(sent.conversationId, talk.id);
  await agent.waitForEvent(talk.roomId, 'the words in the old room', ({ event_id: id }) => id === sent.eventId);
});

transactions('keys like __proto__ and constructor change nothing but the event they stand in', async (context) => {
  const { stack, stream } = context;
  const one = event(context, { type: 'com.example.keys' });
  const text = JSON.stringify({ events: [one] }).replace(
    '"content":{',
    '"content":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"m.relates_to":{"__proto__":{"event_id":"$x"}},',
  );
  // A refusal would have the homeserver repeat this transaction, and with it stop all companies, for ever.
  assert.is((await pushText(stack, text)).status, 200);
  await stream.waitForEvent('the event', ({ eventId }) => eventId === one['event_id']);
  const keys = await context.agent.send(
    context.talk.roomId,
    'com.example.keys',
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}') as never,
  );
  const shown = await stream.waitForEvent('the event', ({ eventId }) => eventId === keys);
  assert.equal(Object.keys(shown.content).toSorted(), ['constructor', 'toString']);
  assert.is(({} as { polluted?: boolean }).polluted, undefined);
  assert.is((await openVisitor(stack, context.company.slug)).token.length > 20, true);
});

transactions('addresses of media that are none are not indexed', async (context) => {
  const { rows, stack, stream } = context;
  const addresses = ['mxc://../', 'mxc://../../_matrix', 'mxc://a/../b', 'https://example.org/x', 'mxc://a b/c', 'mxc://', 7, { a: 1 }];
  for (const url of addresses) {
    const one = event(context, { content: { msgtype: 'm.image', body: 'x', url, info: { thumbnail_url: url }, file: { url } } });
    assert.is((await pushTransaction(stack, [one])).status, 200);
    await stream.waitForEvent('the event', ({ eventId }) => eventId === one['event_id']);
    const [row] = await rows<{ event_id: string; mxc: string[] }>('conversation_event').where({ event_id: String(one['event_id']) });
    assert.equal(row?.mxc, [], JSON.stringify(url));
  }
});

transactions('receipts and typing that name other rooms, strangers or nonsense have no effect', async (context) => {
  const { agent, company, stack, stream, talk } = context;
  const { eventId: foreign } = await (await openVisitor(stack, company.slug)).say(`${CANARY} anderswo`);
  const receipt = (content: unknown, room: unknown = talk.roomId) => ({ type: 'm.receipt', room_id: room, content });
  const read = (userId: string) => ({ 'm.read': { [userId]: { ts: 1 } } });
  await talk.visitor.say(`${CANARY} ungelesen`);
  const [before] = await talk.visitor.conversations();
  const ephemeral = [
    receipt({ [foreign]: read(agent.userId) }),
    receipt({ [foreign]: read('@stranger:example.org') }),
    receipt({ $nothing: read(agent.userId), __proto__: read(agent.userId) }),
    receipt({ $nothing: { 'm.read': null } }),
    receipt([]),
    receipt(null, '!elsewhere'),
    receipt({ [talk.announcement.event_id]: read(agent.userId) }),
    { type: 'm.typing', room_id: talk.roomId, content: { user_ids: ['@stranger:example.org'] } },
    { type: 'm.typing', room_id: talk.roomId, content: { user_ids: 'everybody' } },
    { type: 'm.typing', room_id: 5, content: {} },
    { type: 'm.presence', content: {} },
    null,
    'x',
  ];
  const typingBefore = stream.messages.length;
  assert.is((await pushTransaction(stack, [], { ephemeral })).status, 200);
  const [after] = await talk.visitor.conversations();
  assert.equal([after?.readByCompanySeq, after?.readByPersonSeq], [before?.readByCompanySeq, before?.readByPersonSeq]);
  const typing = stream.messages.slice(typingBefore).flatMap((message) => (message.name === 'typing' ? message.data.senders : []));
  assert.equal(typing, []);
});

transactions('oversize names and texts are cut off by the homeserver or shown as text, never as anything else', async (context) => {
  const { agent, company, stack, stream, talk } = context;
  const name = 'Ж'.repeat(20_000);
  const profile = await agent.call('PUT', `/_matrix/client/v3/profile/${encodeURIComponent(agent.userId)}/displayname`, {
    displayname: name,
  });
  assert.is(profile.status, 403);
  const renamed = await company.operate('POST', '/members', { userId: agent.userId, role: 'agent', displayName: 'x'.repeat(81) });
  assert.equal([renamed.status, renamed.body['field']], [400, 'body.displayName']);
  await pushTransaction(stack, [
    event(context, { type: 'm.room.member', state_key: agent.userId, content: { membership: 'join', displayname: name } }),
  ]);
  const long = `${CANARY} ${'<b>'.repeat(9_000)}`;
  const eventId = await agent.send(talk.roomId, 'm.room.message', {
    msgtype: 'm.text',
    body: long,
    format: 'org.matrix.custom.html',
    formatted_body: long,
  });
  const shown = await stream.waitForEvent('the long text', (one) => one.eventId === eventId);
  assert.is(shown.sender.name, agent.displayName);
  assert.not.match(talk.visitor.everything(), 'ЖЖЖЖ');
});

transactions('what the homeserver asks for by name is answered: nothing is made because somebody asks', async ({ stack }) => {
  const ask = (path: string) => callJson(`${stack.appUrl}/_matrix/app/v1${path}`, { token: stack.secrets.homeserverToken });
  assert.is((await ask('/users/@visitor_00_x:smoope.localhost')).status, 404);
  assert.is((await ask('/rooms/%23team_00_x:smoope.localhost')).status, 404);
  const ping = await callJson(`${stack.appUrl}/_matrix/app/v1/ping`, {
    method: 'POST',
    token: stack.secrets.homeserverToken,
    body: { transaction_id: null },
  });
  assert.is(ping.status, 200);
});

transactions.run();
