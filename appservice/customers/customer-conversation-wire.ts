import { z } from 'zod';

/** Body of the request for a conversation with a company. */
export const customerConversationRequest = z
  .object({
    company: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'must be the slug of a company')
      .describe('Slug of the company.'),
  })
  .meta({ id: 'CustomerConversationRequest' });

/** The room in which a customer writes to a company. */
export const customerConversation = z
  .object({
    conversationId: z.string().describe('Id of the conversation.'),
    roomId: z.string().describe('Its Matrix room; the person is in it.'),
  })
  .meta({ id: 'CustomerConversation' });

/** See `customerConversationRequest`. */
export type CustomerConversationRequest = z.input<typeof customerConversationRequest>;

/** See `customerConversation`. */
export type CustomerConversation = z.output<typeof customerConversation>;
