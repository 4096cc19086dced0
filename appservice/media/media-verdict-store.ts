import type { Database } from '../database/database.ts';
import type { Verdict } from './virus-scanner.ts';

/** Rows of `media_verdict`: what the virus scanner said about files. */
export function createMediaVerdictStore(database: Database) {
  return {
    async find(mxc: string): Promise<Verdict | undefined> {
      return (await database<{ mxc: string; verdict: Verdict }>('media_verdict').where({ mxc }).first())?.verdict;
    },
    async put(mxc: string, verdict: Verdict): Promise<void> {
      await database('media_verdict').insert({ mxc, verdict }).onConflict('mxc').merge();
    },
    async remove(mxc: string): Promise<void> {
      await database('media_verdict').where({ mxc }).delete();
    },
  };
}
