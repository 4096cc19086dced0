import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import type { Audited } from '../companies/company-operator-routes.ts';
import type { OwnConversation } from '../conversations/conversation-service.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import { route, type Route } from '../http/route.ts';
import type { ConversationId } from '../ids.ts';
import type { Satisfaction } from './satisfaction.ts';
import { ratingRequest, satisfactionResponse } from './satisfaction-wire.ts';

type Dependencies = {
  readonly satisfaction: Satisfaction;
  readonly getOwn: (session: AuthTypes['visitor'], id: ConversationId) => Promise<OwnConversation>;
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly audited: Audited;
};

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

/** The one question after closing, and what came of it. */
export function satisfactionRoutes({ satisfaction, getOwn, findCompany, audited }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'put',
        path: '/api/v1/visitor/conversations/:conversationId/rating',
        summary: 'Says how content the visitor was with a closed conversation; once per closing, counted without the visitor.',
        auth: 'visitor',
        params: ofConversation,
        body: ratingRequest,
        limit: 'write',
        responses: { 204: { description: 'It is counted.' } },
      },
      async ({ auth, params, body }) => {
        await satisfaction.rate((await getOwn(auth, params.conversationId)).conversation, body.score);
        return { status: 204 };
      },
    ),
    audited(
      'reads',
      'satisfaction.list',
      route(
        {
          method: 'get',
          path: '/api/v1/operator/companies/:slug/satisfaction',
          summary: 'How content people were, by week that is over; fewer than five answers are not told.',
          auth: 'operator',
          params: z.object({ slug: z.string().max(40).describe('Slug of the company.') }),
          responses: { 200: { description: 'The weeks, the latest first.', schema: satisfactionResponse } },
        },
        async ({ params }) => {
          const company = await findCompany(params.slug);
          if (company === undefined) throw new ApiError('M_NOT_FOUND', 'There is no company with this slug.', { field: 'params.slug' });
          return { status: 200, body: { weeks: await satisfaction.list(company.id) } };
        },
      ),
    ),
  ];
}
