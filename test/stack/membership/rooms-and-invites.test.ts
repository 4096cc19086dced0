import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { makeCompany, membershipOf, roomsOf } from '../companies/companies-fixture.ts';
import {
  asGhost,
  assertRefused,
  companyRoom,
  createRoom,
  directChat,
  inRoom,
  invite,
  newBot,
  newVisitor,
  withMembers,
  type Members,
} from './membership-fixture.ts';

const rooms = suite<Members>('rooms and invites by people');

rooms.before(withMembers.open);
rooms.after(withMembers.close);

const ONE_COMPANY = /invite one company and nobody else/;

rooms('a direct chat to a company is made as clients make it, with or without encryption', async ({ stack, company, anna }) => {
  const encrypted = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
  for (const more of [{}, { initial_state: [encrypted] }, { preset: 'private_chat', is_direct: false, name: 'Frage' }]) {
    const room = await directChat(anna, company, more);
    const ghost = asGhost(stack, company.userId);
    assert.is((await ghost.call('POST', inRoom(room, '/join'))).status, 200, 'the company follows');
    assert.is(await membershipOf(stack.connections, company, room, anna.userId), 'join');
  }
});

rooms('a room with anybody else, with two companies or with nobody is refused', async ({ stack, company, anna, ben }) => {
  const other = await makeCompany(stack.companies);
  const visitor = await newVisitor(stack, company);
  const bot = await newBot(stack, company);
  for (const invited of [
    undefined,
    [],
    [ben.userId],
    [visitor.userId],
    [bot.userId],
    [company.userId, ben.userId],
    [company.userId, other.userId],
  ])
    assertRefused(await createRoom(anna, { invite: invited }), ONE_COMPANY);
});

rooms('a room has no address, no place in a list, no mail address and no space about it', async ({ company, anna }) => {
  const body = { invite: [company.userId] };
  const address = { medium: 'email', address: 'a@example.org', id_server: 'example.org', id_access_token: 'x' };
  assertRefused(await createRoom(anna, { ...body, room_alias_name: 'ours' }), /room_alias_name/);
  assertRefused(await createRoom(anna, { ...body, visibility: 'public' }), /visibility must be private/);
  assertRefused(await createRoom(anna, { ...body, invite_3pid: [address] }), /mail address/);
  assertRefused(await createRoom(anna, { ...body, creation_content: { type: 'm.space' } }), /spaces/);
});

rooms('nobody is brought into a room through its initial state', async ({ company, anna, ben }) => {
  const state = { type: 'm.room.member', state_key: ben.userId, content: { membership: 'invite' } };
  assertRefused(await createRoom(anna, { invite: [company.userId], initial_state: [state] }), /m\.room\.member/);
  const sync = await ben.call('GET', '/_matrix/client/v3/sync?timeout=0');
  assert.is((sync.body as { rooms?: { invite?: object } }).rooms?.invite, undefined);
});

rooms('a room is not upgraded by who made it', async ({ company, anna }) => {
  const room = await directChat(anna, company);
  assertRefused(await anna.call('POST', inRoom(room, '/upgrade'), { new_version: '12' }), /Only the service replaces rooms/);
  assert.is((await anna.call('GET', inRoom(room, '/state/m.room.tombstone/'))).status, 404);
});

rooms('who made a room invites companies to it, and no person, ghost or bot', async ({ stack, company, anna, ben }) => {
  const room = await directChat(anna, company);
  const other = await makeCompany(stack.companies);
  const visitor = await newVisitor(stack, company);
  const bot = await newBot(stack, company);
  assert.is((await invite(anna, room, other.userId)).status, 200);
  for (const userId of [ben.userId, visitor.userId, bot.userId, stack.connections.names.sender, '@eve:elsewhere.example']) {
    assertRefused(await invite(anna, room, userId), /Only companies of this server invite people/);
    const path = inRoom(room, matrixPath`/state/m.room.member/${userId}`);
    assertRefused(await anna.call('PUT', path, { membership: 'invite' }), /Only companies of this server invite people/);
  }
});

rooms('a company is not invited to a room that somebody else made', async ({ stack, company, anna }) => {
  const other = await makeCompany(stack.companies);
  const room = await companyRoom(stack, company, { invite: [anna.userId], power_level_content_override: { invite: 0 } });
  assert.is((await anna.call('POST', inRoom(room, '/join'))).status, 200);
  assertRefused(await invite(anna, room, other.userId), /a room that you made/);
});

