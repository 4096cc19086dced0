import type { Companies } from './app-companies.ts';
import type { Connections } from './app-connections.ts';
import type { FrontDoor } from './app-front-door.ts';
import type { Conversations } from './app-conversations.ts';
import { createCompanyStore } from './companies/company-store.ts';
import { createConversationAgentsStore } from './conversations/conversation-agents-store.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { companyAsSender, toSender } from './conversations/conversation-view.ts';
import { createEventIndexStore } from './conversations/event-index-store.ts';
import { createCustomerOpening } from './conversations/customer-opening.ts';
import { createCustomerCasts } from './customers/customer-casts.ts';
import { createCustomerConversations } from './customers/customer-conversations.ts';
import { customerConversationRoutes } from './customers/customer-conversation-routes.ts';
import { appPageRoutes } from './customers/app-page-routes.ts';
import { inTransaction } from './database/transaction.ts';
import type { HttpContext } from './http/context.ts';
import type { Route } from './http/route.ts';
import { createPersonStore } from './persons/person-store.ts';

/** What customers do in our web client beside Matrix, and the addresses of its views. */
export function wireCustomers(
  { database, conversationRooms }: Connections,
  { companies, members }: Companies,
  { findRefusal }: FrontDoor,
  { loadCast, processId }: Pick<Conversations, 'loadCast' | 'processId'>,
  renderPage: (context: HttpContext) => string,
): { readonly routes: Route[] } {
  const openConversation = createCustomerConversations({
    findCompany: (slug) => companies.findBySlug(slug),
    isMember: async (companyId, userId) => (await members.findCurrent(companyId, userId)) !== undefined,
    findRefusal: (company, userId) => findRefusal(database, company, userId),
    findOrCreatePerson: (customer) => inTransaction(database, (transaction) => createPersonStore(transaction).ensureCustomer(customer)),
    openConversation: createCustomerOpening({ database, rooms: conversationRooms, now: () => new Date() }),
    bring: (company, roomId, userId) => conversationRooms.bringPerson(company, roomId, userId),
  });
  const casts = createCustomerCasts({
    findPerson: async (userId) => (await createPersonStore(database).findByUserId(userId))?.personId,
    findConversation: (roomId) => createConversationStore(database).findByRoom(roomId),
    listPresent: async (conversation) => {
      const present = await createConversationAgentsStore(database).listJoined(conversation.id);
      return [...present.keys(), ...(await createEventIndexStore(database, processId).listSenders(conversation))];
    },
    loadCast,
    toSender,
    toCompany: (company) => companyAsSender({ company }),
    listRooms: (personId, limit) => createConversationStore(database).listRoomsOfPerson(personId, limit),
    listCompanies: (ids) => createCompanyStore(database).listByIds(ids),
  });
  return { routes: [...customerConversationRoutes({ openConversation, casts }), ...appPageRoutes({ renderPage })] };
}
