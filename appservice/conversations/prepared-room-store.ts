import type { Database } from '../database/database.ts';
import type { CompanyId, DeviceId, RoomId, UserId } from '../ids.ts';

/** A room made in advance, with the ghost that is in it and the device under which it will send. */
export type PreparedRoom = { readonly roomId: RoomId; readonly number: number; readonly userId: UserId; readonly deviceId: DeviceId };

type Row = { room_id: RoomId; company_id: CompanyId; number: number; user_id: UserId; device_id: DeviceId };

/** Rows of `prepared_room`. */
export function createPreparedRoomStore(database: Database) {
  return {
    async add(companyId: CompanyId, { roomId, number, userId, deviceId }: PreparedRoom): Promise<void> {
      await database<Row>('prepared_room').insert({ room_id: roomId, company_id: companyId, number, user_id: userId, device_id: deviceId });
    },
    /** Takes one out, the oldest that nobody else is taking. */
    async take(companyId: CompanyId): Promise<PreparedRoom | undefined> {
      const oldest = database<Row>('prepared_room')
        .where({ company_id: companyId })
        .orderBy('number')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .select('room_id');
      const [row] = await database<Row>('prepared_room').whereIn('room_id', oldest).delete().returning('*');
      return row === undefined ? undefined : { roomId: row.room_id, number: row.number, userId: row.user_id, deviceId: row.device_id };
    },
    async count(companyId: CompanyId): Promise<number> {
      const row = await database<Row>('prepared_room').where({ company_id: companyId }).count<{ count: string }>('* as count').first();
      return Number(row?.count ?? 0);
    },
  };
}
