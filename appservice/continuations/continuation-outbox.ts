import type { Company } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, RoomId, UserId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import { createContinuationStore } from './continuation-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly findConversation: (id: ConversationId) => Promise<Conversation | undefined>;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** Brings a person of our server into the room; throws until they are there. */
  readonly bringPerson: (company: Company, roomId: RoomId, userId: UserId) => Promise<void>;
  /** Lets a ghost leave; one that is gone already stays gone. */
  readonly leave: (ghost: { userId: UserId }, roomId: RoomId) => Promise<void>;
  readonly addToOutbox: AddToOutbox;
  readonly now: () => Date;
};

/**
 * Brings a room to where its conversation is already: the account comes in, the team is told once, the ghost goes. The ghost goes
 * last, so that the conversation is never without its person. Each step may be repeated.
 */
export function createContinuationOutbox(dependencies: Dependencies): Pick<OutboxHandlers, 'continueInApp'> {
  const { database, findConversation, getCompany, bringPerson, leave, addToOutbox, now } = dependencies;
  const continuations = createContinuationStore(database);
  return {
    async continueInApp({ conversationId }) {
      const continuation = await continuations.findUnfinished(conversationId);
      const conversation = continuation === undefined ? undefined : await findConversation(conversationId);
      if (continuation === undefined || conversation === undefined) return;
      const { companyId, roomId, lastSeq } = conversation;
      await bringPerson(await getCompany(companyId), roomId, continuation.userId);
      await inTransaction(database, async (transaction) => {
        if (!(await createContinuationStore(transaction).noteJoined(conversationId, now()))) return;
        const payload = { conversationId, template: 'continuedInApp', revision: lastSeq } as const;
        await addToOutbox(transaction, [{ lane: companyId, action: 'tellTeam', payload }]);
      });
      await leave({ userId: continuation.ghost }, roomId);
      await continuations.noteLeft(conversationId, now());
    },
  };
}
