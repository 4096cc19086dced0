import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';

/** Rows of `member_availability`: who is away, and whose turn it is. */
export function createAvailabilityStore(database: Database) {
  return {
    /** Notes what a member said at a time; false when they have said something later. */
    async set(memberId: string, away: boolean, at: Date): Promise<boolean> {
      const result = await database.raw<{ rowCount: number }>(
        `insert into member_availability (member_id, away, changed_at) values (:memberId, :away, :at)
         on conflict (member_id) do update set away = excluded.away, changed_at = excluded.changed_at
         where member_availability.changed_at is null or member_availability.changed_at < excluded.changed_at`,
        { memberId, away, at },
      );
      return result.rowCount > 0;
    },
    /** Whether a member said that they are away. */
    async isAway(memberId: string): Promise<boolean> {
      const row = await database<{ member_id: string; away: boolean }>('member_availability').where({ member_id: memberId }).first('away');
      return row?.away ?? false;
    },
    /** Those of the members who are not away, whose turn is next first. */
    async listHere(memberIds: readonly string[]): Promise<string[]> {
      const result = await database.raw<{ rows: { id: string }[] }>(
        `select id from unnest(cast(:memberIds as text[])) with ordinality as member (id, place)
         left join member_availability on member_id = id
         where coalesce(not away, true) order by last_assigned_at nulls first, place`,
        { memberIds: [...memberIds] },
      );
      return result.rows.map(({ id }) => id);
    },
    /** Moves a member to the end of the line. */
    async noteTurn(memberId: string): Promise<void> {
      await database.raw(
        `insert into member_availability (member_id, last_assigned_at) values (:memberId, clock_timestamp())
         on conflict (member_id) do update set last_assigned_at = excluded.last_assigned_at`,
        { memberId },
      );
    },
    /** Makes those who choose in this company wait for each other until the transaction ends: nobody is chosen twice at once. */
    async lockTurns(companyId: CompanyId): Promise<void> {
      await database.raw(`select pg_advisory_xact_lock(hashtextextended('turns ' || ?, 0))`, [companyId]);
    },
  };
}
