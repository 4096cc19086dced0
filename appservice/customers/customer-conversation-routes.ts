import { z } from 'zod';
import { localeOf } from '../http/page-locale.ts';
import { route, type Route } from '../http/route.ts';
import type { RoomId } from '../ids.ts';
import type { CustomerCasts } from './customer-casts.ts';
import { customerCast, customerConversation, customerConversationList, customerConversationRequest } from './customer-conversation-wire.ts';
import type { OpenCustomerConversation } from './customer-conversations.ts';

/** Writing to a company from our web client. */
export function customerConversationRoutes({
  openConversation,
  casts,
}: {
  readonly openConversation: OpenCustomerConversation;
  readonly casts: CustomerCasts;
}): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/v1/customer-conversations',
        summary: 'Your conversations, each with the name and picture of its company.',
        auth: 'api',
        limit: 'browse',
        responses: { 200: { description: 'The conversations, latest first.', schema: customerConversationList } },
      },
      async ({ auth: { userId } }) => ({ status: 200, body: await casts.list(userId) }),
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/customer-conversations/:roomId/cast',
        summary: 'Who answers in a conversation of yours: names and pictures as the company chose them.',
        auth: 'api',
        limit: 'browse',
        params: z.object({ roomId: z.string().max(255).describe('Matrix room of the conversation.') }),
        responses: { 200: { description: 'The company and its people.', schema: customerCast } },
      },
      async ({ auth: { userId }, params: { roomId } }) => ({ status: 200, body: await casts.get(roomId as RoomId, userId) }),
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/customer-conversations',
        summary: 'Finds or makes your conversation with a company that takes a message now, and brings you into its room.',
        auth: 'api',
        limit: 'open-conversation',
        body: customerConversationRequest,
        responses: { 200: { description: 'The conversation.', schema: customerConversation } },
      },
      async ({ auth: { userId }, body: { company }, context }) => ({
        status: 200,
        body: await openConversation(company, { userId, locale: localeOf(context) }),
      }),
    ),
  ];
}
