import { dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runOperatorCommand } from '../../../appservice/commands/operator-command-line.ts';
import { inThread } from '../agents/agent.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { conversationState, untilAnswered, untilShown } from './team-room.ts';
import type { AgentEvent } from '../agents/agent.ts';

type Department = { id: string; key: string; spaceId: string; inboxRoomId: string; archived: boolean; members: string[] };
type Context = {
  stack: StackAccess;
  company: TestCompany;
  admin: CompanyAgent;
  anna: CompanyAgent;
  bernd: CompanyAgent;
  shipping: Department;
  /** A conversation that shipping has, and its announcement there. */
  shipped: { talk: OpenConversation; announcement: AgentEvent };
};

const departments = suite<Context>('departments');

async function listDepartments(company: TestCompany): Promise<Department[]> {
  return (await company.operate('GET', '/departments')).body['departments'] as Department[];
}

async function join(company: TestCompany, { key, spaceId, inboxRoomId }: Department, agent: CompanyAgent): Promise<void> {
  const path = `/departments/${key}/members/${encodeURIComponent(agent.userId)}`;
  assert.is((await company.operate('PUT', path)).status, 204);
  for (const roomId of [spaceId, inboxRoomId]) {
    // Not by the word of an invitation, which may be one of before.
    await eventually('the invitation of the department', async () => ((await tryJoin(agent, roomId)).status === 200 ? true : undefined));
  }
}

/** Hands a conversation over to shipping, and waits until who is not of the department is out of it. */
async function ship(context: Context, talk: OpenConversation): Promise<AgentEvent> {
  const announcement = await handOver(context, talk);
  await context.anna.waitFor('the end of the membership', ({ kind, roomId }) => kind === 'leave' && roomId === talk.roomId);
  return announcement;
}

departments.before(async (context) => {
  context.stack = sharedStackAccess();
  const company = await newCompany(context.stack);
  context.company = company;
  context.admin = await company.newAgent({ role: 'admin', displayName: `Chefin ${CANARY}` });
  context.anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  context.bernd = await company.newAgent({ displayName: `Bernd ${CANARY}` });
  const made = await company.operate('POST', '/departments', { key: 'versand', name: `Versand ${CANARY}` });
  assert.is(made.status, 201);
  context.shipping = made.body as Department;
  await join(company, context.shipping, context.bernd);
  const talk = await openConversation(context.stack, company, context.anna);
  context.shipped = { talk, announcement: await ship(context, talk) };
});
departments.after(async ({ admin, anna, bernd }) => {
  await Promise.all([admin.stop(), anna.stop(), bernd.stop()]);
});

