import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../../appservice/companies/company.ts';
import type { RoomId } from '../../../appservice/ids.ts';
import { HomeserverUnavailable, matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { powerLevels } from '../../../appservice/matrix/room-state.ts';
import { losing, makeCompany, membershipOf, newSlug, onStack, roomsOf, stateOf, type CompaniesOnStack } from './companies-fixture.ts';

type Context = {
  stack: CompaniesOnStack;
  company: Company;
  /** Changes at the homeserver that made it. */
  changes: number;
};

const provisioning = suite<Context>('provisioning');

provisioning.before(async (context) => {
  await onStack.open(context);
  const counting = losing(context.stack.connections.homeserver, Number.MAX_SAFE_INTEGER);
  context.company = await makeCompany(context.stack.withHomeserver(() => counting));
  context.changes = counting.changes();
});
provisioning.after(onStack.close);

async function roomBehind(stack: CompaniesOnStack, company: Company, alias: string): Promise<RoomId> {
  const path = matrixPath`/_matrix/client/v3/directory/room/${alias}`;
  return ((await stack.connections.homeserver.request({ method: 'GET', path, as: { userId: company.userId } })) as { room_id: RoomId })
    .room_id;
}

async function assertComplete(stack: CompaniesOnStack, company: Company): Promise<void> {
  const { connections, config } = stack;
  const { names, homeserver } = connections;
  const { serverName } = config.homeserver;
  const { space, team } = roomsOf(company);
  assert.is(await roomBehind(stack, company, names.spaceAlias(company.bucket, company.slug)), space);
  assert.is(await roomBehind(stack, company, names.teamAlias(company.bucket, company.slug)), team);
  assert.equal(await stateOf(connections, company, space, 'm.room.create'), { room_version: '12', type: 'm.space' });
  assert.equal(await stateOf(connections, company, space, 'm.room.join_rules'), { join_rule: 'invite' });
  assert.equal(await stateOf(connections, company, team, 'm.room.join_rules'), {
    join_rule: 'restricted',
    allow: [{ type: 'm.room_membership', room_id: space }],
  });
  assert.equal(await stateOf(connections, company, space, 'm.space.child', team), { via: [serverName], suggested: true });
  assert.equal(await stateOf(connections, company, team, 'm.space.parent', space), { via: [serverName], canonical: true });
  assert.equal(await stateOf(connections, company, space, 'm.room.name'), { name: company.name });
  assert.equal(await stateOf(connections, company, team, 'm.room.name'), { name: `${company.name} · Team` });
  for (const room of [space, team]) {
    assert.equal(await stateOf(connections, company, room, 'm.room.power_levels'), powerLevels({ users: {} }));
    assert.equal(await stateOf(connections, company, room, 'm.room.server_acl'), {
      allow: [serverName],
      deny: [],
      allow_ip_literals: false,
    });
    assert.equal(await stateOf(connections, company, room, 'm.room.history_visibility'), { history_visibility: 'shared' });
    assert.equal(await stateOf(connections, company, room, 'm.room.guest_access'), { guest_access: 'forbidden' });
    assert.equal(await stateOf(connections, company, room, 'm.room.retention'), {
      max_lifetime: config.homeserver.retention.defaultDays * 86_400_000,
    });
  }
  const profile = await homeserver.request({
    method: 'GET',
    path: matrixPath`/_matrix/client/v3/profile/${company.userId}`,
    as: { userId: company.userId },
  });
  assert.is((profile as { displayname?: string }).displayname, company.name);
  const devices = await homeserver.request({ method: 'GET', path: '/_matrix/client/v3/devices', as: { userId: company.userId } });
  assert.ok((devices as { devices: { device_id: string }[] }).devices.some((device) => device.device_id === company.deviceId));
}

provisioning('a new company has ghost, space and team room, closed as designed', async ({ stack, company }) => {
  await assertComplete(stack, company);
});

provisioning('making it again changes nothing, and another name is refused', async ({ stack, company }) => {
  const again = await stack.companies.service.create('system', { slug: company.slug, name: company.name, settings: {} });
  assert.is(again.created, false);
  assert.equal(roomsOf(again.company), roomsOf(company));
  assert.equal(await stack.companies.service.repair('system', company.slug), []);
  try {
    await stack.companies.service.create('system', { slug: company.slug, name: 'Another', settings: {} });
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, 'COM_SMOOPE_CONFLICT');
  }
});

