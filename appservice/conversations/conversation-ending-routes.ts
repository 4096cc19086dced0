import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import type { ConversationId } from '../ids.ts';
import type { EndConversation } from './conversation-ending.ts';

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

/** Ending a conversation as its person. */
export function conversationEndingRoutes({ end }: { end: EndConversation }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/conversations/:conversationId/close',
        summary: 'Ends a conversation; a further message takes it up again for as long as the company has set.',
        auth: 'visitor',
        params: ofConversation,
        limit: 'write',
        responses: { 204: { description: 'It is closed.' } },
      },
      async ({ auth, params }) => {
        await end(auth, params.conversationId);
        return { status: 204 };
      },
    ),
  ];
}
