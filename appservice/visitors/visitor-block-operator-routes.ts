import { z } from 'zod';
import type { ChangeCompany } from '../companies/company-changes.ts';
import type { Audited } from '../companies/company-operator-routes.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { CompanyId, PersonId } from '../ids.ts';
import type { OutboxEntry } from '../matrix/outbox-store.ts';
import { createVisitorBlockStore } from './visitor-block-store.ts';

type Dependencies = {
  readonly change: ChangeCompany;
  readonly findConversation: (database: Database, companyId: CompanyId, number: number) => Promise<Conversation | undefined>;
  /** The calls by which a block, or its end, reaches all rooms in which the person writes as a customer. */
  readonly writingCalls: (database: Database, companyId: CompanyId, personId: PersonId) => Promise<readonly OutboxEntry[]>;
  readonly audited: Audited;
};

const PATH = '/api/v1/operator/companies/:slug/conversations/:number/block';

const params = z.object({
  slug: z.string().max(40).describe('Slug of the company.'),
  number: z.coerce.number().int().min(1).max(2_147_483_647).describe('Short number of a conversation of the person.'),
});

/** Blocks of visitors in the operator API: by the number of a conversation, because a person is named by nothing else. */
export function visitorBlockOperatorRoutes({ change, findConversation, writingCalls, audited }: Dependencies): Route[] {
  const verbs = [
    { method: 'put', action: 'visitor.block', isBlocked: true, summary: 'Takes no more messages from the person of a conversation.' },
    { method: 'delete', action: 'visitor.unblock', isBlocked: false, summary: 'Takes messages from the person of a conversation again.' },
  ] as const;
  return verbs.map(({ method, action, isBlocked, summary }) =>
    audited(
      'changes',
      action,
      route(
        { method, path: PATH, summary, auth: 'operator', params, responses: { 204: { description: 'Done.' } } },
        async ({ auth, params: { slug, number } }) => {
          await change({ actor: auth.actor, slug }, async (transaction, company) => {
            const conversation = await findConversation(transaction, company.id, number);
            if (conversation === undefined)
              throw new ApiError('M_NOT_FOUND', 'The company has no conversation of this number.', { field: 'params.number' });
            const blocks = createVisitorBlockStore(transaction);
            const { id, personId } = conversation;
            const changed = isBlocked ? await blocks.add(company.id, personId) : await blocks.remove(company.id, personId);
            const outbox = await writingCalls(transaction, company.id, personId);
            return { result: undefined, action, detail: { conversation: id, changed }, outbox };
          });
          return { status: 204 };
        },
      ),
    ),
  );
}
