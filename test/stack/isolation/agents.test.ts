import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Agent } from '../agents/agent.ts';
import { openApi, openIdTokenOf } from '../api-sessions/api-client.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import {
  CANARY,
  newCompany,
  newMatrixUser,
  newPlainUser,
  OTHER_SLUG,
  sessionOf,
  type CompanyAgent,
  type TestCompany,
} from '../test-company.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; admin: CompanyAgent; talk: OpenConversation };

/** Both suites have the same company. */
const shared = {} as Context;
const powers = suite('powers in a conversation', shared);
const leaving = suite('who leaves the company', shared);

powers.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.admin = await context.company.newAgent({ role: 'admin' });
  context.talk = await openConversation(context.stack, context.company, context.agent);
  await context.admin.join(context.talk.roomId);
});
const inRoom = (roomId: string, path: string): string => `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}${path}`;

async function levelsIn({ agent, talk }: Context): Promise<Record<string, number>> {
  return (await agent.call('GET', inRoom(talk.roomId, '/state/m.room.power_levels/'))).body['users'] as Record<string, number>;
}

powers('people of the space come by themselves; an agent gets 50, an admin 75, the company stands in no list', async (context) => {
  const { agent, admin, talk } = context;
  const levels = await eventually('the powers', async () => {
    const found = await levelsIn(context);
    return agent.userId in found && admin.userId in found ? found : undefined;
  });
  assert.equal(levels, { [agent.userId]: 50, [admin.userId]: 75 });
  assert.is((await agent.call('GET', inRoom(talk.roomId, '/state/m.room.join_rules/'))).body['join_rule'], 'restricted');
  assert.is((await agent.call('GET', inRoom(talk.roomId, '/state/m.room.create/'))).body['room_version'], '12');
});

powers(
  'neither agent nor admin may invite, put somebody out, let other servers in or change any rule of the room',
  async ({ stack, company, agent, admin, talk }) => {
    const stranger = await newPlainUser(stack);
    const visitor = (await agent.messages(talk.roomId, 50)).find(({ sender }) => sender.startsWith('@visitor_'))?.sender;
    for (const member of [agent, admin]) {
      assert.is((await member.call('POST', inRoom(talk.roomId, '/invite'), { user_id: stranger.userId })).errcode, 'M_FORBIDDEN');
      for (const verb of ['/kick', '/ban']) {
        for (const target of [visitor, company.userId])
          assert.is((await member.call('POST', inRoom(talk.roomId, verb), { user_id: target })).errcode, 'M_FORBIDDEN');
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
        assert.is((await member.call('PUT', inRoom(talk.roomId, `/state/${type}/`), content)).errcode, 'M_FORBIDDEN', type);
      }
    }
    assert.is((await stranger.call('POST', inRoom(talk.roomId, '/join'))).errcode, 'M_FORBIDDEN');
    assert.is((await stranger.call('GET', inRoom(talk.roomId, '/messages?dir=b'))).errcode, 'M_FORBIDDEN');
  },
);

