import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoomId, UserId } from '../../../appservice/ids.ts';
import { matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { joinRules } from '../../../appservice/matrix/room-state.ts';
import { membershipOf, roomsOf, type Person } from '../companies/companies-fixture.ts';
import { sharedStackAccess } from '../stack-access.ts';
import { showUser } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import {
  asGhost,
  assertRefused,
  companyRoom,
  createRoom,
  directChat,
  inRoom,
  invite,
  join,
  newBot,
  newVisitor,
  withMembers,
  type Members,
} from './membership-fixture.ts';

/** Both suites have the same companies and people. */
const shared = {} as Members;
const joins = suite('joining, and invites that are accepted by the homeserver', shared);
const rooms = suite('rooms and invites by people', shared);

joins.before(withMembers.open);
rooms.after(withMembers.close);

const YOUR_ROOMS = /You may join rooms of the service, rooms that a company has invited you to, and your own/;

/** An invitation with more content than `/invite` takes. */
const inviteWith = (from: Person, room: RoomId, userId: UserId, more: object) =>
  from.call('PUT', inRoom(room, matrixPath`/state/m.room.member/${userId}`), { membership: 'invite', ...more });

const MARK = { 'com.smoope.accept': true };

// The ghost of a company leaves after a while; what needs it there comes first.
joins('a company follows into a room of a person, and whom it invites there may come', async (context) => {
  const { stack, open: company, anna, ben, carla, openRoom: room } = context;
  const ghost = asGhost(stack, company.userId);
  assert.is((await invite(ghost, room, ben.userId)).status, 200);
  assert.is((await join(ben, room)).status, 200);
  assertRefused(await join(anna, room), YOUR_ROOMS);
  await showUser(sharedStackAccess(), ben.userId, { displayname: 'B.' });
  const state = await eventually('the new name in the room', async () => {
    const { body } = await carla.call('GET', inRoom(room, matrixPath`/state/m.room.member/${ben.userId}`));
    return (body as { displayname?: string }).displayname === 'B.' ? (body as { membership: string }) : undefined;
  });
  assert.is(state.membership, 'join', 'whoever is in a room may be called otherwise there');
});

joins(
  'a room of a stranger is shut for people, ghosts and bots, whatever its own rules say',
  async ({ stack, company, anna, openRoom: room }) => {
    for (const person of [anna, await newVisitor(stack, company), await newBot(stack, company)]) {
      assertRefused(await join(person, room), YOUR_ROOMS);
      assertRefused(await person.call('POST', matrixPath`/_matrix/client/v3/join/${room}`), YOUR_ROOMS);
    }
  },
);

joins('who left a room of their own comes back', async ({ carla, openRoom: room }) => {
  await carla.call('POST', inRoom(room, '/leave'));
  assert.is((await join(carla, room)).status, 200);
});

joins('rooms of the service are open as they say: to members of their space, again and again, and to nobody else', async (context) => {
  const { stack, company, anna, ben } = context;
  const space = await companyRoom(stack, company, { creation_content: { type: 'm.space' }, invite: [anna.userId] });
  const rules = { type: 'm.room.join_rules', state_key: '', content: joinRules(space) };
  const room = await companyRoom(stack, company, { initial_state: [rules] });
  assert.is((await join(anna, room)).errcode, 'M_FORBIDDEN', 'not yet in the space');
  assert.is((await join(anna, space)).status, 200);
  assert.is((await join(anna, room)).status, 200);
  await anna.call('POST', inRoom(room, '/leave'));
  assert.is((await join(anna, room)).status, 200);
  assert.is((await join(ben, room)).errcode, 'M_FORBIDDEN');
});

joins('an unmarked invite waits for the person; a marked one of the company is accepted for them', async (context) => {
  const { stack, company, anna, ben, carla, hall: room } = context;
  const ghost = asGhost(stack, company.userId);
  assert.is((await inviteWith(ghost, room, ben.userId, { 'com.smoope.accept': 'true' })).status, 200);
  assert.is((await invite(ghost, room, carla.userId)).status, 200);
  assert.is((await inviteWith(ghost, room, anna.userId, MARK)).status, 200);
  const membership = (person: Person) => membershipOf(stack.connections, company, room, person.userId);
  await eventually('the join', async () => ((await membership(anna)) === 'join' ? true : undefined));
  assert.is(await membership(ben), 'invite');
  assert.is(await membership(carla), 'invite');
});

joins('who has left again stays out until the company asks again', async ({ stack, company, ben, hall: room }) => {
  const ghost = asGhost(stack, company.userId);
  const membership = () => membershipOf(stack.connections, company, room, ben.userId);
  for (const round of ['first', 'second']) {
    assert.is((await inviteWith(ghost, room, ben.userId, MARK)).status, 200);
    await eventually(`the ${round} join`, async () => ((await membership()) === 'join' ? true : undefined));
    assert.is((await ben.call('POST', inRoom(room, '/leave'))).status, 200);
    assert.is(await membership(), 'leave');
  }
});

joins('a locked account is brought nowhere; the same invite sent again after the lock is accepted', async (context) => {
  const { stack, company, carla, hall: later } = context;
  const ghost = asGhost(stack, company.userId);
  const room = await companyRoom(stack, company);
  const lock = (locked: boolean) =>
    stack.connections.homeserver.admin({ method: 'PUT', path: matrixPath`/_synapse/admin/v2/users/${carla.userId}`, body: { locked } });
  const comesTo = (place: RoomId) =>
    eventually('the join', async () =>
      (await membershipOf(stack.connections, company, place, carla.userId)) === 'join' ? true : undefined,
    );
  await lock(true);
  assert.is((await inviteWith(ghost, room, carla.userId, MARK)).status, 200);
  await lock(false);
  assert.is((await inviteWith(ghost, later, carla.userId, MARK)).status, 200);
  await comesTo(later);
  assert.is(await membershipOf(stack.connections, company, room, carla.userId), 'invite');
  assert.is((await inviteWith(ghost, room, carla.userId, MARK)).status, 200);
  await comesTo(room);
});

joins('the mark of a person does nothing', async ({ stack, company, anna, ben, hall: later }) => {
  const room = await directChat(anna, company);
  const path = inRoom(room, matrixPath`/state/m.room.member/${company.userId}`);
  await anna.call('PUT', path, { membership: 'invite', ...MARK });
  assertRefused(await inviteWith(anna, room, ben.userId, MARK), /Only companies of this server invite people/);
  await inviteWith(asGhost(stack, company.userId), later, ben.userId, MARK);
  await eventually('a later join', async () =>
    (await membershipOf(stack.connections, company, later, ben.userId)) === 'join' ? true : undefined,
  );
  const { body } = await anna.call('GET', inRoom(room, '/joined_members'));
  assert.equal(Object.keys((body as { joined: object }).joined), [anna.userId]);
});

joins('many people are brought into a room at once', async ({ stack, company, anna, ben, carla }) => {
  const ghost = asGhost(stack, company.userId);
  const room = await companyRoom(stack, company);
  const people = [anna, ben, carla, ...(await Promise.all(Array.from({ length: 5 }, () => stack.newPerson())))];
  await Promise.all(people.map(({ userId }) => inviteWith(ghost, room, userId, MARK)));
  const { joined } = await eventually('everybody', async () => {
    const { body } = await ghost.call('GET', inRoom(room, '/joined_members'));
    const found = body as { joined: Record<string, unknown> };
    return Object.keys(found.joined).length === people.length + 1 ? found : undefined;
  });
  for (const { userId } of people) assert.ok(userId in joined);
});

joins('nothing is left of a refused room', async ({ anna, ben }) => {
  const joined = async () => ((await anna.call('GET', '/_matrix/client/v3/joined_rooms')).body as { joined_rooms: string[] }).joined_rooms;
  const before = await joined();
  await createRoom(anna, { invite: [ben.userId] });
  assert.equal(await joined(), before);
});

const ONE_COMPANY = /invite one company and nobody else/;

rooms('a direct chat to a company is made as clients make it, with or without encryption', async ({ stack, open: company, anna }) => {
  const encrypted = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
  for (const more of [{}, { initial_state: [encrypted] }, { preset: 'private_chat', is_direct: false, name: 'Frage' }]) {
    const room = await directChat(anna, company, more);
    const ghost = asGhost(stack, company.userId);
    assert.is((await ghost.call('POST', inRoom(room, '/join'))).status, 200, 'the company follows');
    assert.is(await membershipOf(stack.connections, company, room, anna.userId), 'join');
  }
});

rooms('a room with anybody else, with two companies or with nobody is refused', async ({ stack, company, open: other, anna, ben }) => {
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

rooms('a room is not upgraded by who made it', async ({ anna, chat: room }) => {
  assertRefused(await anna.call('POST', inRoom(room, '/upgrade'), { new_version: '12' }), /Only the service replaces rooms/);
  assert.is((await anna.call('GET', inRoom(room, '/state/m.room.tombstone/'))).status, 404);
});

rooms(
  'who made a room invites companies to it, and no person, ghost or bot',
  async ({ stack, company, open: other, anna, ben, chat: room }) => {
    const visitor = await newVisitor(stack, company);
    const bot = await newBot(stack, company);
    assert.is((await invite(anna, room, other.userId)).status, 200);
    for (const userId of [ben.userId, visitor.userId, bot.userId, stack.connections.names.sender, '@eve:elsewhere.example']) {
      assertRefused(await invite(anna, room, userId), /Only companies of this server invite people/);
      const path = inRoom(room, matrixPath`/state/m.room.member/${userId}`);
      assertRefused(await anna.call('PUT', path, { membership: 'invite' }), /Only companies of this server invite people/);
    }
  },
);

rooms('a company is not invited to a room that somebody else made', async ({ stack, company, open: other, anna }) => {
  const room = await companyRoom(stack, company, { invite: [anna.userId], power_level_content_override: { invite: 0 } });
  assert.is((await anna.call('POST', inRoom(room, '/join'))).status, 200);
  assertRefused(await invite(anna, room, other.userId), /a room that you made/);
});

rooms('nobody is invited by mail address, nor by the state that such an invite leaves', async ({ anna, chat: room }) => {
  const address = { medium: 'email', address: 'a@example.org', id_server: 'example.org', id_access_token: 'x' };
  assertRefused(await anna.call('POST', inRoom(room, '/invite'), address), /third-party identifier/);
  const state = { display_name: 'a', key_validity_url: 'https://example.org', public_key: 'x', public_keys: [] };
  assertRefused(await anna.call('PUT', inRoom(room, '/state/m.room.third_party_invite/token'), state), /mail address/);
});

rooms('rooms of people get no address and stand in no list', async ({ stack, company, anna, chat: room }) => {
  const alias = `#${company.slug}:${stack.config.homeserver.serverName}`;
  assertRefused(await anna.call('PUT', matrixPath`/_matrix/client/v3/directory/room/${alias}`, { room_id: room }), /gives addresses/);
  const list = matrixPath`/_matrix/client/v3/directory/list/room/${room}`;
  assertRefused(await anna.call('PUT', list, { visibility: 'public' }), /publishes rooms/);
});

rooms('a room is not opened by who made it, so that nobody in it is listed for everybody', async ({ stack, company, anna, chat: room }) => {
  const body = { invite: [company.userId] };
  const [rules, history] = ['m.room.join_rules', 'm.room.history_visibility'] as const;
  const world = { history_visibility: 'world_readable' };
  assertRefused(await createRoom(anna, { ...body, preset: 'public_chat' }), /preset must be private_chat/);
  for (const [type, content, says] of [
    [rules, { join_rule: 'public' }, /join_rule in m\.room\.join_rules must be invite/],
    [history, world, /history_visibility may be shared, invited or joined/],
  ] as const)
    assertRefused(await createRoom(anna, { ...body, initial_state: [{ type, state_key: '', content }] }), says);
  const set = (type: string, content: object) => anna.call('PUT', inRoom(room, `/state/${type}/`), content);
  const allow = [{ type: 'm.room_membership', room_id: room }];
  for (const join_rule of ['public', 'knock', 'restricted', 'knock_restricted'])
    assertRefused(await set(rules, { join_rule, allow }), /must be invite/);
  assertRefused(await set(history, world), /may be shared, invited or joined/);
  assert.is((await set(history, { history_visibility: 'joined' })).status, 200);
  assert.is((await set(rules, { join_rule: 'invite' })).status, 200);
  // Somebody who is in no room with her, where people find each other.
  const stranger = await stack.newPerson();
  const found = await stranger.call('POST', '/_matrix/client/v3/user_directory/search', { search_term: anna.userId });
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

joins.run();
rooms.run();