const stateOf = async (agent: CompanyAgent, roomId: string, type: string, key = ''): Promise<Record<string, unknown>> =>
  (await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state/${type}/${encodeURIComponent(key)}`)).body;

const tryJoin = (agent: CompanyAgent, roomId: string) => agent.call('POST', `/_matrix/client/v3/join/${encodeURIComponent(roomId)}`);

/** Hands a conversation over and waits for its announcement in the inbox room of the department. */
async function handOver({ company, anna, bernd, shipping }: Context, talk: OpenConversation, to = 'versand'): Promise<AgentEvent> {
  await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, `!handover ${to}`));
  return bernd.waitForEvent(
    shipping.inboxRoomId,
    'the announcement in the department',
    ({ sender, content }) => sender === company.userId && String(content['body']).includes(`Unterhaltung ${talk.number} · `),
  );
}

departments('a department is a private space below the company, with an inbox room that its members alone may join', async (context) => {
  const { company, anna, bernd, shipping } = context;
  assert.equal(await stateOf(anna, company.spaceId, 'm.space.child', shipping.spaceId), {
    via: [context.stack.serverName],
    suggested: true,
  });
  assert.equal(await stateOf(bernd, shipping.spaceId, 'm.room.join_rules'), { join_rule: 'invite' });
  assert.equal((await stateOf(bernd, shipping.inboxRoomId, 'm.room.join_rules'))['allow'], [
    { type: 'm.room_membership', room_id: shipping.spaceId },
  ]);
  for (const roomId of [shipping.spaceId, shipping.inboxRoomId]) assert.is((await tryJoin(anna, roomId)).errcode, 'M_FORBIDDEN');
  assert.equal(
    (await listDepartments(company)).map(({ key, members }) => [key, members]),
    [['versand', [bernd.userId]]],
  );
});

departments(
  'a department is made once; another name for the same key, bad keys and strangers are refused',
  async ({ company, shipping }) => {
    const again = await company.operate('POST', '/departments', { key: 'versand', name: `Versand ${CANARY}` });
    assert.equal([again.status, again.body['id']], [200, shipping.id]);
    assert.is((await company.operate('POST', '/departments', { key: 'versand', name: 'Anderes' })).status, 409);
    for (const key of ['', 'Ver sand', 'a_b', '1a', '../x', 'x'.repeat(32)]) {
      const refused = await company.operate('POST', '/departments', { key, name: 'x' });
      assert.equal([refused.status, refused.body['field']], [400, 'body.key'], key);
    }
    assert.is((await company.operate('PUT', '/departments/versand/members/@fremd:example.org')).status, 404);
    assert.is((await company.operate('PUT', '/departments/fehlt/name', { name: 'x' })).status, 404);
  },
);

departments('!handover moves announcement and door, and takes out who is not of the department; admins stay', async (context) => {
  const { stack, company, admin, anna, bernd, shipping } = context;
  const talk = await openConversation(stack, company, anna);
  await admin.join(talk.roomId);
  const stream = await talk.visitor.openStream();
  const announcement = await ship(context, talk);
  assert.match(String(announcement.content['body']), `Versand ${CANARY}`);
  assert.is((await tryJoin(anna, talk.roomId)).errcode, 'M_FORBIDDEN', 'the company alone is no door any more');
  await untilShown(anna, company.teamRoomId, talk.announcement, `übergeben an Versand ${CANARY}`);
  await bernd.join(talk.roomId);
  await bernd.say(talk.roomId, `${CANARY} aus dem Versand`);
  await stream.waitForBody(`${CANARY} aus dem Versand`);
  assert.is((await conversationState(bernd, talk.roomId))['department'], 'versand');
  assert.is((await admin.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/messages?dir=b`)).status, 200);
  assert.equal(await stateOf(bernd, talk.roomId, 'm.space.parent', company.spaceId), {});
  // Commands work where it is now, and not where it was.
  await bernd.send(shipping.inboxRoomId, 'm.room.message', inThread(announcement.event_id, '!label Paket'));
  await untilShown(bernd, shipping.inboxRoomId, announcement, 'Labels: Paket');
  const old = await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!close'));
  const answer = await untilAnswered(anna, company.teamRoomId, old);
  assert.match(String(answer.content['body']), `Versand ${CANARY}`);
  assert.is((await talk.visitor.conversations())[0]?.status, 'open');
  await stream.close();
});

departments(
  '!handover - brings it back to the whole company, and unknown departments are answered with those there are',
  async (context) => {
    const { stack, company, anna, bernd, shipping } = context;
    const talk = await openConversation(stack, company, anna);
    const unknown = await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!handover Buchhaltung'));
    assert.match(String((await untilAnswered(anna, company.teamRoomId, unknown)).content['body']), `Versand ${CANARY} (versand)`);
    const announcement = await handOver(context, talk, `VERSAND ${CANARY}`);
    await anna.waitFor('the end of the membership', ({ kind, roomId }) => kind === 'leave' && roomId === talk.roomId);
    const heard = anna.heard.length;
    await bernd.send(shipping.inboxRoomId, 'm.room.message', inThread(announcement.event_id, '!handover -'));
    await anna.waitFor(
      'the announcement to be back',
      (item) =>
        anna.heard.indexOf(item) >= heard &&
        item.roomId === company.teamRoomId &&
        String(item.event?.content['body']).includes(`Unterhaltung ${talk.number} · wartet`),
    );
    await eventually('the door to be open again', async () => ((await tryJoin(anna, talk.roomId)).status === 200 ? true : undefined));
  },
);

departments('a repair puts back what is missing, and never opens a conversation of a department to the whole company', async (context) => {
  const {
    company,
    anna,
    bernd,
    shipping,
    shipped: { talk },
  } = context;
  await bernd.leave(shipping.inboxRoomId);
  assert.is((await company.operate('POST', '/repair')).status, 200);
  await eventually('the invitation again', async () => ((await tryJoin(bernd, shipping.inboxRoomId)).status === 200 ? true : undefined));
  await bernd.join(talk.roomId);
  assert.equal((await stateOf(bernd, talk.roomId, 'm.room.join_rules'))['allow'], [
    { type: 'm.room_membership', room_id: shipping.spaceId },
  ]);
  assert.is((await tryJoin(anna, talk.roomId)).errcode, 'M_FORBIDDEN');
});

