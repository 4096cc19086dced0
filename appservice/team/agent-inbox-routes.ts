import type { Company, CompanyMember, MemberRole } from '../companies/company.ts';
import { route, type Route } from '../http/route.ts';
import type { UserId } from '../ids.ts';
import type { AgentInbox } from './agent-inbox.ts';
import {
  assigneeRequest,
  availabilityBody,
  changedConversation,
  departmentRequest,
  inboxConversationDetails,
  inboxConversationParams,
  inboxesResponse,
  inboxLabelParams,
  inboxPage,
  inboxParams,
  inboxQuery,
  inboxWorkplace,
  searchRequest,
  searchResponse,
  type InboxConversation,
} from './agent-inbox-wire.ts';
import type { AgentSearch } from './agent-search.ts';

type Parts = {
  /** Lets in who is a member now; for others there is no such company. */
  readonly access: (userId: UserId, slug: string) => Promise<{ company: Company; member: CompanyMember }>;
  readonly listCompaniesOf: (userId: UserId) => Promise<readonly { slug: string; name: string; role: MemberRole }[]>;
  readonly inbox: AgentInbox;
  readonly search: AgentSearch;
};

const COMPANY = '/api/v1/companies/:slug';
const ONE = `${COMPANY}/conversations/:number`;

const CHANGED = { 200: { description: 'The conversation as it is now.', schema: changedConversation } } as const;

/** The inbox of a company's people. */
export function agentInboxRoutes({ access, listCompaniesOf, inbox, search }: Parts): Route[] {
  const changed = (conversation: InboxConversation | undefined) => ({
    status: 200 as const,
    body: { conversation: conversation ?? null },
  });
  const actions = {
    claim: 'Takes a conversation that nobody has.',
    close: 'Closes a conversation.',
    reopen: 'Opens a closed conversation again.',
    join: 'Brings you into the room of a conversation.',
  } as const;

  return [
    route(
      {
        method: 'get',
        path: '/api/v1/inboxes',
        summary: 'Lists the companies for which you work, with what waits there.',
        auth: 'api',
        limit: 'read',
        responses: { 200: { description: 'Your companies.', schema: inboxesResponse } },
      },
      async ({ auth: { userId } }) => {
        const companies = (await listCompaniesOf(userId)).map(async (company) => ({
          ...company,
          counts: await inbox.count(await access(userId, company.slug)),
        }));
        return { status: 200, body: { companies: await Promise.all(companies) } };
      },
    ),
    route(
      {
        method: 'get',
        path: `${COMPANY}/inbox`,
        summary: 'Shows what an inbox is worked with: members, departments, labels, canned replies.',
        auth: 'api',
        limit: 'read',
        params: inboxParams,
        responses: { 200: { description: 'The workplace.', schema: inboxWorkplace } },
      },
      async ({ auth: { userId }, params }) => ({ status: 200, body: await inbox.describe(await access(userId, params.slug)) }),
    ),
    route(
      {
        method: 'get',
        path: `${COMPANY}/conversations`,
        summary: 'Lists conversations that you may see, newest activity first.',
        auth: 'api',
        limit: 'read',
        params: inboxParams,
        query: inboxQuery,
        responses: { 200: { description: 'A page of conversations.', schema: inboxPage } },
      },
      async ({ auth: { userId }, params, query }) => ({
        status: 200,
        body: await inbox.list(await access(userId, params.slug), query),
      }),
    ),
    route(
      {
        method: 'get',
        path: ONE,
        summary: 'Shows a conversation with the card of its person.',
        auth: 'api',
        limit: 'read',
        params: inboxConversationParams,
        responses: { 200: { description: 'The conversation.', schema: inboxConversationDetails } },
      },
      async ({ auth: { userId }, params: { slug, number } }) => ({
        status: 200,
        body: await inbox.show(await access(userId, slug), number),
      }),
    ),
    ...(['claim', 'close', 'reopen', 'join'] as const).map((action) =>
      route(
        {
          method: 'post',
          path: `${ONE}/${action}`,
          summary: actions[action],
          auth: 'api',
          limit: 'write',
          params: inboxConversationParams,
          responses: CHANGED,
        },
        async ({ auth: { userId }, params: { slug, number } }) => changed(await inbox[action](await access(userId, slug), number)),
      ),
    ),
    route(
      {
        method: 'put',
        path: `${ONE}/assignee`,
        summary: 'Gives a conversation to a member, or to nobody.',
        auth: 'api',
        limit: 'write',
        params: inboxConversationParams,
        body: assigneeRequest,
        responses: CHANGED,
      },
      async ({ auth: { userId }, params: { slug, number }, body }) =>
        changed(await inbox.assign(await access(userId, slug), number, body.member)),
    ),
    route(
      {
        method: 'put',
        path: `${ONE}/department`,
        summary: 'Hands a conversation over to a department, or back to the whole company.',
        auth: 'api',
        limit: 'write',
        params: inboxConversationParams,
        body: departmentRequest,
        responses: CHANGED,
      },
      async ({ auth: { userId }, params: { slug, number }, body }) =>
        changed(await inbox.handOver(await access(userId, slug), number, body.department)),
    ),
    ...(['put', 'delete'] as const).map((method) =>
      route(
        {
          method,
          path: `${ONE}/labels/:label`,
          summary: method === 'put' ? 'Gives a conversation a label.' : 'Takes a label away.',
          auth: 'api',
          limit: 'write',
          params: inboxLabelParams,
          responses: CHANGED,
        },
        async ({ auth: { userId }, params: { slug, number, label } }) =>
          changed(await inbox.label(await access(userId, slug), number, { text: label, taken: method === 'delete' })),
      ),
    ),
    route(
      {
        method: 'get',
        path: `${COMPANY}/availability`,
        summary: 'Says whether you get conversations in turn.',
        auth: 'api',
        limit: 'read',
        params: inboxParams,
        responses: { 200: { description: 'Your availability.', schema: availabilityBody } },
      },
      async ({ auth: { userId }, params }) => ({
        status: 200,
        body: { away: await inbox.isAway(await access(userId, params.slug)) },
      }),
    ),
    route(
      {
        method: 'put',
        path: `${COMPANY}/availability`,
        summary: 'Says that you are away, or here again, as !away and !here do.',
        auth: 'api',
        limit: 'write',
        params: inboxParams,
        body: availabilityBody,
        responses: { 200: { description: 'Your availability.', schema: availabilityBody } },
      },
      async ({ auth: { userId }, params, body: { away } }) => {
        await inbox.setAway(await access(userId, params.slug), away);
        return { status: 200, body: { away } };
      },
    ),
    route(
      {
        method: 'post',
        path: `${COMPANY}/search`,
        summary: 'Finds messages in the conversations that you may see.',
        auth: 'api',
        limit: 'read',
        params: inboxParams,
        body: searchRequest,
        responses: { 200: { description: 'What was found.', schema: searchResponse } },
      },
      async ({ auth: { userId }, params, body: { words } }) => {
        const agent = await access(userId, params.slug);
        return { status: 200, body: await search(agent.company, await inbox.readerOf(agent), words) };
      },
    ),
  ];
}
