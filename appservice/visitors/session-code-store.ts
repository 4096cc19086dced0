import type { Database } from '../database/database.ts';
import type { SessionId } from '../ids.ts';

/** What a code is for: a window of its own, another device by picture, or by link. */
export type CodePurpose = 'popout' | 'app' | 'resume';

/** Most codes of a session that wait for their use. */
const MOST_OPEN = 5;

/** Rows of `session_code`. */
export function createSessionCodeStore(database: Database) {
  return {
    /** Keeps a code; the oldest of more than five is worth nothing any more. */
    async create(code: { hash: string; sessionId: SessionId; purpose: CodePurpose; expiresAt: Date }): Promise<void> {
      const { hash, sessionId, purpose, expiresAt } = code;
      await database('session_code').insert({ code_hash: hash, session_id: sessionId, purpose, expires_at: expiresAt });
      const kept = database('session_code')
        .where({ session_id: sessionId })
        .orderBy('expires_at', 'desc')
        .limit(MOST_OPEN)
        .select('code_hash');
      await database('session_code').where({ session_id: sessionId }).whereNotIn('code_hash', kept).delete();
    },
    /** Uses a code up; undefined when it was used, is too old or never was. */
    async take(hash: string, now: Date): Promise<SessionId | undefined> {
      const [row] = await database<{ code_hash: string; session_id: SessionId; expires_at: Date }>('session_code')
        .where({ code_hash: hash })
        .delete()
        .returning('*');
      return row === undefined || row.expires_at <= now ? undefined : row.session_id;
    },
    async deleteExpired(now: Date): Promise<void> {
      await database('session_code').where('expires_at', '<=', now).delete();
    },
  };
}