departments('a department is renamed on Matrix too, and archived once nothing is open in it', async (context) => {
  const { stack, company, anna, bernd, shipping, shipped } = context;
  const made = await company.operate('POST', '/departments', { key: 'messe', name: 'Messe' });
  const fair = made.body as Department;
  await join(company, fair, bernd);
  assert.is((await company.operate('PUT', '/departments/messe/name', { name: 'Messen' })).status, 204);
  await eventually('the new name', async () =>
    (await stateOf(bernd, fair.inboxRoomId, 'm.room.name'))['name'] === `${company.name} · Messen · Team` ? true : undefined,
  );
  const talk = await openConversation(stack, company, anna);
  await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!handover messe'));
  const announcement = await bernd.waitForEvent(fair.inboxRoomId, 'the announcement', ({ content }) =>
    String(content['body']).includes(` ${talk.number} · `),
  );
  assert.is((await company.operate('POST', '/departments/messe/archive')).status, 409);
  await bernd.send(fair.inboxRoomId, 'm.room.message', inThread(announcement.event_id, '!close'));
  await eventually('it to be archived', async () =>
    (await company.operate('POST', '/departments/messe/archive')).status === 204 ? true : undefined,
  );
  const typed = await bernd.send(shipping.inboxRoomId, 'm.room.message', inThread(shipped.announcement.event_id, '!handover messe'));
  assert.match(String((await untilAnswered(bernd, shipping.inboxRoomId, typed)).content['body']), 'Diese Abteilung gibt es nicht');
  await eventually('it to be gone from the space', async () =>
    Object.keys(await stateOf(anna, company.spaceId, 'm.space.child', fair.spaceId)).length === 0 ? true : undefined,
  );
});

departments('the command line makes, lists, staffs and archives departments', async ({ company, anna }) => {
  const folder = dirname(process.env['SMOOPE_STACK'] ?? '');
  const run = (...args: string[]) => runOperatorCommand(['department', ...args, '--data', folder], {});
  assert.match((await run('create', company.slug, 'kasse', 'Kasse')).out, 'Kasse (kasse)');
  assert.is((await run('member', 'add', company.slug, 'kasse', anna.userId)).code, 0);
  assert.match((await run('list', company.slug)).out, new RegExp(`kasse +Kasse +${anna.userId}`));
  assert.is((await run('rename', company.slug, 'kasse', 'Hauptkasse')).code, 0);
  assert.is((await run('member', 'remove', company.slug, 'kasse', anna.userId)).code, 0);
  assert.is((await run('archive', company.slug, 'kasse')).code, 0);
  assert.match((await run('list', company.slug)).out, /kasse +Hauptkasse +archived/);
  const refused = await run('create', company.slug, 'Kasse 2', 'x');
  assert.is(refused.code, 1);
  assert.match(refused.err, 'body.key');
});

// From here on people go for good.
departments('who is removed from a department can read nothing of it any more, and stays in the company', async (context) => {
  const {
    company,
    anna,
    shipping,
    shipped: { talk },
  } = context;
  await join(company, shipping, anna);
  await eventually('the door to be open', async () => ((await tryJoin(anna, talk.roomId)).status === 200 ? true : undefined));
  const listening = anna.fromNow();
  assert.is((await company.operate('DELETE', `/departments/versand/members/${encodeURIComponent(anna.userId)}`)).status, 204);
  for (const roomId of [shipping.spaceId, shipping.inboxRoomId, talk.roomId]) {
    await listening.waitFor('the end of the membership', (heard) => heard.kind === 'leave' && heard.roomId === roomId);
    // The homeserver forgets a room for somebody just after it told them that they are out.
    const history = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/messages?dir=b`;
    await eventually('nothing to be readable', async () => ((await anna.call('GET', history)).status === 403 ? true : undefined));
    assert.is((await tryJoin(anna, roomId)).errcode, 'M_FORBIDDEN');
  }
  assert.is((await anna.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(company.teamRoomId)}/state`)).status, 200);
});

departments(
  'who leaves the company leaves its departments, by removal and by own act alike',
  async ({ company, anna, bernd, shipping }) => {
    for (const agent of [anna, bernd]) await join(company, shipping, agent);
    const [heardByAnna, heardByBernd] = [anna.fromNow(), bernd.fromNow()];
    assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(anna.userId)}`)).status, 204);
    for (const roomId of [shipping.spaceId, shipping.inboxRoomId]) {
      await heardByAnna.waitFor('the end of the membership', (heard) => heard.kind === 'leave' && heard.roomId === roomId);
      assert.is((await tryJoin(anna, roomId)).errcode, 'M_FORBIDDEN');
    }
    await bernd.leave(shipping.spaceId);
    await heardByBernd.waitFor('the end of the membership', ({ kind, roomId }) => kind === 'leave' && roomId === shipping.inboxRoomId);
    assert.equal((await listDepartments(company)).find(({ key }) => key === 'versand')?.members, []);
  },
);

departments.run();
