import type { Database } from '../database/database.ts';
import type { CompanyId, SessionId } from '../ids.ts';

type Row = { token_hash: string; company_id: CompanyId; session_id: SessionId | null; created_at: Date };

/** Rows of `contact_submission`. */
export function createContactSubmissionStore(database: Database) {
  return {
    /** Notes a form that is sent; false where it was sent before. */
    async add(tokenHash: string, companyId: CompanyId, sessionId: SessionId): Promise<boolean> {
      const added = await database<Row>('contact_submission')
        .insert({ token_hash: tokenHash, company_id: companyId, session_id: sessionId, created_at: new Date() })
        .onConflict('token_hash')
        .ignore()
        .returning('token_hash');
      return added.length > 0;
    },
    /** The session with which a form was sent. */
    async findSession(tokenHash: string): Promise<SessionId | undefined> {
      const row = await database<Row>('contact_submission').where({ token_hash: tokenHash }).first('session_id');
      return row?.session_id ?? undefined;
    },
    async countSince(companyId: CompanyId, since: Date): Promise<number> {
      const row = await database<Row>('contact_submission')
        .where({ company_id: companyId })
        .where('created_at', '>', since)
        .count<{ count: string }>('* as count')
        .first();
      return Number(row?.count ?? 0);
    },
    /** When the last but `count - 1` was sent; undefined where there are fewer. */
    async sentAt(companyId: CompanyId, count: number): Promise<Date | undefined> {
      const row = await database<Row>('contact_submission')
        .where({ company_id: companyId })
        .orderBy('created_at', 'desc')
        .offset(count - 1)
        .first('created_at');
      return row?.created_at;
    },
    async deleteOlder(before: Date): Promise<void> {
      await database<Row>('contact_submission').where('created_at', '<', before).delete();
    },
  };
}
