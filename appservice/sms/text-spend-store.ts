import type { Database } from '../database/database.ts';

/** Day of the calendar in UTC. */
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Rows of `text_spend`. */
export function createTextSpendStore(database: Database) {
  return {
    /** Counts one more text of the day, in one statement; false where there were `most` already. */
    async take(at: Date, most: number): Promise<boolean> {
      const result = await database.raw<{ rows: unknown[] }>(
        `insert into text_spend as spend (day, texts) values (?, 1)
           on conflict (day) do update set texts = spend.texts + 1 where spend.texts < ? returning texts`,
        [dayOf(at), most],
      );
      return result.rows.length > 0;
    },
    /** Notes that the limit of the day was reached; true for the first who notes it. */
    async markStopped(at: Date): Promise<boolean> {
      return (
        (await database('text_spend')
          .where({ day: dayOf(at), stopped_at: null })
          .update({ stopped_at: at })) > 0
      );
    },
    async deleteBefore(at: Date): Promise<void> {
      await database('text_spend').where('day', '<', dayOf(at)).delete();
    },
  };
}
