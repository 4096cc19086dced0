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

const pictureUrl = z.string().nullable().describe('Address on our origin, or null.');

const castCompany = z.object({ slug: z.string(), name: z.string(), pictureUrl });

/** Who answers in a conversation, as the company chose it for customers. */
export const customerCast = z
  .object({
    company: castCompany,
    members: z
      .array(z.object({ userId: z.string().describe('Matrix id, as it stands in the room.'), name: z.string(), pictureUrl }))
      .describe('People of the company who are in the room or have written there.'),
  })
  .meta({ id: 'CustomerCast' });

/** With whom the caller has which conversation. */
export const customerConversationList = z
  .object({ conversations: z.array(z.object({ roomId: z.string(), company: castCompany })) })
  .meta({ id: 'CustomerConversationList' });

/** See `customerCast`. */
export type CustomerCast = z.output<typeof customerCast>;

/** See `customerConversationList`. */
export type CustomerConversationList = z.output<typeof customerConversationList>;

/** See `customerConversationRequest`. */
export type CustomerConversationRequest = z.input<typeof customerConversationRequest>;

/** See `customerConversation`. */
export type CustomerConversation = z.output<typeof customerConversation>;
