import { z } from 'zod';

/** Body of `POST /api/v1/account/continuations` and of its preview: what stands in the address that the widget made. */
export const continuationRequest = z.strictObject({
  code: z
    .string()
    .regex(/^[\w-]{8,64}$/, 'must be the code of the address')
    .describe('Code of the visitor, good once.'),
  company: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be the slug of the company')
    .describe('Slug of the company to which the visitor writes.'),
});

/** What is taken along, before it is. */
export const continuationPreview = z
  .object({
    company: z.object({ slug: z.string(), name: z.string() }),
    conversations: z.int().describe('How many conversations.'),
  })
  .meta({ id: 'Continuation' });

/** See `continuationRequest`. */
export type ContinuationRequest = z.output<typeof continuationRequest>;

/** See `continuationPreview`. */
export type ContinuationView = z.output<typeof continuationPreview>;