provisioning(
  'a crash at any step is finished by repeating the request, with one space and one team room',
  async ({ stack, changes: steps }) => {
    assert.ok(steps >= 4, `only ${steps} changes were seen`);
    for (let step = 0; step <= steps; step += 1) {
      const wanted = { slug: newSlug(), name: 'Crash AG', settings: {} };
      const broken = stack.withHomeserver((homeserver) => losing(homeserver, step));
      try {
        await broken.service.create('system', wanted);
        assert.unreachable(`the crash after step ${step} was not seen`);
      } catch (error) {
        assert.instance(error, HomeserverUnavailable);
      }
      assert.is((await stack.companies.companies.findBySlug(wanted.slug))?.status, 'draft');
      const { company } = await stack.companies.service.create('system', wanted);
      await assertComplete(stack, company);
      assert.equal(await stack.companies.provisioning.provision(company.id), [], `a crash after step ${step} left something behind`);
    }
  },
);

provisioning('at start-up what a crash interrupted is finished', async ({ stack }) => {
  const slug = newSlug();
  const broken = stack.withHomeserver((homeserver) => losing(homeserver, 3));
  await broken.service.create('system', { slug, name: 'Later AG', settings: {} }).catch(() => undefined);
  await stack.companies.provisioning.resume();
  const company = await stack.companies.companies.findBySlug(slug);
  assert.ok(company);
  await assertComplete(stack, company);
});

provisioning('somebody in the rooms whom no row names is put out by a repair', async ({ stack, company }) => {
  const { connections, companies } = stack;
  const { team } = roomsOf(company);
  const stranger = await stack.newPerson();
  await connections.homeserver.request({
    method: 'POST',
    path: matrixPath`/_matrix/client/v3/rooms/${team}/invite`,
    as: { userId: company.userId },
    body: { user_id: stranger.userId },
  });
  assert.is((await stranger.call('POST', matrixPath`/_matrix/client/v3/rooms/${team}/join`)).status, 200);
  assert.ok((await companies.service.repair('system', company.slug)).includes('strangers.removed'));
  assert.is(await membershipOf(connections, company, team, stranger.userId), 'leave');
});

provisioning('who is no member cannot enter or read space and team room', async ({ stack, company }) => {
  const stranger = await stack.newPerson();
  for (const room of Object.values(roomsOf(company))) {
    assert.is((await stranger.call('POST', matrixPath`/_matrix/client/v3/rooms/${room}/join`)).errcode, 'M_FORBIDDEN');
    assert.is((await stranger.call('GET', matrixPath`/_matrix/client/v3/rooms/${room}/state`)).errcode, 'M_FORBIDDEN');
    assert.is((await stranger.call('GET', `${matrixPath`/_matrix/client/v3/rooms/${room}/messages`}?dir=b`)).errcode, 'M_FORBIDDEN');
  }
});

