import type { RoomId, UserId } from '../ids.ts';

/** A state event as `createRoom` takes it in `initial_state`. */
export type RoomStateEvent = { readonly type: string; readonly state_key: string; readonly content: Readonly<Record<string, unknown>> };

/**
 * Powers in every room of a company (design 6). The company's ghost is the creator: in room version 12 it stands above all
 * numbers and must not be listed, so what needs `companyOnly` can be done by the ghost alone.
 */
export const POWER = { silenced: -1, person: 0, agent: 50, admin: 75, companyOnly: 150 } as const;

/** Days to milliseconds, the unit of Matrix. */
const DAY_MS = 86_400_000;

/** State that decides who may enter, read or rule; named one by one so that a change of `state_default` alone opens nothing. */
const COMPANY_ONLY_STATE = [
  'm.room.avatar',
  'm.room.canonical_alias',
  'm.room.encryption',
  'm.room.guest_access',
  'm.room.history_visibility',
  'm.room.join_rules',
  'm.room.name',
  'm.room.power_levels',
  'm.room.retention',
  'm.room.server_acl',
  'm.room.tombstone',
  'm.room.topic',
  'm.space.child',
  'm.space.parent',
  'com.smoope.conversation',
] as const;

/**
 * Content of `m.room.power_levels` (https://spec.matrix.org/v1.15/client-server-api/#mroompower_levels). `users` are members of
 * the company with `POWER.agent` or `POWER.admin`; the creator is left out, the homeserver refuses it. Membership is the
 * service's alone: inviting, kicking and banning need the ghost. Agents may redact and pin.
 */
export function powerLevels({ users }: { users: Readonly<Record<UserId, number>> }): Readonly<Record<string, unknown>> {
  return {
    users: { ...users },
    users_default: POWER.person,
    events: {
      'm.room.pinned_events': POWER.agent,
      ...Object.fromEntries(COMPANY_ONLY_STATE.map((type) => [type, POWER.companyOnly])),
    },
    events_default: POWER.person,
    state_default: POWER.companyOnly,
    invite: POWER.companyOnly,
    kick: POWER.companyOnly,
    ban: POWER.companyOnly,
    redact: POWER.agent,
    notifications: { room: POWER.agent },
  };
}

/**
 * Content of `m.room.server_acl`: only these servers take part, ours and the company's if it has one. Names as they stand in
 * Matrix ids, with the port if there is one: Synapse compares the whole name.
 */
export function serverAcl(serverNames: readonly (string | null)[]): Readonly<Record<string, unknown>> {
  const allow = [...new Set(serverNames.filter((name) => name !== null))];
  return { allow, deny: [], allow_ip_literals: false };
}

/** Limits of the operator in days, as in `config.homeserver.retention` (R23). */
export type RetentionLimits = { readonly minDays: number; readonly maxDays: number; readonly defaultDays: number };

/** Content of `m.room.retention`: life of a message; `days` null means the operator's default, and the operator's limits hold in any case. */
export function retention(days: number | null, limits: RetentionLimits): Readonly<Record<string, unknown>> {
  const allowed = Math.min(Math.max(days ?? limits.defaultDays, limits.minDays), limits.maxDays);
  return { max_lifetime: Math.round(allowed * DAY_MS) };
}

/** Life of messages where a department or conversation has one of its own: never longer than the company's, which is what people are told. */
export function shorterLife(own: number | null, company: number | null, { defaultDays }: RetentionLimits): number | null {
  return own === null ? company : Math.min(own, company ?? defaultDays);
}

/** Content of `m.room.join_rules`: members of the space join by themselves; without space only invited users. */
export function joinRules(spaceRoomId: RoomId | null): Readonly<Record<string, unknown>> {
  if (spaceRoomId === null) return { join_rule: 'invite' };
  return { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: spaceRoomId }] };
}

/** What a room of a company is made of; the same for space, team room and conversations. */
export type LockedRoom = {
  /** Powers of the members; see `powerLevels`. */
  readonly users: Readonly<Record<UserId, number>>;
  /** Servers that take part; see `serverAcl`. */
  readonly serverNames: readonly (string | null)[];
  readonly retentionDays: number | null;
  readonly retentionLimits: RetentionLimits;
  /** Space whose members may join by themselves; null: invited users only. */
  readonly openTo: RoomId | null;
};

/**
 * Initial state that closes a room from its first event on: powers, servers, entry, history, guests, retention. It is given to
 * `createRoom` and compared with by a repair. History is `shared`: isolation comes from membership and forgetting (design 6).
 */
export function lockedState(room: LockedRoom): RoomStateEvent[] {
  return [
    state('m.room.power_levels', powerLevels(room)),
    state('m.room.server_acl', serverAcl(room.serverNames)),
    state('m.room.join_rules', joinRules(room.openTo)),
    state('m.room.history_visibility', { history_visibility: 'shared' }),
    state('m.room.guest_access', { guest_access: 'forbidden' }),
    state('m.room.retention', retention(room.retentionDays, room.retentionLimits)),
  ];
}

/** Tells a room's space; `serverName` is ours: ids of room version 12 carry no server, so `via` must name one. */
export function spaceParent(spaceRoomId: RoomId, serverName: string): RoomStateEvent {
  return { type: 'm.space.parent', state_key: spaceRoomId, content: { via: [serverName], canonical: true } };
}

/** Puts a room into its space; only the team room and departments stand there, never a conversation (design 6). */
export function spaceChild(roomId: RoomId, serverName: string): RoomStateEvent {
  return { type: 'm.space.child', state_key: roomId, content: { via: [serverName], suggested: true } };
}

function state(type: string, content: Readonly<Record<string, unknown>>): RoomStateEvent {
  return { type, state_key: '', content };
}

/** Fixed part of every `createRoom` body of ours; `trusted_private_chat` would make each invitee a creator for ever. */
export const ROOM_BASE = { room_version: '12', preset: 'private_chat', visibility: 'private' } as const;
