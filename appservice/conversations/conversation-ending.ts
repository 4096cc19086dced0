import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { ConversationId } from '../ids.ts';
import type { ConversationPublisher } from './conversation-publisher.ts';
import type { ConversationService } from './conversation-service.ts';
import type { ChangeStatus } from './conversation-status.ts';

type Dependencies = {
  readonly database: Database;
  readonly conversations: Pick<ConversationService, 'getOwn'>;
  readonly changeStatus: ChangeStatus;
  readonly publisher: Pick<ConversationPublisher, 'publish'>;
};

/** Lets a person end a conversation as the company's people may; one that is closed stays as it is. Throws M_NOT_FOUND. */
export function createConversationEnding({ database, conversations, changeStatus, publisher }: Dependencies) {
  return async (session: AuthTypes['visitor'], id: ConversationId): Promise<void> => {
    const { conversation } = await conversations.getOwn(session, id);
    const change = { from: ['waiting', 'open'], to: 'closed', template: 'closedByPerson' } as const;
    publisher.publish(await inTransaction(database, (transaction) => changeStatus(transaction, conversation, change)));
  };
}

/** See `createConversationEnding`. */
export type EndConversation = ReturnType<typeof createConversationEnding>;
