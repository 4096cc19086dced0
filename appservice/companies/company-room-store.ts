import type { Database } from '../database/database.ts';
import type { CompanyId, RoomId } from '../ids.ts';

/** A room of a company beside space and team room: a conversation, or one made in advance. */
export type ConversationRoom = {
  readonly roomId: RoomId;
  readonly number: number;
  /** Space of the department whose members may join; null: the company's. */
  readonly spaceRoomId: RoomId | null;
  /** Life of its messages in days, its own or its department's; null: the company's. */
  readonly retentionDays: number | null;
};

const PAGE = 100;

/** Which conversation rooms a company has; needed where something holds for all of them: retention, access list, a member who leaves. */
export function createCompanyRoomStore(database: Database) {
  async function page(companyId: CompanyId, after: number): Promise<ConversationRoom[]> {
    const result = await database.raw<{ rows: { room_id: string; number: number; space_room_id: string | null; days: number | null }[] }>(
      `select room_id, number, space_room_id, days from (
         select room_id, number, space_room_id, coalesce(conversation.retention_days, department.retention_days) as days
           from conversation left join department on department.id = department
           where conversation.company_id = :companyId
         union all select room_id, number, null, null from prepared_room where company_id = :companyId) as room
       where number > :after order by number limit :limit`,
      { companyId, after, limit: PAGE },
    );
    return result.rows.map((row) => ({
      roomId: row.room_id as RoomId,
      number: row.number,
      spaceRoomId: row.space_room_id as RoomId | null,
      retentionDays: row.days,
    }));
  }

  return {
    /** Those after a number, in order, at most a page: a company may have tens of thousands. */
    page,
    /** Those of `roomIds` that are rooms of the company. */
    async only(companyId: CompanyId, roomIds: readonly RoomId[]): Promise<RoomId[]> {
      const result = await database.raw<{ rows: { room_id: string }[] }>(
        `select room_id from conversation where company_id = :companyId and room_id = any(:roomIds)
         union select room_id from prepared_room where company_id = :companyId and room_id = any(:roomIds)`,
        { companyId, roomIds: [...roomIds] },
      );
      return result.rows.map((row) => row.room_id as RoomId);
    },
  };
}

/** See `createCompanyRoomStore`. */
export type CompanyRoomStore = ReturnType<typeof createCompanyRoomStore>;
