import { z } from 'zod';

/** Body of `PUT …/rating`. */
export const ratingRequest = z.strictObject({ score: z.int().min(1).max(5).describe('1 (not content) to 5 (very content).') });

/** Answers of a week, or that they are too few to be told. */
export const satisfactionWeek = z.object({
  week: z.string().describe('ISO week, for example 2026-W48.'),
  answers: z.int().nullable().describe('Number of answers; null: fewer than five, so that nobody can be found from them.'),
  average: z.number().nullable().describe('Average of 1 to 5.'),
  scores: z.record(z.string(), z.int()).nullable().describe('Number of answers by score.'),
});

/** Answer of `GET /api/v1/operator/companies/{slug}/satisfaction`. */
export const satisfactionResponse = z.object({ weeks: z.array(satisfactionWeek) });

/** See `satisfactionWeek`. */
export type SatisfactionWeek = z.output<typeof satisfactionWeek>;
