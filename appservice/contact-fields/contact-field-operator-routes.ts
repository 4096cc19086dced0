import { z } from 'zod';
import type { Actor, RecordAudit } from '../audit/audit-log.ts';
import type { Company } from '../companies/company.ts';
import type { Audited } from '../companies/company-operator-routes.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { route, type Route } from '../http/route.ts';
import { fieldsResponse } from './contact-field-wire.ts';
import type { ContactFields } from './contact-fields.ts';

type Dependencies = {
  readonly database: Database;
  readonly fields: ContactFields;
  /** Throws M_NOT_FOUND where the company has no conversation of that number. */
  readonly getConversation: (slug: string, number: number) => Promise<{ company: Company; conversation: Conversation }>;
  readonly recordAudit: RecordAudit;
  readonly audited: Audited;
};

const params = z.object({
  slug: z.string().max(40).describe('Slug of the company.'),
  number: z.coerce.number().int().min(1).max(2_147_483_647).describe('Short number of a conversation of the person.'),
});

/** What a person told a company, in the operator API: who looked at whose is recorded before it is answered. */
export function contactFieldOperatorRoutes({ database, fields, getConversation, recordAudit, audited }: Dependencies): Route[] {
  return [
    audited(
      'changes',
      'contact-field.list',
      route(
        {
          method: 'get',
          path: '/api/v1/operator/companies/:slug/conversations/:number/contact-fields',
          summary: 'What the person of a conversation gave the company, each with its purpose.',
          auth: 'operator',
          params,
          responses: { 200: { description: 'The fields.', schema: fieldsResponse } },
        },
        async ({ auth, params: { slug, number } }) => {
          const { company, conversation } = await getConversation(slug, number);
          const actor: Actor = auth.actor;
          const detail = { conversation: conversation.id };
          await recordAudit(database, { actor, action: 'contact-field.list', companyId: company.id, detail });
          return { status: 200, body: { fields: await fields.list(conversation.personId, company, company.settings.locale) } };
        },
      ),
    ),
  ];
}
