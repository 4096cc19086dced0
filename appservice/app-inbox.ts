import type { ApiSessionWork } from './app-api-sessions.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { Conversations } from './app-conversations.ts';
import type { Team } from './app-team.ts';
import type { Visitors } from './app-visitors.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import type { Route } from './http/route.ts';
import { createVerifiedIdentityStore } from './identities/verified-identity-store.ts';
import { createMessageSearch } from './matrix/message-search.ts';
import { createPersonStore } from './persons/person-store.ts';
import { agentInboxRoutes } from './team/agent-inbox-routes.ts';
import { createAgentInboxStore } from './team/agent-inbox-store.ts';
import { createAgentInbox } from './team/agent-inbox.ts';
import { createAgentSearch } from './team/agent-search.ts';

/** The inbox of a company's people in our web client. */
export function wireInbox(
  { config }: AppSettings,
  { database, homeserver, conversationRooms }: Connections,
  { members }: Companies,
  { access }: ApiSessionWork,
  team: Pick<Team, 'work' | 'assignment' | 'neighbours'>,
  { publisher }: Pick<Conversations, 'publisher'>,
  visitors: Pick<Visitors, 'listContactFields'>,
): { readonly routes: Route[] } {
  const persons = createPersonStore(database);
  const identities = createVerifiedIdentityStore(database);
  const inbox = createAgentInbox({
    ...team,
    database,
    findByNumber: createConversationStore,
    publish: publisher.publish,
    // An invitation is accepted by our homeserver for its own people; others accept it themselves.
    bring: (company, roomId, userId) =>
      userId.endsWith(`:${config.homeserver.serverName}`)
        ? conversationRooms.bringPerson(company, roomId, userId)
        : conversationRooms.invite(company, roomId, userId),
    async listFacts(company, conversation) {
      const { personId } = conversation;
      const [fields, name, language] = await Promise.all([
        visitors.listContactFields(conversation, company.settings.locale),
        identities.findName(company.id, personId),
        persons.getLocale(personId),
      ]);
      return [
        ...(name === undefined ? [] : [{ label: null, value: name, source: 'website', purpose: null } as const]),
        ...fields.map(({ label, value, purpose }) => ({ label, value, source: 'asked', purpose }) as const),
        { label: null, value: language, source: 'language', purpose: null },
      ];
    },
    hasAccount: async (personId) => (await persons.listCustomerIds(personId)).length > 0,
    now: () => new Date(),
  });
  const search = createAgentSearch({
    inbox: createAgentInboxStore(database),
    searchMessages: createMessageSearch(homeserver),
    listOwnIds: async ({ id, userId }) => new Set([userId, ...(await members.listAll(id)).map((member) => member.userId)]),
  });
  return { routes: agentInboxRoutes({ access, listCompaniesOf: (userId) => members.listCompaniesOf(userId), inbox, search }) };
}
