import type { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId } from '../ids.ts';
import { createSatisfactionStore, type ScoreCount } from './satisfaction-store.ts';
import type { satisfactionWeek } from './satisfaction-wire.ts';
import { isoWeek } from './week.ts';

/** Fewer answers in a week could lead back to somebody (R4). */
const SMALLEST_GROUP = 5;

type Week = z.input<typeof satisfactionWeek>;

/** Sums the answers of a week, or says that they are too few. */
function summarize(week: string, counts: readonly ScoreCount[]): Week {
  const answers = counts.reduce((sum, { count }) => sum + count, 0);
  if (answers < SMALLEST_GROUP) return { week, answers: null, average: null, scores: null };
  const total = counts.reduce((sum, { score, count }) => sum + score * count, 0);
  return {
    week,
    answers,
    average: Math.round((100 * total) / answers) / 100,
    scores: Object.fromEntries(counts.map(({ score, count }) => [String(score), count])),
  };
}

/** How content people were after a conversation: voluntary, and counted without them. */
export function createSatisfaction({ database, now }: { database: Database; now: () => Date }) {
  return {
    /** Counts an answer, once per closing; throws COM_SMOOPE_CONFLICT where there is nothing to rate. */
    rate: ({ id, companyId }: Conversation, score: number): Promise<void> =>
      inTransaction(database, async (transaction) => {
        const store = createSatisfactionStore(transaction);
        if (!(await store.markRated(id)))
          throw new ApiError('COM_SMOOPE_CONFLICT', 'The conversation is not closed, or its closing was rated.', {
            field: 'params.conversationId',
          });
        await store.count(companyId, isoWeek(now()), score);
      }),
    /** Weeks that are over, the latest first: a count that is read while it grows would tell each answer. */
    async list(companyId: CompanyId): Promise<Week[]> {
      const counts = await createSatisfactionStore(database).listBefore(companyId, isoWeek(now()));
      const weeks = [...new Set(counts.map(({ week }) => week))];
      return weeks.map((week) =>
        summarize(
          week,
          counts.filter((count) => count.week === week),
        ),
      );
    },
  };
}

/** See `createSatisfaction`. */
export type Satisfaction = ReturnType<typeof createSatisfaction>;
