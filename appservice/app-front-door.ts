import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { createCompanyStore } from './companies/company-store.ts';
import { createMemberStore } from './companies/member-store.ts';
import { carriedContent, correctedContent } from './conversations/carried-content.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createCustomerOpening } from './conversations/customer-opening.ts';
import { createCustomerAdmission } from './front-door/customer-admission.ts';
import { createCustomerWriting } from './front-door/customer-writing.ts';
import { createFrontDoorEvents } from './front-door/front-door-events.ts';
import { createFrontDoorOutbox } from './front-door/front-door-outbox.ts';
import type { UserId } from './ids.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createVisitorBlockStore } from './visitors/visitor-block-store.ts';

/** How often it is looked for rooms that it is time to leave, in milliseconds. */
const LOOK_MS = 5_000;

/** Writing to a company from any Matrix client, and finding it there. */
export function wireFrontDoor({ log }: AppSettings, connections: Connections, { companies, members, isReserved }: Companies) {
  const { database, names, sending, conversationRooms, visitedRooms, companyList } = connections;
  const now = () => new Date();
  const persons = createPersonStore(database);
  const findRefusal = createCustomerAdmission({
    findMember: (on, companyId, userId) => createMemberStore(on).findCurrent(companyId, userId),
    findPersonId: async (on, userId) => (await createPersonStore(on).findByUserId(userId))?.personId,
    findBlock: (on, companyId, personId) => createVisitorBlockStore(on).find(companyId, personId),
  });
  const events = createFrontDoorEvents({
    addToOutbox,
    now,
    isOurs: (userId) => names.isGhost(userId) || userId === names.sender,
    isPerson: (userId: UserId) => names.isLocal(userId) && !isReserved(userId),
    neighbours: {
      findCompanyByUserId: (on, userId) => createCompanyStore(on).findByUserId(userId),
      findMember: (on, companyId, userId) => createMemberStore(on).findCurrent(companyId, userId),
      findRefusal,
      findOrCreateCustomer: (on, customer) => createPersonStore(on).ensureCustomer(customer),
    },
  });
  const openConversation = createCustomerOpening({ database, rooms: conversationRooms, now });
  const frontDoorLog = log.child('front-door');
  let timer: NodeJS.Timeout | undefined;

  return {
    events,
    findRefusal,
    outbox: {
      ...createFrontDoorOutbox({
        database,
        visited: visitedRooms,
        sending,
        serverName: names.serverName,
        now,
        work: {
          getCompany: (id) => companies.get(id),
          findRefusal: (company, userId) => findRefusal(database, company, userId),
          async noteTold(company, userId) {
            const identity = await persons.findByUserId(userId);
            if (identity !== undefined) await createVisitorBlockStore(database).noteTold(company.id, identity.personId, now());
          },
          isMember: async (company, userId) => (await members.findCurrent(company.id, userId)) !== undefined,
          findConversation: (id) => createConversationStore(database).findById(id),
          openConversation,
          async invite(company, roomId, userId) {
            if (await conversationRooms.hasJoined(company, roomId, userId)) return 'joined';
            await conversationRooms.invite(company, roomId, userId);
            return 'invited';
          },
          repeat: carriedContent,
          correct: correctedContent,
        },
      }),
      ...createCustomerWriting({
        database,
        rooms: conversationRooms,
        findRefusal,
        getCompany: (id) => companies.get(id),
        findConversation: (id) => createConversationStore(database).findById(id),
        listCustomerIds: persons.listCustomerIds,
        findMember: (companyId, userId) => members.findCurrent(companyId, userId),
      }),
      listCompany: async ({ companyId }: { companyId: Parameters<typeof companies.get>[0] }) =>
        companyList.bring(await companies.get(companyId)),
    },
    /** Begins to look for rooms that it is time to leave. */
    start() {
      timer = setInterval(
        () => void events.leaveDue(database).catch((cause: unknown) => frontDoorLog.warn('leaving_failed', {}, cause)),
        LOOK_MS,
      );
    },
    stop: () => clearInterval(timer),
  };
}

/** See `wireFrontDoor`. */
export type FrontDoor = ReturnType<typeof wireFrontDoor>;