rooms('nobody is invited by mail address, nor by the state that such an invite leaves', async ({ company, anna }) => {
  const room = await directChat(anna, company);
  const address = { medium: 'email', address: 'a@example.org', id_server: 'example.org', id_access_token: 'x' };
  assertRefused(await anna.call('POST', inRoom(room, '/invite'), address), /third-party identifier/);
  const state = { display_name: 'a', key_validity_url: 'https://example.org', public_key: 'x', public_keys: [] };
  assertRefused(await anna.call('PUT', inRoom(room, '/state/m.room.third_party_invite/token'), state), /mail address/);
});

rooms('rooms of people get no address and stand in no list', async ({ stack, company, anna }) => {
  const room = await directChat(anna, company);
  const alias = `#${company.slug}:${stack.config.homeserver.serverName}`;
  assertRefused(await anna.call('PUT', matrixPath`/_matrix/client/v3/directory/room/${alias}`, { room_id: room }), /gives addresses/);
  const list = matrixPath`/_matrix/client/v3/directory/list/room/${room}`;
  assertRefused(await anna.call('PUT', list, { visibility: 'public' }), /publishes rooms/);
});

rooms('a room is not opened by who made it, so that nobody in it is listed for everybody', async ({ company, anna, ben }) => {
  const body = { invite: [company.userId] };
  const [rules, history] = ['m.room.join_rules', 'm.room.history_visibility'] as const;
  const world = { history_visibility: 'world_readable' };
  assertRefused(await createRoom(anna, { ...body, preset: 'public_chat' }), /preset must be private_chat/);
  for (const [type, content, says] of [
    [rules, { join_rule: 'public' }, /join_rule in m\.room\.join_rules must be invite/],
    [history, world, /history_visibility may be shared, invited or joined/],
  ] as const)
    assertRefused(await createRoom(anna, { ...body, initial_state: [{ type, state_key: '', content }] }), says);
  const room = await directChat(anna, company);
  const set = (type: string, content: object) => anna.call('PUT', inRoom(room, `/state/${type}/`), content);
  const allow = [{ type: 'm.room_membership', room_id: room }];
  for (const join_rule of ['public', 'knock', 'restricted', 'knock_restricted'])
    assertRefused(await set(rules, { join_rule, allow }), /must be invite/);
  assertRefused(await set(history, world), /may be shared, invited or joined/);
  assert.is((await set(history, { history_visibility: 'joined' })).status, 200);
  assert.is((await set(rules, { join_rule: 'invite' })).status, 200);
  const found = await ben.call('POST', '/_matrix/client/v3/user_directory/search', { search_term: anna.userId });
  assert.equal((found.body as { results: unknown }).results, []);
});

rooms('agents, company admins and bots of a company are people like all others', async ({ stack, company, anna, ben }) => {
  const agent = await stack.newPerson();
  await stack.companies.memberService.add('system', company.slug, { userId: agent.userId, role: 'admin' });
  await stack.companies.onMatrix.inviteMember({ companyId: company.id, userId: agent.userId });
  const { team } = roomsOf(company);
  for (const room of Object.values(roomsOf(company))) assert.is((await agent.call('POST', inRoom(room, '/join'))).status, 200);
  for (const member of [agent, await newBot(stack, company)]) {
    assertRefused(await createRoom(member, { invite: [anna.userId] }), ONE_COMPANY);
    assertRefused(await invite(member, await directChat(member, company), ben.userId), /Only companies of this server/);
  }
  assertRefused(await invite(agent, team, ben.userId), /Only companies of this server/);
});

rooms('the service makes rooms for whom it wants, and so does the server administrator', async ({ stack, company, anna, ben }) => {
  const room = await companyRoom(stack, company, { invite: [anna.userId, ben.userId] });
  assert.is(await membershipOf(stack.connections, company, room, ben.userId), 'invite');
  const made = await stack.connections.homeserver.admin({
    method: 'POST',
    path: '/_matrix/client/v3/createRoom',
    body: { invite: [anna.userId] },
  });
  assert.type((made as { room_id: unknown }).room_id, 'string');
});

rooms.run();
