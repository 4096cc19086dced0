import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import { countedOf, type RateLimit } from '../http/rate-limit.ts';
import { route, type Answer, type Route } from '../http/route.ts';
import type { ConversationId, EventId } from '../ids.ts';
import { readContactCookie } from './contact-cookie.ts';
import type { ContactFormService } from './contact-form-service.ts';

type Session = AuthTypes['visitor'];
type Responses = { readonly 200: { readonly description: string; readonly isFile: true } };

type Dependencies = {
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly service: Pick<ContactFormService, 'use'>;
  /** Answers with the file of an event of the session's own conversations; throws M_NOT_FOUND for all else. */
  readonly answerFile: (
    session: Session,
    wanted: { conversationId: ConversationId; eventId: EventId; thumbnail: boolean },
    context: HttpContext,
  ) => Promise<Answer<Responses>>;
  readonly rateLimit: RateLimit;
};

const params = z.object({
  slug: z.string().max(64),
  conversationId: z.uuid().transform((id) => id as ConversationId),
  eventId: z
    .string()
    .regex(/^\$[\w./+=:-]{1,254}$/)
    .transform((id) => id as EventId),
});

/** Files of a conversation for its page without script: a link cannot carry a token, so the page's cookie says whose they are. */
export function contactFileRoutes({ findCompany, service, answerFile, rateLimit }: Dependencies): Route[] {
  const declaration = {
    method: 'get',
    path: '/contact/:slug/files/:conversationId/:eventId',
    summary: 'The file of a message, for the page of the conversation.',
    auth: 'none',
    hidden: true,
    params: params,
    query: z.object({ thumbnail: z.enum(['true', 'false']).default('false') }),
    responses: { 200: { description: 'The file; all but pictures, sound and film as an attachment.', isFile: true } },
  } as const;
  return [
    route(declaration, async ({ params: { slug, conversationId, eventId }, query, context }) => {
      const company = await findCompany(slug);
      const session = company === undefined ? undefined : await service.use(company, readContactCookie(context, slug));
      if (session === undefined) throw new ApiError('M_NOT_FOUND', 'There is no such file.');
      await rateLimit('download', countedOf('visitor', session));
      return answerFile(session, { conversationId, eventId, thumbnail: query.thumbnail === 'true' }, context);
    }),
  ];
}
