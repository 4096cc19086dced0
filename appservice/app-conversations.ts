import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { FrontDoor } from './app-front-door.ts';
import type { Team } from './app-team.ts';
import type { Visitors } from './app-visitors.ts';
import { uploadFinder } from './app-media.ts';
import { record } from './audit/audit-log.ts';
import { createCompanyStore } from './companies/company-store.ts';
import { memberLeftSpace } from './companies/member-service.ts';
import { createMemberStore } from './companies/member-store.ts';
import { createCastLoader } from './conversations/cast.ts';
import { createConversationEnding } from './conversations/conversation-ending.ts';
import { createConversationEvents } from './conversations/conversation-events.ts';
import { createConversationOpening } from './conversations/conversation-opening.ts';
import { createConversationOutbox } from './conversations/conversation-outbox.ts';
import { createConversationPublisher } from './conversations/conversation-publisher.ts';
import { asCompany, createConversationReader } from './conversations/conversation-reader.ts';
import { createConversationReceipts } from './conversations/conversation-receipts.ts';
import { createConversationService } from './conversations/conversation-service.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createConversationStreams } from './conversations/conversation-stream.ts';
import { createEventPreparation } from './conversations/event-preparation.ts';
import { createRoomPool } from './conversations/room-pool.ts';
import { createStreamHub } from './conversations/stream-hub.ts';
import type { EventStreams } from './http/event-stream.ts';
import { createEventRouter } from './matrix/event-router.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createDepartmentStore } from './team/department-store.ts';
import { createVisitorSessionService } from './visitors/visitor-session-service.ts';
import { createVisitorSessionStore } from './visitors/visitor-session-store.ts';

/** Conversations, the sessions of visitors, and what Matrix tells about both. */
export function wireConversations(
  { config, log }: AppSettings,
  connections: Connections,
  { companies, members }: Companies,
  team: Team,
  visitors: Visitors,
  frontDoor: FrontDoor,
  { streams, processId }: { streams: EventStreams; processId: string },
) {
  const { database, names, sending, ownSends, reading, conversationRooms, ghosts } = connections;
  const now = () => new Date();
  const persons = createPersonStore(database);
  const hub = createStreamHub();
  const loadCast = createCastLoader({
    database,
    sources: {
      getCompany: (on, id) => createCompanyStore(on).get(id),
      listMembersAmong: (on, id, userIds) => createMemberStore(on).listAmong(id, userIds),
      listUserIds: (on, id) => createPersonStore(on).listUserIds(id),
    },
  });
  const reader = createConversationReader({ database, reading, loadCast, processId });
  const publisher = createConversationPublisher({ database, hub, reader, loadCast, processId, log: log.child('publisher') });
  const conversationEvents = createConversationEvents({
    team: team.events,
    changeStatus: team.changeStatus,
    addToOutbox,
    processId,
    neighbours: {
      findCompany: (on, id) => createCompanyStore(on).find(id),
      findMember: (on, companyId, userId) => createMemberStore(on).findCurrent(companyId, userId),
      findIdentity: (on, userId) => createPersonStore(on).findByUserId(userId),
      isRefused: async (on, company, customer) => (await frontDoor.findRefusal(on, company, customer)) !== undefined,
    },
  });
  const pool = createRoomPool({
    database,
    rooms: conversationRooms,
    ghosts,
    names,
    size: config.conversations.poolSize,
    log: log.child('pool'),
  });
  const opening = createConversationOpening({
    database,
    pool,
    addDevice: ghosts.addDevice,
    removeRoom: conversationRooms.remove,
    now,
    neighbours: {
      lockPerson: (on, id) => createPersonStore(on).lock(id),
      lockSession: (on, id) => createVisitorSessionStore(on).lock(id),
      ...visitors.opening,
      createPerson: (on, person) => createPersonStore(on).create(person),
    },
  });
  const findCompany: typeof companies.find = (id) => companies.find(id);
  const service = createConversationService({
    database,
    sending,
    ownSends,
    opening,
    preparation: createEventPreparation({ database, processId, findUpload: uploadFinder(database) }),
    events: conversationEvents,
    publisher,
    findCompany,
    fillPool: pool.fill,
    admit: visitors.admit,
    fields: visitors.fields,
    processId,
    now,
  });
  const { sessionDays } = config.conversations;
  return {
    hub,
    pool,
    processId,
    loadCast,
    publisher,
    reader,
    service,
    end: createConversationEnding({ database, conversations: service, changeStatus: team.changeStatus, publisher }),
    streams: createConversationStreams({
      streams,
      hub,
      conversations: service,
      reader,
      describeTyping: publisher.describeTyping,
      log: log.child('streams'),
    }),
    sessions: createVisitorSessionService({ database, findCompany, sessionDays, now }),
    router: createEventRouter({
      conversationEvents,
      frontDoor: frontDoor.events,
      teamEvents: team.events,
      neighbours: {
        findConversation: (on, roomId) => createConversationStore(on).findByRoom(roomId),
        findCompanyByRoom: (on, roomId) => createCompanyStore(on).findByRoom(roomId),
        findDepartmentByRoom: async (on, roomId) => {
          const department = await createDepartmentStore(on).findByRoom(roomId);
          const company = department === undefined ? undefined : await createCompanyStore(on).find(department.companyId);
          return department === undefined || company === undefined ? undefined : { company, department };
        },
        memberLeftDepartment: team.departments.memberLeft,
        memberLeftSpace: (on, left) => memberLeftSpace(on, left, { recordAudit: record, addToOutbox }),
      },
    }),
    showRead: createConversationReceipts({
      database,
      publisher,
      processId,
      findMember: (companyId, userId) => members.findCurrent(companyId, userId),
      findIdentity: (userId) => persons.findByUserId(userId),
      findEvent: async ({ companyId, roomId }, eventId) => reading.findEvent(asCompany(await companies.get(companyId)), roomId, eventId),
    }),
    outbox: createConversationOutbox({
      database,
      rooms: conversationRooms,
      sending,
      getCompany: (id) => companies.get(id),
      findMember: (companyId, userId) => members.findCurrent(companyId, userId),
      findMemberById: (companyId, id) => members.findById(companyId, id),
      findDepartmentKey: async (id) => (await createDepartmentStore(database).find(id))?.key,
    }),
  };
}

/** See `wireConversations`. */
export type Conversations = ReturnType<typeof wireConversations>;
