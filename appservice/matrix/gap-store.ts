import type { Database } from '../database/database.ts';

const NAME = 'gap';

/** Row of `homeserver_position`: the sync token from which a gap is read. */
export function createGapStore(database: Database) {
  return {
    async findToken(): Promise<string | undefined> {
      const row = await database<{ name: string; token: string }>('homeserver_position').where({ name: NAME }).first();
      return row?.token;
    },
    async setToken(token: string, takenAt: Date): Promise<void> {
      await database('homeserver_position')
        .insert({ name: NAME, token, taken_at: takenAt })
        .onConflict('name')
        .merge(['token', 'taken_at']);
    },
  };
}

/** See `createGapStore`. */
export type GapPosition = ReturnType<typeof createGapStore>;
