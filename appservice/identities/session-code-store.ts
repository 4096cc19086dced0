import type { Database } from '../database/database.ts';
import type { SessionId } from '../ids.ts';
import type { SessionCodePurpose } from './session-code-wire.ts';

/** A code as it is kept: hashed, bound to the session that asked for it. */
export type SessionCode = {
  readonly hash: string;
  readonly sessionId: SessionId;
  readonly purpose: SessionCodePurpose;
  readonly expiresAt: Date;
};

type Row = { hash: string; session_id: SessionId; purpose: SessionCodePurpose; expires_at: Date };

const toDomain = ({ hash, session_id: sessionId, purpose, expires_at: expiresAt }: Row): SessionCode => ({
  hash,
  sessionId,
  purpose,
  expiresAt,
});

/** Rows of `session_code`. */
export function createSessionCodeStore(database: Database) {
  const codes = () => database<Row>('session_code');
  return {
    async add({ hash, sessionId, purpose, expiresAt }: SessionCode): Promise<void> {
      await codes().insert({ hash, session_id: sessionId, purpose, expires_at: expiresAt });
    },
    /** Codes of the sessions of whoever this session is that are still good, the first to expire first. */
    async listOpen(sessionId: SessionId, now: Date): Promise<SessionCode[]> {
      const result = await database.raw<{ rows: Row[] }>(
        `select code.* from session_code as code join visitor_session as other on other.id = code.session_id
           join visitor_session as own on own.id = ?
         where code.expires_at > ? and (other.id = own.id or (other.person_id = own.person_id and other.company_id = own.company_id))
         order by code.expires_at`,
        [sessionId, now],
      );
      return result.rows.map(toDomain);
    },
    /** A code that is still good. */
    async find(hash: string, now: Date): Promise<SessionCode | undefined> {
      const row = await codes().where({ hash }).where('expires_at', '>', now).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Uses a code up; false where it was used already. */
    async take(hash: string): Promise<boolean> {
      return (await codes().where({ hash }).delete()) > 0;
    },
    async deleteExpired(now: Date): Promise<void> {
      await codes().where('expires_at', '<=', now).delete();
    },
  };
}
