import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, ConversationId, ErasureId, PersonId, SessionId } from '../ids.ts';
import { createErasedConversationStore } from './erased-conversation-store.ts';
import { createErasureStore } from './erasure-store.ts';

type Session = AuthTypes['visitor'];

/** What visitors and persons do for a deletion; each takes the transaction it belongs to. */
export type ErasureRequestNeighbours = {
  readonly lockPerson: (database: Database, id: PersonId) => Promise<void>;
  readonly endSession: (database: Database, id: SessionId) => Promise<void>;
  /** Lets the company's signature name somebody new from now on. */
  readonly forgetIdentityOf: (database: Database, personId: PersonId, companyId: CompanyId) => Promise<void>;
  readonly endSessionsOf: (database: Database, personId: PersonId, companyId: CompanyId) => Promise<void>;
  /** Lets open streams begin anew, so that they no longer show what is being deleted. */
  readonly restartStreamsOf: (database: Database, personId: PersonId, companyId: CompanyId) => Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly neighbours: ErasureRequestNeighbours;
  /** Asks for the work to be done; one that is lost is found by the next look. */
  readonly begin: (id: ErasureId) => Promise<void>;
};

/** Takes a person's word that something is to be deleted for good (R20). It is out of sight when the answer comes; the rest is work. */
export function createErasureRequests({ database, neighbours, begin }: Dependencies) {
  /** Hides what `choose` picks of the person's conversations; with the last one the person goes too. */
  async function request(
    { companyId, visitor }: Session & { visitor: NonNullable<Session['visitor']> },
    choose: (own: readonly ConversationId[]) => readonly ConversationId[] | undefined,
  ): Promise<boolean> {
    const { personId } = visitor;
    const id = await inTransaction(database, async (transaction) => {
      await neighbours.lockPerson(transaction, personId);
      const conversations = createErasedConversationStore(transaction);
      const own = await conversations.lockOfPerson(personId, companyId);
      const chosen = choose(own);
      if (chosen === undefined) return undefined;
      const withPerson = chosen.length === own.length;
      await conversations.hide(chosen);
      const ghosts = withPerson ? await conversations.listGhosts(personId, companyId) : [];
      if (withPerson) {
        await neighbours.endSessionsOf(transaction, personId, companyId);
        await neighbours.forgetIdentityOf(transaction, personId, companyId);
      } else await neighbours.restartStreamsOf(transaction, personId, companyId);
      return createErasureStore(transaction).add({ companyId, personId, conversationIds: chosen, ghosts, withPerson });
    });
    if (id !== undefined) await begin(id);
    return id !== undefined;
  }

  return {
    /** Deletes one conversation; throws M_NOT_FOUND for one that is not this person's. */
    async eraseConversation(session: Session, conversationId: ConversationId): Promise<void> {
      const { visitor } = session;
      const isDone =
        visitor !== null &&
        (await request({ ...session, visitor }, (own) => (own.includes(conversationId) ? [conversationId] : undefined)));
      if (!isDone) throw new ApiError('M_NOT_FOUND', 'There is no such conversation.');
    },
    /** Deletes everything of the person at this company. */
    async erasePerson(session: Session): Promise<void> {
      const { visitor } = session;
      if (visitor === null) await neighbours.endSession(database, session.id);
      else await request({ ...session, visitor }, (own) => own);
    },
  };
}

/** See `createErasureRequests`. */
export type ErasureRequests = ReturnType<typeof createErasureRequests>;