powers('an agent of one company cannot enter or read conversations of another', async ({ stack, talk }) => {
  const members = await callJson(`${stack.appUrl}/api/v1/operator/companies/${OTHER_SLUG}/members`, { token: stack.operatorToken });
  const [spy] = members.body['members'] as { userId: string }[];
  const token = await sessionOf(stack, spy?.userId ?? '');
  const spyOn = (method: string, path: string) => callJson(`${stack.homeserverUrl}${inRoom(talk.roomId, path)}`, { method, token });
  assert.is((await spyOn('POST', '/join')).body['errcode'], 'M_FORBIDDEN');
  for (const path of ['/messages?dir=b', '/state', '/members']) assert.is((await spyOn('GET', path)).body['errcode'], 'M_FORBIDDEN');
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
      fetch(`${stack.homeserverUrl}${inRoom(talk.roomId, path)}?user_id=${encodeURIComponent(company.userId)}`, {
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

leaving.before(async (context) => {
  context.talk = await openConversation(context.stack, context.company, context.agent, `${CANARY} Vertrauliches`);
});
leaving.after(async ({ agent, admin }) => {
  await Promise.all([agent.stop(), admin.stop()]);
});

async function uploadPicture(stack: StackAccess, agent: Agent, roomId: string): Promise<string> {
  const url = `${stack.homeserverUrl}/_matrix/media/v3/upload`;
  const headers = { authorization: `Bearer ${agent.accessToken}`, 'content-type': 'image/png' };
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const { content_uri: mxc } = (await (await fetch(url, { method: 'POST', headers, body: png })).json()) as { content_uri: string };
  await agent.send(roomId, 'm.room.message', { msgtype: 'm.image', body: 'Bild', url: mxc });
  return mxc.slice('mxc://'.length);
}

/** What a member saw: a file, and an event of each room. */
type SeenConversation = { readonly media: string; readonly events: readonly (readonly [string, string])[] };

/** Comes to the conversation; there are words of all then and a picture of the colleague, which the leaving agent has seen. */
async function seeConversation({ stack, company, agent: colleague, talk }: Context, agent: CompanyAgent): Promise<SeenConversation> {
  await agent.join(talk.roomId);
  const eventId = await colleague.say(talk.roomId, `${CANARY} Interna`);
  const media = await uploadPicture(stack, colleague, talk.roomId);
  await agent.waitForEvent(talk.roomId, 'the picture', ({ content }) => content['url'] === `mxc://${media}`);
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/download/${media}`)).status, 200);
  assert.is((await agent.call('GET', inRoom(talk.roomId, `/context/${encodeURIComponent(eventId)}`))).status, 200);
  assert.is.not((await searchFor(agent, CANARY)).length, 0, 'search finds what the member may read');
  assert.match(JSON.stringify((await agent.call('GET', '/_matrix/client/v3/notifications')).body), talk.roomId);
  const events: [string, string][] = [[talk.roomId, eventId]];
  for (const roomId of [company.spaceId, company.teamRoomId]) {
    const { chunk = [] } = (await agent.call('GET', inRoom(roomId, '/messages?dir=f&limit=1'))).body as { chunk?: { event_id: string }[] };
    assert.is((await agent.call('GET', inRoom(roomId, `/event/${encodeURIComponent(chunk[0]?.event_id ?? '')}`))).status, 200);
    events.push([roomId, chunk[0]?.event_id ?? '']);
  }
  return { media, events };
}

async function searchFor(agent: CompanyAgent, term: string): Promise<unknown[]> {
  const answer = await agent.call('POST', '/_matrix/client/v3/search', { search_categories: { room_events: { search_term: term } } });
  return (answer.body['search_categories'] as { room_events?: { results?: unknown[] } } | undefined)?.room_events?.results ?? [];
}

async function assertNothingLeft(context: Context, agent: CompanyAgent, { media, events }: SeenConversation): Promise<void> {
  const { agent: colleague, talk } = context;
  for (const [roomId, eventId] of events) {
    await agent.waitFor('the end of the membership', (heard) => heard.kind === 'leave' && heard.roomId === roomId);
    const event = encodeURIComponent(eventId);
    const paths = ['/messages?dir=b', '/state', '/members', '/initialSync', `/context/${event}`, `/event/${event}`].map((path) =>
      inRoom(roomId, path),
    );
    const versionOne = [`/relations/${event}`, '/threads', '/timestamp_to_event?ts=1&dir=f'].map((path) =>
      inRoom(roomId, path).replace('/v3/', '/v1/'),
    );
    for (const path of [...paths, ...versionOne]) {
      const { status } = await agent.call('GET', path);
      assert.ok([403, 404].includes(status), `${path} answered ${status}`);
    }
    assert.is((await agent.call('POST', inRoom(roomId, '/join'))).errcode, 'M_FORBIDDEN', 'nobody comes back by themselves');
  }
  assert.equal(await searchFor(agent, CANARY), []);
  const notifications = JSON.stringify((await agent.call('GET', '/_matrix/client/v3/notifications')).body);
  for (const [roomId] of events) assert.not.match(notifications, roomId);
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/download/${media}`)).status, 404);
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/thumbnail/${media}?width=1&height=1`)).status, 404);

  const before = agent.heard.length;
  const later = `${CANARY} auch später als ${crypto.randomUUID()}`;
  await colleague.say(talk.roomId, `${CANARY} später`);
  await talk.visitor.say(later);
  await colleague.waitForEvent(talk.roomId, 'the later words', ({ content }) => content['body'] === later);
  const fresh = await agent.call('GET', '/_matrix/client/v3/sync?timeout=0&full_state=true');
  assert.is(fresh.status, 200);
  assert.not.match(JSON.stringify(fresh.body), talk.roomId);
  assert.equal(
    agent.heard.slice(before).filter(({ kind }) => kind === 'event'),
    [],
  );
}

leaving('a member who is removed can read nothing of it any more: rooms, search, sync, media', async (context) => {
  const { company, talk } = context;
  const agent = await company.newAgent();
  const seen = await seeConversation(context, agent);
  const stream = await talk.visitor.openStream();
  const api = await openApi(context.stack, await openIdTokenOf(context.stack, agent));
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  assert.is((await api.call('GET', `/companies/${company.slug}/members`)).status, 401, 'the API is shut at once');
  await assertNothingLeft(context, agent, seen);
  const summary = await stream.waitForSummary('the agent to be gone', ({ answering }) =>
    answering.every(({ name }) => name !== agent.displayName),
  );
  assert.equal(
    summary.answering.map(({ name }) => name),
    [context.agent.displayName],
  );
  await agent.stop();
  await stream.close();
});

leaving('a member who leaves the space by own act loses everything as well', async (context) => {
  const { company } = context;
  const agent = await company.newAgent();
  const seen = await seeConversation(context, agent);
  const api = await openApi(context.stack, await openIdTokenOf(context.stack, agent));
  await agent.leave(company.spaceId);
  await assertNothingLeft(context, agent, seen);
  assert.is((await api.call('GET', `/companies/${company.slug}/members`)).status, 401);
  const { members } = (await company.operate('GET', '/members')).body as { members: { userId: string }[] };
  assert.not.ok(members.some(({ userId }) => userId === agent.userId));
  await agent.stop();
});

leaving('what a former member wrote stays with the name that the company had chosen', async (context) => {
  const { company, talk } = context;
  const agent = await company.newAgent();
  await agent.join(talk.roomId);
  const eventId = await agent.say(talk.roomId, `${CANARY} mein letzter Satz`);
  const stream = await talk.visitor.openStream(`${talk.id}:0`);
  await stream.waitForBody(`${CANARY} mein letzter Satz`);
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  await agent.waitFor('the end', (heard) => heard.kind === 'leave' && heard.roomId === talk.roomId);
  const written = (await talk.visitor.history(talk.id)).find((event) => event.eventId === eventId);
  assert.equal([written?.sender.kind, written?.sender.name], ['agent', agent.displayName]);
  await agent.stop();
  await stream.close();
});

leaving('one who was invited and never came is not let in after the removal', async ({ company, talk }) => {
  const agent = await company.newAgent();
  await agent.join(talk.roomId);
  await agent.leave(talk.roomId);
  assert.is((await agent.call('POST', inRoom(talk.roomId, '/join'))).status, 200, 'a member of the company comes back');
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  await eventually('the door to be shut', async () =>
    (await agent.call('POST', inRoom(talk.roomId, '/join'))).errcode === 'M_FORBIDDEN' ? true : undefined,
  );
  await agent.stop();
});

powers.run();
leaving.run();
