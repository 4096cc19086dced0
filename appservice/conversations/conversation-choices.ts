import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, ConversationId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { ConversationPublisher } from './conversation-publisher.ts';
import type { ConversationService } from './conversation-service.ts';
import type { ChangeStatus } from './conversation-status.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';

type Session = AuthTypes['visitor'];

/** What a visitor decides about conversations. */
export type ConversationChoices = {
  /** Ends it; a message takes it up again. Ending what has ended has no effect. */
  close(session: Session, id: ConversationId): Promise<void>;
  /** Counts a score, once for each closing; COM_SMOOPE_CONFLICT where it is open or was rated. */
  rate(session: Session, id: ConversationId, score: number): Promise<void>;
  /** Deletes it for good: hidden at once, gone from homeserver and rows once the outbox has carried it out. */
  delete(session: Session, id: ConversationId): Promise<void>;
  /** Deletes all conversations of the person with the company, and ends their sessions. */
  deleteAll(session: Session): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly conversations: Pick<ConversationService, 'getOwn' | 'listOwn'>;
  readonly changeStatus: ChangeStatus;
  readonly publisher: Pick<ConversationPublisher, 'publish'>;
  readonly addToOutbox: AddToOutbox;
  /** Counts a score for a company, without the person. */
  readonly countScore: (transaction: Database, companyId: CompanyId, score: number) => Promise<void>;
  readonly endSessions: (transaction: Database, session: Session) => Promise<void>;
};

/** See `ConversationChoices`. */
export function createConversationChoices(dependencies: Dependencies): ConversationChoices {
  const { database, conversations, changeStatus, publisher, addToOutbox, countScore, endSessions } = dependencies;

  async function hide(transaction: Database, { id }: Conversation): Promise<void> {
    if (!(await createConversationStore(transaction).markDeleted(id))) return;
    await addToOutbox(transaction, [{ lane: `erase/${id}`, action: 'eraseConversation', payload: { conversationId: id } }]);
  }

  return {
    async close(session, id) {
      const { conversation } = await conversations.getOwn(session, id);
      const change = { from: ['waiting', 'open'], to: 'closed', template: 'closedByPerson' } as const;
      publisher.publish(await inTransaction(database, (transaction) => changeStatus(transaction, conversation, change)));
    },
    async rate(session, id, score) {
      const { conversation } = await conversations.getOwn(session, id);
      await inTransaction(database, async (transaction) => {
        if (!(await createConversationStore(transaction).markRated(conversation.id)))
          throw new ApiError('COM_SMOOPE_CONFLICT', 'The conversation is open, or was rated since it was closed.', {
            field: 'params.conversationId',
          });
        await countScore(transaction, conversation.companyId, score);
      });
    },
    async delete(session, id) {
      const { conversation } = await conversations.getOwn(session, id);
      await inTransaction(database, (transaction) => hide(transaction, conversation));
    },
    async deleteAll(session) {
      const own = await conversations.listOwn(session);
      await inTransaction(database, async (transaction) => {
        for (const conversation of own) await hide(transaction, conversation);
        await endSessions(transaction, session);
      });
    },
  };
}
