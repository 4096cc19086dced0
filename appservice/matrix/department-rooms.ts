import type { Company } from '../companies/company.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { Department } from '../team/department.ts';
import type { Powers } from './company-rooms.ts';
import type { HomeserverClient } from './homeserver-client.ts';
import type { Names } from './names.ts';
import { aliased, createOwnedRooms, named, pictured, type RoomPlan } from './owned-rooms.ts';
import { sendState } from './room-repair.ts';
import { lockedState, shorterLife, spaceChild, spaceParent, type RetentionLimits, type RoomStateEvent } from './room-state.ts';

/** Space and inbox room of a department. */
export type DepartmentRoomIds = { readonly space: RoomId; readonly inbox: RoomId };

type Parts = { readonly homeserver: HomeserverClient; readonly names: Names; readonly retentionLimits: RetentionLimits };

/** Space and inbox room of a department. Every function compares first and changes only what differs. */
export function createDepartmentRooms({ homeserver, names, retentionLimits }: Parts) {
  const { ensureRoom, repairRoom } = createOwnedRooms(homeserver);

  function locked(company: Company, department: Department, users: Powers, openTo: RoomId | null): RoomStateEvent[] {
    const { homeserver: ownServer } = company.settings;
    const retentionDays = shorterLife(department.retentionDays, company.settings.retentionDays, retentionLimits);
    return lockedState({ users, serverNames: [names.serverName, ownServer], retentionDays, retentionLimits, openTo });
  }

  /** Its members alone come in, by invitation: the door to inbox and conversations. */
  function spacePlan(company: Company, department: Department, users: Powers, above: RoomId): RoomPlan {
    const { key, name } = department;
    const alias = names.departmentSpaceAlias(company.bucket, company.slug, key);
    const parent = spaceParent(above, names.serverName);
    const state = [
      ...locked(company, department, users, null),
      named(`${company.name} · ${name}`),
      pictured(company),
      aliased(alias),
      parent,
    ];
    return { alias, body: { creation_content: { type: 'm.space' } }, state };
  }

  function inboxPlan(company: Company, department: Department, users: Powers, space: RoomId): RoomPlan {
    const { key, name } = department;
    const alias = names.departmentInboxAlias(company.bucket, company.slug, key);
    const parent = spaceParent(space, names.serverName);
    const state = [
      ...locked(company, department, users, space),
      named(`${company.name} · ${name} · Team`),
      pictured(company),
      aliased(alias),
      parent,
    ];
    return { alias, body: {}, state };
  }

  return {
    /** Rooms of the department, which are made where there are none. */
    async ensure(company: Company, department: Department, users: Powers, above: RoomId): Promise<DepartmentRoomIds> {
      const space = await ensureRoom(company, department.spaceRoomId, spacePlan(company, department, users, above));
      const inbox = await ensureRoom(company, department.inboxRoomId, inboxPlan(company, department, users, space));
      return { space, inbox };
    },

    /** Puts right what differs from the rows; returns what that was, as `<place>.<what>`, and who is in the rooms. An archived one leaves the company's space. */
    async bringUpToDate(
      company: Company,
      department: Department,
      { rooms, users, above }: { rooms: DepartmentRoomIds; users: Powers; above: RoomId },
    ): Promise<{ changed: string[]; present: UserId[] }> {
      const wanted = spacePlan(company, department, users, above);
      const space = await repairRoom(company, rooms.space, {
        ...wanted,
        state: [...wanted.state, spaceChild(rooms.inbox, names.serverName)],
      });
      const inbox = await repairRoom(company, rooms.inbox, inboxPlan(company, department, users, rooms.space));
      const child = spaceChild(rooms.space, names.serverName);
      await sendState(homeserver, company, above, department.archivedAt === null ? child : { ...child, content: {} });
      const changed = [...space.changed.map((type) => `space.${type}`), ...inbox.changed.map((type) => `inbox.${type}`)];
      return { changed, present: [...new Set([...space.state.present, ...inbox.state.present])] };
    },
  };
}

/** See `createDepartmentRooms`. */
export type DepartmentRooms = ReturnType<typeof createDepartmentRooms>;
