import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../../appservice/companies/company.ts';
import { memberLeftSpace } from '../../../appservice/companies/member-service.ts';
import { runOperatorCommand } from '../../../appservice/commands/operator-command-line.ts';
import { record } from '../../../appservice/audit/audit-log.ts';
import type { RoomId, UserId } from '../../../appservice/ids.ts';
import { matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { addToOutbox } from '../../../appservice/matrix/outbox-store.ts';
import { runningStack } from '../running-stack.ts';
import { eventually } from '../waiting.ts';
import { makeCompany, membershipOf, newSlug, onStack, roomsOf, stateOf, type CompaniesOnStack, type Person } from './companies-fixture.ts';

const membership = suite<{
  stack: CompaniesOnStack;
  company: Company;
  /** A conversation that all members may enter. */
  conversation: RoomId;
}>('members');

membership.before(async (context) => {
  await onStack.open(context);
  context.company = await makeCompany(context.stack.companies);
  context.conversation = await newConversation(context.stack, context.company);
});
membership.after(onStack.close);

const enter = (person: Person, room: RoomId) => person.call('POST', matrixPath`/_matrix/client/v3/rooms/${room}/join`);

async function powerOf(stack: CompaniesOnStack, company: Company, room: RoomId, userId: UserId): Promise<number | undefined> {
  const levels = await stateOf(stack.connections, company, room, 'm.room.power_levels');
  return (levels?.['users'] as Record<string, number> | undefined)?.[userId];
}

const eventuallyRefused = (person: Person, path: string): Promise<true> =>
  eventually(`${path} to be refused`, async () => ([403, 404].includes((await person.call('GET', path)).status) ? true : undefined));

/** A member who has accepted both invitations. */
async function newMember(stack: CompaniesOnStack, company: Company, role: 'agent' | 'admin' = 'agent'): Promise<Person> {
  const person = await stack.newPerson();
  await stack.companies.memberService.add('system', company.slug, { userId: person.userId, role });
  await stack.companies.onMatrix.inviteMember({ companyId: company.id, userId: person.userId });
  for (const room of Object.values(roomsOf(company))) assert.is((await enter(person, room)).status, 200);
  return person;
}

/** A conversation of a visitor, as the service makes it. */
async function newConversation(stack: CompaniesOnStack, company: Company): Promise<RoomId> {
  const { connections } = stack;
  const visitor = connections.names.newVisitorGhost(company.bucket);
  await connections.ghosts.make(visitor, 'TEST' as never);
  const owner = { ...company, spaceRoomId: roomsOf(company).space, homeserver: null, retentionDays: null };
  const number = 1;
  const room = await connections.conversationRooms.create(owner, { number, visitor });
  const person = randomUUID();
  await connections.database('person').insert({ id: person, locale: 'de' });
  await connections.database('conversation').insert({
    id: randomUUID(),
    company_id: company.id,
    number,
    person_id: person,
    room_id: room,
    encrypted: false,
    channel: 'widget',
    status: 'waiting',
  });
  return room;
}

membership('a new member is invited to space and team room, and has the power of the role', async ({ stack, company }) => {
  const { space, team } = roomsOf(company);
  const agent = await newMember(stack, company);
  const admin = await newMember(stack, company, 'admin');
  for (const room of [space, team]) {
    assert.is(await membershipOf(stack.connections, company, room, agent.userId), 'join');
    assert.is(await powerOf(stack, company, room, agent.userId), 50);
    assert.is(await powerOf(stack, company, room, admin.userId), 75);
  }
});

membership('members read and write, and rule over nothing', async ({ stack, company }) => {
  const { space, team } = roomsOf(company);
  const admin = await newMember(stack, company, 'admin');
  const other = await stack.newPerson();
  const room = matrixPath`/_matrix/client/v3/rooms/${team}`;
  assert.is((await admin.call('PUT', `${room}/send/m.room.message/${randomUUID()}`, { msgtype: 'm.text', body: 'hello' })).status, 200);
  assert.is((await admin.call('POST', `${room}/invite`, { user_id: other.userId })).errcode, 'M_FORBIDDEN');
  assert.is((await admin.call('POST', `${room}/kick`, { user_id: company.userId })).errcode, 'M_FORBIDDEN');
  const refused = [
    'm.room.server_acl',
    'm.room.encryption',
    'm.room.history_visibility',
    'm.room.join_rules',
    'm.room.retention',
    'm.room.power_levels',
    'm.room.tombstone',
    'm.room.name',
  ];
  for (const type of [...refused, 'com.smoope.conversation', 'com.example.unknown']) {
    // Content that is well formed, or the homeserver refuses it before it looks at powers.
    const content = { allow: ['*'], users: {}, replacement_room: space, name: 'New' };
    const answer = await admin.call('PUT', `${room}/state/${type}/`, content);
    assert.is(answer.status, 403, `${type}: ${JSON.stringify(answer.body)}`);
  }
  const child = matrixPath`/_matrix/client/v3/rooms/${space}/state/m.space.child/${team}`;
  assert.is((await admin.call('PUT', child, {})).errcode, 'M_FORBIDDEN');
});

membership(
  'a removed member is out of space, team room and conversations, cannot come back and reads nothing',
  async ({ stack, company, conversation }) => {
    const { space, team } = roomsOf(company);
    const agent = await newMember(stack, company);
    assert.is((await enter(agent, conversation)).status, 200);
    const sent = await agent.call('PUT', matrixPath`/_matrix/client/v3/rooms/${conversation}/send/m.room.message/${randomUUID()}`, {
      msgtype: 'm.text',
      body: 'secret',
    });
    const { event_id: eventId } = sent.body as { event_id: string };
    await stack.companies.memberService.remove('system', company.slug, agent.userId);
    await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
    for (const room of [space, team, conversation]) {
      assert.is(await membershipOf(stack.connections, company, room, agent.userId), 'leave');
      assert.is(await powerOf(stack, company, room, agent.userId), undefined);
      assert.is((await enter(agent, room)).errcode, 'M_FORBIDDEN');
      // The homeserver forgets a room for who left it a moment later.
      await eventuallyRefused(agent, `${matrixPath`/_matrix/client/v3/rooms/${room}/messages`}?dir=b`);
      await eventuallyRefused(agent, matrixPath`/_matrix/client/v3/rooms/${room}/state`);
    }
    await eventuallyRefused(agent, matrixPath`/_matrix/client/v3/rooms/${conversation}/context/${eventId}`);
    await eventuallyRefused(agent, matrixPath`/_matrix/client/v3/rooms/${conversation}/event/${eventId}`);
    const search = await agent.call('POST', '/_matrix/client/v3/search', { search_categories: { room_events: { search_term: 'secret' } } });
    assert.is((search.body as { search_categories?: { room_events?: { count?: number } } }).search_categories?.room_events?.count ?? 0, 0);
    const sync = await agent.call('GET', '/_matrix/client/v3/sync?timeout=0');
    assert.not.match(JSON.stringify(sync.body), eventId);
  },
);

membership(
  'an invitation to a conversation that is still open is taken back with the membership',
  async ({ stack, company, conversation }) => {
    const agent = await newMember(stack, company);
    await stack.connections.conversationRooms.invite(company, conversation, agent.userId);
    await stack.companies.memberService.remove('system', company.slug, agent.userId);
    await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
    assert.is((await enter(agent, conversation)).errcode, 'M_FORBIDDEN');
  },
);

membership('a member who comes back is invited again, and a late removal does not undo it', async ({ stack, company }) => {
  const { space } = roomsOf(company);
  const agent = await newMember(stack, company);
  await stack.companies.memberService.remove('system', company.slug, agent.userId);
  await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
  await stack.companies.memberService.add('system', company.slug, { userId: agent.userId, role: 'admin' });
  await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
  assert.is(await membershipOf(stack.connections, company, space, agent.userId), 'invite');
  assert.is(await powerOf(stack, company, space, agent.userId), 75);
});

membership('another role gives another power, in conversations too', async ({ stack, company, conversation }) => {
  const agent = await newMember(stack, company);
  await enter(agent, conversation);
  await stack.companies.memberService.add('system', company.slug, { userId: agent.userId, role: 'admin' });
  await stack.companies.onMatrix.inviteMember({ companyId: company.id, userId: agent.userId });
  assert.is(await powerOf(stack, company, roomsOf(company).team, agent.userId), 75);
  assert.is(await powerOf(stack, company, conversation, agent.userId), 75);
});

membership('who leaves the space by own act is no member any more; a removal by the ghost ends nothing', async ({ stack, company }) => {
  const agent = await newMember(stack, company);
  const parts = { recordAudit: record, addToOutbox };
  const { database } = stack.connections;
  const leave = (sender: UserId, at: Date) =>
    database.transaction((transaction) => memberLeftSpace(transaction, { company, userId: agent.userId, sender, at }, parts));
  assert.is(await leave(company.userId, new Date()), false);
  assert.is(await leave(agent.userId, new Date(Date.now() - 60_000)), false, 'a leave from before the membership, read again');
  assert.ok(await stack.companies.members.findCurrent(company.id, agent.userId));
  assert.is(await leave(agent.userId, new Date()), true);
  assert.is(await stack.companies.members.findCurrent(company.id, agent.userId), undefined);
  await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
  assert.is(await membershipOf(stack.connections, company, roomsOf(company).team, agent.userId), 'leave');
});

membership('who leaves the space in a Matrix client is no member any more', async ({ stack, company }) => {
  const { space, team } = roomsOf(company);
  const agent = await newMember(stack, company);
  const { appUrl, operatorToken } = runningStack();
  const listed = async () =>
    (await runOperatorCommand(['member', 'list', company.slug, '--url', appUrl], { SMOOPE_OPERATOR_TOKEN: operatorToken })).out;
  assert.match(await listed(), agent.userId);
  assert.is((await agent.call('POST', matrixPath`/_matrix/client/v3/rooms/${space}/leave`)).status, 200);
  await eventually('the end of the membership in the team room', async () =>
    (await membershipOf(stack.connections, company, team, agent.userId)) === 'leave' ? true : undefined,
  );
  assert.not.match(await listed(), agent.userId);
});

membership('only users who exist can become members', async ({ stack, company }) => {
  const { serverName } = stack.config.homeserver;
  for (const userId of [`@nobody-${newSlug()}:${serverName}`, company.userId, `@service_00_x_y:${serverName}`, '@a:elsewhere.example']) {
    try {
      await stack.companies.memberService.add('system', company.slug, { userId: userId as UserId, role: 'agent' });
      assert.unreachable(userId);
    } catch (error) {
      assert.is((error as { field?: string }).field, 'body.userId', userId);
    }
  }
});

membership(
  'a service account is in the rooms at once with its own token, and revoking ends token, device and membership',
  async ({ stack, company }) => {
    const { companies, connections, config } = stack;
    const { account, accessToken } = await companies.accountService.issue('system', company.slug, { name: 'crm' });
    await companies.onMatrix.inviteMember({ companyId: company.id, userId: account.userId });
    const ask = (path: string) => fetch(`${config.homeserver.url}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
    assert.equal(await (await ask('/_matrix/client/v3/account/whoami')).json(), {
      user_id: account.userId,
      device_id: account.deviceId,
      is_guest: false,
    });
    const rooms = Object.values(roomsOf(company));
    for (const room of rooms) assert.is(await membershipOf(connections, company, room, account.userId), 'join');
    const rows = JSON.stringify(await connections.database('service_account').where({ id: account.id }));
    assert.not.match(rows, accessToken);
    try {
      await companies.accountService.issue('system', company.slug, { name: 'crm' });
      assert.unreachable();
    } catch (error) {
      assert.is((error as { code?: string }).code, 'COM_SMOOPE_CONFLICT');
    }
    await companies.accountService.revoke('system', company.slug, 'crm');
    assert.is((await ask('/_matrix/client/v3/account/whoami')).status, 401);
    await companies.onMatrix.removeMember({ companyId: company.id, userId: account.userId });
    for (const room of rooms) assert.is(await membershipOf(connections, company, room, account.userId), 'leave');
    const devices = await connections.homeserver.request({
      method: 'GET',
      path: '/_matrix/client/v3/devices',
      as: { userId: account.userId },
    });
    assert.equal((devices as { devices: unknown[] }).devices, []);
    const again = await companies.accountService.issue('system', company.slug, { name: 'crm' });
    assert.is.not(again.accessToken, accessToken);
  },
);

membership('a service account whose sign-in fails is revoked again', async ({ stack, company }) => {
  const current = async () => [
    await stack.companies.accounts.listCurrent(company.id),
    await stack.companies.members.listCurrent(company.id),
  ];
  const before = await current();
  const broken = stack.withHomeserver((homeserver) => ({ ...homeserver, request: () => Promise.reject(new Error('lost by the test')) }));
  await broken.accountService.issue('system', company.slug, { name: 'lost' }).catch(() => undefined);
  assert.equal(await current(), before);
});

membership('closing a company takes everybody out', async ({ stack, company }) => {
  const agent = await newMember(stack, company);
  await stack.companies.service.close('system', company.slug);
  await stack.companies.onMatrix.removeMember({ companyId: company.id, userId: agent.userId });
  assert.is((await stack.companies.companies.get(company.id)).status, 'closed');
  for (const room of Object.values(roomsOf(company)))
    assert.is(await membershipOf(stack.connections, company, room, agent.userId), 'leave');
});

membership.run();
