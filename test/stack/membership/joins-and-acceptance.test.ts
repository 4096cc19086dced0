import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoomId, UserId } from '../../../appservice/ids.ts';
import { matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { joinRules } from '../../../appservice/matrix/room-state.ts';
import { membershipOf, type Person } from '../companies/companies-fixture.ts';
import { sharedStackAccess } from '../stack-access.ts';
import { newCompany, showUser } from '../test-company.ts';
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

const joins = suite<Members>('joining, and invites that are accepted by the homeserver');

joins.before(withMembers.open);
joins.after(withMembers.close);

const YOUR_ROOMS = /You may join rooms of the service, rooms that a company has invited you to, and your own/;

/** A company that is open: its ghost stays in a person's room for a while, where that of any other leaves at once. */
const openCompany = async () => ({ userId: (await newCompany(sharedStackAccess())).userId as UserId });

/** A room of a person that its rules leave open to everybody, which the company alone can bring about. */
async function openRoom(stack: Members['stack'], person: Person, company: { userId: UserId }): Promise<RoomId> {
  const room = await directChat(person, company);
  const ghost = asGhost(stack, company.userId);
  assert.is((await join(ghost, room)).status, 200);
  assert.is((await ghost.call('PUT', inRoom(room, '/state/m.room.join_rules/'), { join_rule: 'public' })).status, 200);
  return room;
}

/** An invitation with more content than `/invite` takes. */
const inviteWith = (from: Person, room: RoomId, userId: UserId, more: object) =>
  from.call('PUT', inRoom(room, matrixPath`/state/m.room.member/${userId}`), { membership: 'invite', ...more });

const MARK = { 'com.smoope.accept': true };

joins('a room of a stranger is shut for people, ghosts and bots, whatever its own rules say', async ({ stack, company, anna, ben }) => {
  const room = await openRoom(stack, anna, await openCompany());
  for (const person of [ben, await newVisitor(stack, company), await newBot(stack, company)]) {
    assertRefused(await join(person, room), YOUR_ROOMS);
    assertRefused(await person.call('POST', matrixPath`/_matrix/client/v3/join/${room}`), YOUR_ROOMS);
  }
});

joins('a company follows into a room of a person, and whom it invites there may come', async ({ stack, anna, ben, carla }) => {
  const company = await openCompany();
  const room = await openRoom(stack, anna, company);
  const ghost = asGhost(stack, company.userId);
  assert.is((await invite(ghost, room, ben.userId)).status, 200);
  assert.is((await join(ben, room)).status, 200);
  assertRefused(await join(carla, room), YOUR_ROOMS);
  await showUser(sharedStackAccess(), ben.userId, { displayname: 'B.' });
  const state = await eventually('the new name in the room', async () => {
    const { body } = await anna.call('GET', inRoom(room, matrixPath`/state/m.room.member/${ben.userId}`));
    return (body as { displayname?: string }).displayname === 'B.' ? (body as { membership: string }) : undefined;
  });
  assert.is(state.membership, 'join', 'whoever is in a room may be called otherwise there');
});

joins('who left a room of their own comes back', async ({ stack, anna }) => {
  const room = await openRoom(stack, anna, await openCompany());
  await anna.call('POST', inRoom(room, '/leave'));
  assert.is((await join(anna, room)).status, 200);
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
  const { stack, company, anna, ben, carla } = context;
  const ghost = asGhost(stack, company.userId);
  const room = await companyRoom(stack, company);
  assert.is((await inviteWith(ghost, room, ben.userId, { 'com.smoope.accept': 'true' })).status, 200);
  assert.is((await invite(ghost, room, carla.userId)).status, 200);
  assert.is((await inviteWith(ghost, room, anna.userId, MARK)).status, 200);
  const membership = (person: Person) => membershipOf(stack.connections, company, room, person.userId);
  await eventually('the join', async () => ((await membership(anna)) === 'join' ? true : undefined));
  assert.is(await membership(ben), 'invite');
  assert.is(await membership(carla), 'invite');
});

joins('who has left again stays out until the company asks again', async ({ stack, company, anna }) => {
  const ghost = asGhost(stack, company.userId);
  const room = await companyRoom(stack, company);
  const membership = () => membershipOf(stack.connections, company, room, anna.userId);
  for (const round of ['first', 'second']) {
    assert.is((await inviteWith(ghost, room, anna.userId, MARK)).status, 200);
    await eventually(`the ${round} join`, async () => ((await membership()) === 'join' ? true : undefined));
    assert.is((await anna.call('POST', inRoom(room, '/leave'))).status, 200);
    assert.is(await membership(), 'leave');
  }
});

joins('a locked account is brought nowhere; the same invite sent again after the lock is accepted', async ({ stack, company, carla }) => {
  const ghost = asGhost(stack, company.userId);
  const [room, later] = [await companyRoom(stack, company), await companyRoom(stack, company)];
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

joins('the mark of a person does nothing', async ({ stack, company, anna, ben }) => {
  const room = await directChat(anna, company);
  const path = inRoom(room, matrixPath`/state/m.room.member/${company.userId}`);
  await anna.call('PUT', path, { membership: 'invite', ...MARK });
  assertRefused(await inviteWith(anna, room, ben.userId, MARK), /Only companies of this server invite people/);
  const later = await companyRoom(stack, company);
  await inviteWith(asGhost(stack, company.userId), later, ben.userId, MARK);
  await eventually('a later join', async () =>
    (await membershipOf(stack.connections, company, later, ben.userId)) === 'join' ? true : undefined,
  );
  const { body } = await anna.call('GET', inRoom(room, '/joined_members'));
  assert.equal(Object.keys((body as { joined: object }).joined), [anna.userId]);
});

joins('many people are brought into a room at once', async ({ stack, company }) => {
  const ghost = asGhost(stack, company.userId);
  const room = await companyRoom(stack, company);
  const people = await Promise.all(Array.from({ length: 8 }, () => stack.newPerson()));
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

joins.run();
