import { z } from 'zod';

const slug = z.string().max(40).describe('Slug of the company.');
const days = z.number().positive().nullable().describe("Days, never more than the company's; null: as for everything around it.");

/** Parameters of paths below a company. */
export const ofCompany = z.object({ slug });
/** See `ofCompany`. */
export const ofDepartment = z.object({ slug, key: z.string().max(31).describe('Key of the department.') });
/** See `ofCompany`. */
export const ofConversation = z.object({
  slug,
  number: z.coerce.number().int().min(1).max(2_147_483_647).describe('Short number of the conversation.'),
});

/** Body of `PUT …/retention`. */
export const setRetentionRequest = z.strictObject({ days });

/** What holds today. */
export const retentionView = z.object({
  minDays: z.number().describe("The operator's shortest life of a message, in days."),
  maxDays: z.number().describe("The operator's longest life of a message, in days."),
  defaultDays: z.number().describe('Life where a company says nothing, in days.'),
  company: days,
  departments: z.array(z.object({ key: z.string(), name: z.string(), days })).describe('Departments in use.'),
  conversations: z
    .array(z.object({ number: z.int(), days: z.number() }))
    .describe('Conversations with a life of their own, the latest first, a hundred at most.'),
});
/** See `retentionView`. */
export type RetentionView = z.output<typeof retentionView>;

/** Query of the preview: what would be changed, and to what. */
export const previewQuery = z
  .object({
    days: z.coerce.number().positive().optional().describe('New life in days; without it: as for everything around.'),
    department: z.string().max(31).optional().describe('Key of a department; without it and without conversation: the whole company.'),
    conversation: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('Number of a conversation.'),
  })
  .refine(({ department, conversation }) => department === undefined || conversation === undefined, {
    path: ['conversation'],
    error: 'must not be given with a department',
  });
/** See `previewQuery`. */
export type PreviewQuery = z.output<typeof previewQuery>;

/** What a change would delete soon after it is saved. An estimate: counted from the index of events, not from the words. */
export const retentionPreview = z.object({
  messages: z.int().describe('Messages that are older than the new life and would have stayed by the present one.'),
  conversations: z.int().describe('Conversations in which they are.'),
});
/** See `retentionPreview`. */
export type RetentionPreview = z.output<typeof retentionPreview>;
