import { createAccountStore } from './accounts/account-store.ts';
import type { Accounts } from './app-accounts.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { createMemberStore } from './companies/member-store.ts';
import { createContactFieldStore } from './contact-fields/contact-field-store.ts';
import { createContinuationOutbox } from './continuations/continuation-outbox.ts';
import { continuationRoutes } from './continuations/continuation-routes.ts';
import { createContinuations } from './continuations/continuations.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import type { Database } from './database/database.ts';
import { createFrontDoorStore } from './front-door/front-door-store.ts';
import { createSessionCodeStore } from './identities/session-code-store.ts';
import { createVerifiedIdentityStore } from './identities/verified-identity-store.ts';
import type { CompanyId, ConversationId, PersonId } from './ids.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createMediaUploadStore } from './media/media-upload-store.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createErasureStore } from './privacy/erasure-store.ts';
import { createVisitorBlockStore } from './visitors/visitor-block-store.ts';
import { createVisitorSessionStore } from './visitors/visitor-session-store.ts';

const DAY_MS = 86_400_000;

/** Ends what a visitor has at a company; codes go with the sessions that asked for them. */
async function endVisitor(on: Database, personId: PersonId, companyId: CompanyId): Promise<void> {
  const sessions = createVisitorSessionStore(on);
  await sessions.endOfPerson(personId, companyId);
  await sessions.removeOfPerson(personId, companyId);
  await createVerifiedIdentityStore(on).removeOfPerson(personId, companyId);
}

/** Every table that refers to a person; one that is forgotten here keeps the person from going, and so the whole from happening. */
async function mergePersons(on: Database, from: PersonId, to: PersonId): Promise<ConversationId[]> {
  const moved = await createConversationStore(on).moveToPerson(from, to);
  await createMediaUploadStore(on).moveToPerson(from, to);
  await createContactFieldStore(on).moveToPerson(from, to);
  await createFrontDoorStore(on).moveToPerson(from, to);
  await createErasureStore(on).moveToPerson(from, to);
  await createPersonStore(on).mergeInto(from, to);
  return moved;
}

/** Visitors who become customers. */
export function wireContinuations(
  { config }: AppSettings,
  { database, conversationRooms, visitedRooms }: Connections,
  { companies, onMatrix }: Companies,
  { accounts }: Accounts,
) {
  const now = () => new Date();
  const continuations = createContinuations({
    database,
    addToOutbox,
    now,
    neighbours: {
      async findIssuer(on, hash) {
        const code = await createSessionCodeStore(on).find(hash, now());
        if (code === undefined || code.purpose !== 'app') return undefined;
        const usedAfter = new Date(now().getTime() - config.conversations.sessionDays * DAY_MS);
        return createVisitorSessionStore(on).find(code.sessionId, usedAfter);
      },
      takeCode: (on, hash) => createSessionCodeStore(on).take(hash),
      findCompany: (id) => companies.find(id),
      countConversations: async (on, personId, companyId) => (await createConversationStore(on).listOfPerson(personId, companyId)).length,
      findPerson: async (on, id) => (await createAccountStore(on).find(id))?.personId,
      userIdOf: accounts.userIdOf,
      userExists: onMatrix.userExists,
      lockPerson: (on, id) => createPersonStore(on).lock(id),
      lockSession: (on, id) => createVisitorSessionStore(on).lock(id),
      isBlocked: (on, companyId, personId) => createVisitorBlockStore(on).has(companyId, personId),
      isMember: async (on, companyId, userId) => (await createMemberStore(on).findCurrent(companyId, userId)) !== undefined,
      endVisitor,
      mergePersons,
    },
  });
  return {
    routes: continuationRoutes({ continuations }),
    outbox: createContinuationOutbox({
      database,
      findConversation: (id) => createConversationStore(database).findById(id),
      getCompany: (id) => companies.get(id),
      bringPerson: conversationRooms.bringPerson,
      leave: visitedRooms.leave,
      addToOutbox,
      now,
    }),
  };
}

/** See `wireContinuations`. */
export type ContinuationWork = ReturnType<typeof wireContinuations>;
