import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import type { ConversationId } from '../ids.ts';
import type { ErasureRequests } from './erasure-request.ts';

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

const TAKEN = {
  202: { description: 'It is out of sight; the deletion goes on and needs nobody.', schema: z.object({}) },
} as const;

/** Deleting for good, without an account and without asking anybody. */
export function erasureRoutes({ requests }: { requests: ErasureRequests }): Route[] {
  return [
    route(
      {
        method: 'delete',
        path: '/api/v1/visitor/conversations/:conversationId',
        summary:
          'Deletes a conversation for good: room, files, notes about it. With the last one everything of the visitor goes, and the session ends.',
        auth: 'visitor',
        params: ofConversation,
        limit: 'write',
        responses: TAKEN,
      },
      async ({ auth, params }) => {
        await requests.eraseConversation(auth, params.conversationId);
        return { status: 202, body: {} };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/visitor',
        summary: 'Deletes everything of this visitor at the company for good; all sessions of the visitor end.',
        auth: 'visitor',
        limit: 'write',
        responses: TAKEN,
      },
      async ({ auth }) => {
        await requests.erasePerson(auth);
        return { status: 202, body: {} };
      },
    ),
  ];
}
