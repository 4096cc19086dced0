import { randomBytes } from 'node:crypto';
import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, DeviceId, RoomId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { ConversationRooms, RoomOwner } from '../matrix/conversation-rooms.ts';
import type { Ghosts } from '../matrix/ghosts.ts';
import type { Names } from '../matrix/names.ts';
import { createConversationStore } from './conversation-store.ts';
import { createPreparedRoomStore, type PreparedRoom } from './prepared-room-store.ts';

/** Rooms made in advance: making one takes a homeserver longer than sending a message (facts 4). */
export type RoomPool = {
  /** Fills a company's pool in the background; called when a panel opens, so a company that nobody visits has none. */
  fill(company: Company): void;
  /** Makes a room now, for a ghost that exists or a new one. */
  make(company: Company, ghost?: { userId: UserId; deviceId: DeviceId }): Promise<PreparedRoom>;
  /** Waits for work in the background. */
  settle(): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly rooms: ConversationRooms;
  readonly ghosts: Ghosts;
  readonly names: Names;
  readonly size: number;
  readonly log: Logger;
};

/** A device id says nothing about the browser it stands for. */
export const newDeviceId = (): DeviceId => randomBytes(8).toString('hex').toUpperCase() as DeviceId;

/** The company as the owner of rooms; throws where it was never provisioned. */
export function roomOwnerOf(company: Company): RoomOwner & { spaceRoomId: RoomId } {
  const { userId, deviceId, name, spaceRoomId, settings } = company;
  if (spaceRoomId === null) throw new Error('the company has no space yet');
  return { userId, deviceId, name, spaceRoomId, homeserver: settings.homeserver, retentionDays: settings.retentionDays };
}

/** See `RoomPool`. */
export function createRoomPool({ database, rooms, ghosts, names, size, log }: Dependencies): RoomPool {
  const prepared = createPreparedRoomStore(database);
  const filling = new Map<CompanyId, Promise<void>>();

  async function make(company: Company, ghost?: { userId: UserId; deviceId: DeviceId }): Promise<PreparedRoom> {
    const number = await createConversationStore(database).takeNumber(company.id);
    const { userId, deviceId } = ghost ?? { userId: names.newVisitorGhost(company.bucket), deviceId: newDeviceId() };
    if (ghost === undefined) await ghosts.make(userId, deviceId);
    const roomId = await rooms.create(roomOwnerOf(company), { number, visitor: userId });
    return { roomId, number, userId, deviceId };
  }

  async function fillUp(company: Company): Promise<void> {
    // Counted anew each time: rooms are taken while others are made, and a call that comes meanwhile begins nothing of its own.
    while ((await prepared.count(company.id)) < size) await prepared.add(company.id, await make(company));
  }

  return {
    make,
    fill(company) {
      if (company.status !== 'live' || filling.has(company.id)) return;
      const work = fillUp(company)
        .catch((cause: unknown) => log.warn('pool_not_filled', { companyId: company.id }, cause))
        .finally(() => filling.delete(company.id));
      filling.set(company.id, work);
    },
    async settle() {
      await Promise.all(filling.values());
    },
  };
}
