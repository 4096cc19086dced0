import type { AgentInvitationWork } from './app-agent-invitations.ts';
import type { Conversations } from './app-conversations.ts';
import type { Accounts } from './app-accounts.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { ContinuationWork } from './app-continuations.ts';
import type { ContactFormWork } from './app-contact-form.ts';
import type { FrontDoor } from './app-front-door.ts';
import type { ProfileParts } from './app-profiles.ts';
import type { Team } from './app-team.ts';
import type { Visitors } from './app-visitors.ts';
import type { Media } from './app-media.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createEventIndexStore } from './conversations/event-index-store.ts';
import { createRedactionOutbox } from './conversations/redaction-outbox.ts';
import { CONVERSATION_CHANNEL } from './conversations/conversation-channel.ts';
import type { Metrics } from './http/metrics.ts';
import type { RoomId } from './ids.ts';
import { viaBridge } from './matrix/bridge.ts';
import { createConnectionWatch } from './matrix/connection-watch.ts';
import { createEphemeral } from './matrix/ephemeral.ts';
import { createGapReader } from './matrix/gap-reader.ts';
import { createGapStore } from './matrix/gap-store.ts';
import { OUTBOX_CHANNEL } from './matrix/outbox-store.ts';
import { createOutboxWorker } from './matrix/outbox-worker.ts';
import { createReceiving } from './matrix/receiving.ts';
import { createSetAsideRetry } from './matrix/set-aside-retry.ts';
import { SESSION_ENDED_CHANNEL } from './visitors/visitor-session-store.ts';

/** What arrives from Matrix and what goes out after commit, with the work that runs in the background. */
export function wireMatrix(
  { config, log }: AppSettings,
  connections: Connections,
  companies: Companies,
  conversations: Conversations,
  team: Team,
  visitors: Visitors,
  accounts: Accounts,
  media: Media,
  frontDoor: FrontDoor,
  contactForm: ContactFormWork,
  continuations: ContinuationWork,
  agentInvitations: AgentInvitationWork,
  profiles: ProfileParts,
  metrics: Metrics,
) {
  const { database, locks, listener, homeserver, reading, sending, ownSends, sync, names, intents } = connections;
  const { hub, processId, publisher, router } = conversations;
  const publish = publisher.publish;

  const receiving = createReceiving({
    database,
    router,
    findIndexed: createEventIndexStore(database, processId).findIndexed,
    dropPlaced: ownSends.dropPlaced,
    publish,
    countEvent: metrics.countEvent,
    onRefused: () => watch.doubt(),
    log: log.child('receiving'),
  });
  const ephemeral = createEphemeral({
    database,
    log: log.child('ephemeral'),
    neighbours: {
      findConversation: (on, roomId) => createConversationStore(on).findByRoom(roomId),
      showTyping: publisher.publishTyping,
      showRead: conversations.showRead,
    },
  });
  const gapReader = createGapReader({
    positions: createGapStore(database),
    sync,
    reading,
    receiving,
    receiveEphemeral: ephemeral.receive,
    findCompany: (id) => companies.companies.find(id),
    listHeardCompanies: hub.listCompanies,
    isLocal: names.isLocal,
    log: log.child('gap'),
  });
  const retrySetAside = createSetAsideRetry({
    database,
    reading,
    router,
    publish,
    log: log.child('set-aside'),
    async findReader(roomId: RoomId) {
      const room = await router.findRoom(database, roomId);
      const company = room?.kind === 'conversation' ? await companies.companies.find(room.conversation.companyId) : room?.company;
      return company === undefined ? undefined : { userId: company.userId };
    },
  });
  const outbox = createOutboxWorker({
    database,
    locks,
    handlers: {
      ...conversations.outbox,
      ...frontDoor.outbox,
      ...contactForm.outbox,
      ...continuations.outbox,
      ...agentInvitations.outbox,
      ...profiles.outbox,
      ...team.outbox,
      ...createRedactionOutbox({
        database,
        reading,
        sending,
        processId,
        getCompany: (id) => companies.companies.get(id),
        deleteTakenBack: media.uploads.deleteTakenBack,
      }),
      ...media.outbox,
      ...visitors.outbox,
      ...accounts.outbox,
      inviteMember: companies.onMatrix.inviteMember,
      removeMember: companies.onMatrix.removeMember,
      publishCompany: companies.provisioning.publish,
      publishConversations: companies.provisioning.publishConversations,
    },
    onDepth: metrics.setOutboxDepth,
    log: log.child('outbox'),
  });
  const watch = createConnectionWatch({
    homeserver,
    registrationId: config.appservice.id,
    log: log.child('homeserver'),
    async onConnected() {
      await viaBridge(() => intents.of(names.sender).ensureRegistered());
      await gapReader.begin();
      outbox.wake();
    },
    async onWell() {
      await gapReader.keepPosition();
      await retrySetAside();
    },
  });

  listener.on(OUTBOX_CHANNEL, outbox.wake);
  listener.on(CONVERSATION_CHANNEL, publisher.hear);
  listener.on(SESSION_ENDED_CHANNEL, conversations.streams.closeSession);
  hub.onCompany(gapReader.follow);

  return { receiving, ephemeral, gapReader, outbox, watch };
}

/** See `wireMatrix`. */
export type MatrixWork = ReturnType<typeof wireMatrix>;
