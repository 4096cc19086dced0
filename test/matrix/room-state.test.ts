import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoomId, UserId } from '../../appservice/ids.ts';
import {
  joinRules,
  lockedState,
  POWER,
  powerLevels,
  retention,
  ROOM_BASE,
  serverAcl,
  spaceChild,
  spaceParent,
} from '../../appservice/matrix/room-state.ts';

const ANNA = '@anna:acme.example' as UserId;
const SPACE = '!space' as RoomId;
const LIMITS = { minDays: 1, maxDays: 730, defaultDays: 365 };
const DAY = 86_400_000;

test('membership and every rule of a room need the ghost alone', () => {
  const levels = powerLevels({ users: { [ANNA]: POWER.admin } });
  assert.equal(levels['users'], { [ANNA]: 75 });
  for (const key of ['invite', 'kick', 'ban', 'state_default']) assert.is(levels[key], 150, key);
  const events = levels['events'] as Record<string, number>;
  for (const type of [
    'encryption',
    'history_visibility',
    'join_rules',
    'server_acl',
    'retention',
    'power_levels',
    'tombstone',
    'name',
    'guest_access',
  ]) {
    assert.is(events[`m.room.${type}`], 150, type);
  }
  assert.is(events['m.space.child'], 150);
});

test('agents redact, persons write, and nobody but members has a power', () => {
  const levels = powerLevels({ users: {} });
  assert.is(levels['redact'], POWER.agent);
  assert.is(levels['events_default'], 0);
  assert.is(levels['users_default'], 0);
  assert.equal(levels['users'], {});
});

test('the access list lets in our server and the one of the company, once each', () => {
  assert.equal(serverAcl(['us.example', null])['allow'], ['us.example']);
  assert.equal(serverAcl(['us.example', 'acme.example', 'us.example'])['allow'], ['us.example', 'acme.example']);
  assert.is(serverAcl(['us.example'])['allow_ip_literals'], false);
});

test('retention is in milliseconds and stays within the limits of the operator', () => {
  assert.equal(retention(30, LIMITS), { max_lifetime: 30 * DAY });
  assert.equal(retention(null, LIMITS), { max_lifetime: 365 * DAY });
  assert.equal(retention(0.5, LIMITS), { max_lifetime: DAY });
  assert.equal(retention(9999, LIMITS), { max_lifetime: 730 * DAY });
});

test('members of the space enter by themselves, without space only the invited', () => {
  assert.equal(joinRules(null), { join_rule: 'invite' });
  assert.equal(joinRules(SPACE), { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: SPACE }] });
});

test('a room is closed from its first event on, each state once', () => {
  const state = lockedState({ users: {}, serverNames: ['us.example'], retentionDays: null, retentionLimits: LIMITS, openTo: SPACE });
  const types = state.map(({ type }) => type);
  assert.equal(new Set(types).size, types.length);
  for (const type of ['power_levels', 'server_acl', 'join_rules', 'history_visibility', 'guest_access', 'retention'])
    assert.ok(types.includes(`m.room.${type}`), type);
  assert.equal(state.find(({ type }) => type === 'm.room.guest_access')?.content, { guest_access: 'forbidden' });
});

test('links between space and room name a server, for ids that carry none', () => {
  assert.equal(spaceParent(SPACE, 'us.example'), {
    type: 'm.space.parent',
    state_key: SPACE,
    content: { via: ['us.example'], canonical: true },
  });
  assert.equal(spaceChild('!team' as RoomId, 'us.example').content['via'], ['us.example']);
});

test('rooms are of version 12, and no invitee becomes a creator', () => {
  assert.is(ROOM_BASE.room_version, '12');
  assert.is(ROOM_BASE.preset, 'private_chat');
});

test.run();
