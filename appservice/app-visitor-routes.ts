import type { Companies } from './app-companies.ts';
import type { Connections } from './app-connections.ts';
import type { Conversations } from './app-conversations.ts';
import type { Erasures } from './app-erasure.ts';
import type { Visitors } from './app-visitors.ts';
import { record } from './audit/audit-log.ts';
import type { Audited } from './companies/company-operator-routes.ts';
import { contactFieldOperatorRoutes } from './contact-fields/contact-field-operator-routes.ts';
import { contactFieldRoutes } from './contact-fields/contact-field-routes.ts';
import { conversationEndingRoutes } from './conversations/conversation-ending-routes.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { ApiError } from './errors.ts';
import { writingCall } from './front-door/customer-writing.ts';
import type { Route } from './http/route.ts';
import { identityKeyOperatorRoutes } from './identities/identity-key-operator-routes.ts';
import { identityRoutes } from './identities/identity-routes.ts';
import { erasureRoutes } from './privacy/erasure-routes.ts';
import { satisfactionRoutes } from './satisfaction/satisfaction-routes.ts';
import { transcriptRoutes } from './transcripts/transcript-routes.ts';
import { visitorBlockOperatorRoutes } from './visitors/visitor-block-operator-routes.ts';

type Parts = {
  readonly companies: Companies;
  readonly conversations: Conversations;
  readonly visitors: Visitors;
  readonly erasures: Erasures;
  readonly audited: Audited;
};

/** Routes about who visitors are, what they gave, and how they end and delete things; those of the operator on the same included. */
export function visitorRoutes({ database }: Connections, { companies, conversations, visitors, erasures, audited }: Parts): Route[] {
  const { service, reader } = conversations;
  const findCompany = (slug: string) => companies.companies.findBySlug(slug);
  const getCompany: typeof companies.companies.get = (id) => companies.companies.get(id);
  const now = () => new Date();

  async function getConversation(slug: string, number: number) {
    const company = await findCompany(slug);
    const conversation = company === undefined ? undefined : await createConversationStore(database).findByNumber(company.id, number);
    if (company === undefined || conversation === undefined)
      throw new ApiError('M_NOT_FOUND', 'The company has no conversation of this number.', { field: 'params.number' });
    return { company, conversation };
  }

  return [
    ...identityRoutes({ identities: visitors.identities, codes: visitors.codes, describe: visitors.describe }),
    ...contactFieldRoutes({ database, fields: visitors.fields, getCompany }),
    ...conversationEndingRoutes({ end: conversations.end }),
    ...transcriptRoutes({ getOwn: service.getOwn, readAll: reader.readAll, getCompany, now }),
    ...erasureRoutes({ requests: erasures.requests }),
    ...satisfactionRoutes({ satisfaction: visitors.satisfaction, getOwn: service.getOwn, findCompany, audited }),
    ...identityKeyOperatorRoutes({ keys: visitors.keys, audienceOf: visitors.audienceOf, audited }),
    ...contactFieldOperatorRoutes({ database, fields: visitors.fields, getConversation, recordAudit: record, audited }),
    ...visitorBlockOperatorRoutes({
      change: visitors.change,
      findConversation: (on, companyId, number) => createConversationStore(on).findByNumber(companyId, number),
      writingCalls: async (on, companyId, personId) =>
        (await createConversationStore(on).listOfCustomer(personId, companyId)).map(writingCall),
      audited,
    }),
  ];
}
