import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId } from '../ids.ts';

/** Answers of one score in a week. */
export type ScoreCount = { readonly week: string; readonly score: number; readonly count: number };

/** Rows of `satisfaction_count`, and the mark of a conversation that its closing was rated. */
export function createSatisfactionStore(database: Database) {
  return {
    /** Marks the present closing as rated; false where the conversation is not closed or its closing was rated. */
    async markRated(conversationId: ConversationId): Promise<boolean> {
      const marked = await database('conversation')
        .where({ id: conversationId, status: 'closed' })
        .whereRaw('rated_closing is distinct from closed_at')
        .update({ rated_closing: database.ref('closed_at') });
      return marked > 0;
    },
    async count(companyId: CompanyId, week: string, score: number): Promise<void> {
      await database('satisfaction_count')
        .insert({ company_id: companyId, week, score, count: 1 })
        .onConflict(['company_id', 'week', 'score'])
        .merge({ count: database.raw('satisfaction_count.count + 1') });
    },
    /** Counts of weeks before `week`, the latest first. */
    async listBefore(companyId: CompanyId, week: string): Promise<ScoreCount[]> {
      return database<ScoreCount & { company_id: CompanyId }>('satisfaction_count')
        .where({ company_id: companyId })
        .where('week', '<', week)
        .orderBy([{ column: 'week', order: 'desc' }, { column: 'score' }])
        .select('week', 'score', 'count');
    },
  };
}