// The company is not what it was after these.
provisioning('a repair puts back state, aliases, links, names and powers, and says what', async ({ stack, company }) => {
  const { connections, companies } = stack;
  const { space, team } = roomsOf(company);
  const ghost = { userId: company.userId };
  const spoil = (room: RoomId, type: string, key: string, content: unknown) =>
    connections.homeserver.request({
      method: 'PUT',
      path: matrixPath`/_matrix/client/v3/rooms/${room}/state/${type}/${key}`,
      as: ghost,
      body: content,
    });
  await spoil(space, 'm.room.name', '', { name: 'Spoilt' });
  await spoil(space, 'm.space.child', team, {});
  await spoil(team, 'm.room.server_acl', '', { allow: ['*'] });
  await spoil(team, 'm.room.join_rules', '', { join_rule: 'public' });
  await spoil(team, 'm.room.retention', '', {});
  await spoil(team, 'm.room.power_levels', '', { users: {}, invite: 0 });
  const alias = connections.names.teamAlias(company.bucket, company.slug);
  await connections.homeserver.request({ method: 'DELETE', path: matrixPath`/_matrix/client/v3/directory/room/${alias}`, as: ghost });
  await connections.ghosts.setProfile(company.userId, { displayName: 'Spoilt', avatarMxc: null });
  const changed = await companies.service.repair('system', company.slug);
  for (const code of [
    'ghost.profile',
    'space.m.room.name',
    'space.m.space.child',
    'team.alias',
    'team.m.room.server_acl',
    'team.m.room.join_rules',
    'team.m.room.retention',
    'team.m.room.power_levels',
  ]) {
    assert.ok(changed.includes(code), `${code} is not among ${changed.join(', ')}`);
  }
  await assertComplete(stack, company);
  assert.equal(await companies.service.repair('system', company.slug), []);
});

provisioning('name, logo, retention and the own homeserver reach Matrix', async ({ stack, company }) => {
  const { connections, companies } = stack;
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await companies.service.rename('system', company.slug, 'Neuer Name');
  await companies.service.updateSettings('system', company.slug, { retentionDays: 30, homeserver: 'acme.example' });
  await companies.service.setLogo('system', company.slug, png.toString('base64'));
  await companies.provisioning.publish({ companyId: company.id });
  const now = await companies.companies.get(company.id);
  const { space, team } = roomsOf(now);
  assert.equal(await stateOf(connections, now, space, 'm.room.name'), { name: 'Neuer Name' });
  assert.equal(await stateOf(connections, now, team, 'm.room.name'), { name: 'Neuer Name · Team' });
  assert.equal(await stateOf(connections, now, team, 'm.room.retention'), { max_lifetime: 30 * 86_400_000 });
  assert.equal((await stateOf(connections, now, team, 'm.room.server_acl'))?.['allow'], [
    stack.config.homeserver.serverName,
    'acme.example',
  ]);
  assert.equal(await stateOf(connections, now, team, 'm.room.avatar'), { url: now.logoMxc });
  assert.equal(await connections.media.read(now, now.logoMxc ?? '', 10_000), png);
  await companies.service.setLogo('system', company.slug, null);
  await companies.provisioning.publish({ companyId: company.id });
  assert.equal(await stateOf(connections, now, team, 'm.room.avatar'), {});
  assert.equal(await companies.provisioning.provision(company.id), []);
});

provisioning('a repair makes a new room for one that is gone, and members are invited again', async ({ stack, company }) => {
  const { connections, companies } = stack;
  const { space, team } = roomsOf(company);
  const anna = await stack.newPerson();
  await companies.memberService.add('system', company.slug, { userId: anna.userId, role: 'agent' });
  await connections.homeserver.request({
    method: 'POST',
    path: matrixPath`/_matrix/client/v3/rooms/${space}/leave`,
    as: { userId: company.userId },
    body: {},
  });
  const changed = await companies.service.repair('system', company.slug);
  assert.ok(changed.includes('space.created'), changed.join(', '));
  const repaired = await companies.companies.get(company.id);
  const rooms = roomsOf(repaired);
  assert.is.not(rooms.space, space);
  assert.is(rooms.team, team);
  assert.is(await membershipOf(connections, repaired, rooms.space, anna.userId), 'invite');
  assert.equal((await stateOf(connections, repaired, team, 'm.room.join_rules'))?.['allow'], [
    { type: 'm.room_membership', room_id: rooms.space },
  ]);
});

provisioning.run();
