import type { Database } from './database/database.ts';
import type { CompanyId } from './ids.ts';

/** Counts a score of 1 to 5 for a company in this week; nothing leads back to whoever gave it. */
export async function countScore(database: Database, companyId: CompanyId, score: number): Promise<void> {
  await database('satisfaction_count')
    .insert({ company_id: companyId, week: database.raw("date_trunc('week', now())"), score, count: 1 })
    .onConflict(['company_id', 'week', 'score'])
    .merge({ count: database.raw('satisfaction_count.count + 1') });
}
