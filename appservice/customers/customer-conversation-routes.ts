import { localeOf } from '../http/page-locale.ts';
import { route, type Route } from '../http/route.ts';
import { customerConversation, customerConversationRequest } from './customer-conversation-wire.ts';
import type { OpenCustomerConversation } from './customer-conversations.ts';

/** Writing to a company from our web client. */
export function customerConversationRoutes({ openConversation }: { readonly openConversation: OpenCustomerConversation }): Route[] {
  return [
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
