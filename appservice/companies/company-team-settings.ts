import { z } from 'zod';
import { paragraphs } from './setting-text.ts';

/** Texts that the company's ghost sends by itself, by language; beside title and greeting of the panel. */
export const teamTexts = {
  welcome: paragraphs(1_000).optional().describe('Sent once a conversation began.'),
  outOfHours: paragraphs(1_000).optional().describe('Sent once an absence when a person writes outside the business hours.'),
  silenceWarning: paragraphs(1_000).optional().describe('Sent before a silent conversation is closed; there is one of ours.'),
};

/** See `CompanySettings`. */
export const routing = z
  .enum(['team', 'everyone', 'round-robin'])
  .describe(
    'team: announced, members join by themselves; everyone: all members are invited; round-robin: the next available one is invited.',
  );

/** See `CompanySettings`. */
export const leaveDays = z.number().min(0).max(3_650).describe('Days after closing when agents are taken out of a conversation.');

/** See `CompanySettings`. */
export const autoClose = z
  .strictObject({
    afterHours: z.number().positive().max(8_760).describe('Hours of silence after an answer of the company.'),
    warnHours: z.number().min(0).max(8_760).describe('Hours before the end at which the person is told; 0: not at all.'),
  })
  .refine(({ afterHours, warnHours }) => warnHours < afterHours, { path: ['warnHours'], error: 'must be less than "afterHours"' })
  .nullable()
  .describe('Closes answered conversations of themselves; null: never.');

const replyName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits and hyphens');
const language = z.string().regex(/^[a-z]{2,3}$/, 'must be a language like de');

/** See `CompanySettings`. */
export const cannedReplies = z
  .record(
    replyName,
    z.record(language, paragraphs(4_000)).refine((texts) => Object.keys(texts).length > 0, 'must have at least one language'),
  )
  .refine((replies) => Object.keys(replies).length <= 200, 'must be 200 at most')
  .describe('Canned replies by name, each by language; agents send one with !reply NAME.');
