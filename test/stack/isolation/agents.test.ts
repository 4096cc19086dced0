import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newMatrixUser, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; admin: CompanyAgent; talk: OpenConversation };

const powers = suite<Context>('powers in a conversation');

powers.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.admin = await context.company.newAgent({ role: 'admin' });
  context.talk = await openConversation(context.stack, context.company, context.agent);
  await context.admin.join(context.talk.roomId);
});
powers.after(async ({ agent, admin }) => {
  await Promise.all([agent.stop(), admin.stop()]);
});

const inRoom = ({ roomId }: OpenConversation, path: string): string => `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}${path}`;

async function levelsIn({ agent, talk }: Context): Promise<Record<string, number>> {
  return (await agent.call('GET', inRoom(talk, '/state/m.room.power_levels/'))).body['users'] as Record<string, number>;
}

powers('people of the space come by themselves; an agent gets 50, an admin 75, the company stands in no list', async (context) => {
  const { agent, admin, talk } = context;
  const levels = await eventually('the powers', async () => {
    const found = await levelsIn(context);
    return agent.userId in found && admin.userId in found ? found : undefined;
  });
  assert.equal(levels, { [agent.userId]: 50, [admin.userId]: 75 });
  assert.is((await agent.call('GET', inRoom(talk, '/state/m.room.join_rules/'))).body['join_rule'], 'restricted');
  assert.is((await agent.call('GET', inRoom(talk, '/state/m.room.create/'))).body['room_version'], '12');
});

powers(
  'neither agent nor admin may invite, put somebody out, let other servers in or change any rule of the room',
  async ({ stack, company, agent, admin, talk }) => {
    const stranger = await newMatrixUser(stack);
    const visitor = (await agent.messages(talk.roomId, 50)).find(({ sender }) => sender.startsWith('@visitor_'))?.sender;
    for (const member of [agent, admin]) {
      assert.is((await member.call('POST', inRoom(talk, '/invite'), { user_id: stranger.userId })).errcode, 'M_FORBIDDEN');
      for (const verb of ['/kick', '/ban']) {
        for (const target of [visitor, company.userId])
          assert.is((await member.call('POST', inRoom(talk, verb), { user_id: target })).errcode, 'M_FORBIDDEN');
      }
      const refused = {
        'm.room.server_acl': { allow: ['*'] },
        'm.room.join_rules': { join_rule: 'public' },
        'm.room.history_visibility': { history_visibility: 'world_readable' },
        'm.room.encryption': { algorithm: 'm.megolm.v1.aes-sha2' },
        'm.room.retention': { max_lifetime: 1 },
        'm.room.power_levels': { users: { [member.userId]: 100 } },
        'm.room.tombstone': { body: 'moved', replacement_room: '!elsewhere' },
        'm.room.name': { name: 'Erika Mustermann' },
        'm.space.parent': {},
        'com.smoope.conversation': { status: 'closed' },
      };
      for (const [type, content] of Object.entries(refused)) {
        assert.is((await member.call('PUT', inRoom(talk, `/state/${type}/`), content)).errcode, 'M_FORBIDDEN', type);
      }
    }
    assert.is((await stranger.call('POST', inRoom(talk, '/join'))).errcode, 'M_FORBIDDEN');
    assert.is((await stranger.call('GET', inRoom(talk, '/messages?dir=b'))).errcode, 'M_FORBIDDEN');
    await stranger.stop();
  },
);

powers('an agent of one company cannot enter or read conversations of another', async ({ stack, talk }) => {
  const other = await newCompany(stack);
  const spy = await other.newAgent();
  assert.is((await spy.call('POST', inRoom(talk, '/join'))).errcode, 'M_FORBIDDEN');
  for (const path of ['/messages?dir=b', '/state', '/members'])
    assert.is((await spy.call('GET', inRoom(talk, path))).errcode, 'M_FORBIDDEN');
  await spy.stop();
});

powers('a new role changes the power in conversations that are open', async (context) => {
  const { company, agent } = context;
  const set = (role: string) => company.operate('POST', '/members', { userId: agent.userId, role, displayName: agent.displayName });
  for (const [role, power] of [
    ['admin', 75],
    ['agent', 50],
  ] as const) {
    assert.is((await set(role)).status, 200);
    await eventually(`power ${power}`, async () => ((await levelsIn(context))[agent.userId] === power ? true : undefined));
  }
});

powers(
  'somebody who is no member is put out of the room, and what they write is not the words of the company',
  async ({ stack, company, agent, talk }) => {
    // The server admin puts a stranger into the room, as a mistake or an attack might.
    const stranger = await newMatrixUser(stack);
    const { appserviceToken } = stack.secrets;
    const asCompany = (path: string, body: unknown) =>
      fetch(`${stack.homeserverUrl}${inRoom(talk, path)}?user_id=${encodeURIComponent(company.userId)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${appserviceToken}` },
        body: JSON.stringify(body),
      });
    assert.is((await asCompany('/invite', { user_id: stranger.userId })).status, 200);
    await stranger.waitFor('the invitation', ({ kind, roomId }) => kind === 'invite' && roomId === talk.roomId);
    const stream = await talk.visitor.openStream();
    await stranger.join(talk.roomId);
    // Whether these still come in before the door shuts is a matter of moments.
    for (const words of [`${CANARY} ich bin die Firma`, '!close']) await stranger.say(talk.roomId, words).catch(() => undefined);
    await stranger.waitFor('the end of the visit', ({ kind, roomId }) => kind === 'leave' && roomId === talk.roomId);
    await agent.say(talk.roomId, `${CANARY} die wirkliche Firma`);
    await stream.waitForBody(`${CANARY} die wirkliche Firma`);
    assert.equal(stream.bodies(), [`${CANARY} die wirkliche Firma`]);
    assert.is((await talk.visitor.conversations())[0]?.status, 'open');
    await stream.close();
    await stranger.stop();
  },
);

powers.run();
