import type { Database } from '../database/database.ts';
import type { AddToOutbox, TeamTemplate } from '../matrix/outbox-store.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';
import { conversationChanged, type Effect } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';

/** Changes the status, where it is one of `from` at this moment, with all that follows from it; no effect otherwise. */
export type ChangeStatus = (
  transaction: Database,
  conversation: Conversation,
  change: {
    readonly from: readonly Conversation['status'][];
    readonly to: Conversation['status'];
    /** What the team is told in the thread of the announcement. */
    readonly template?: TeamTemplate;
  },
) => Promise<Effect[]>;

type Dependencies = {
  readonly addToOutbox: AddToOutbox;
  /** The team room shows the new status. */
  readonly onChange: (
    transaction: Database,
    conversation: Conversation,
    to: Conversation['status'],
    template?: TeamTemplate,
  ) => Promise<void>;
  readonly processId: string;
};

/** See `ChangeStatus`. */
export function createChangeStatus({ addToOutbox, onChange, processId }: Dependencies): ChangeStatus {
  return async (transaction, conversation, { from, to, template }) => {
    if (!(await createConversationStore(transaction).changeStatus(conversation.id, from, to))) return [];
    await createEventIndexStore(transaction, processId).notifyChange(conversation);
    const payload = { conversationId: conversation.id };
    await addToOutbox(transaction, [{ lane: conversation.roomId, action: 'publishConversation', payload }]);
    await onChange(transaction, conversation, to, template);
    return [conversationChanged(conversation)];
  };
}
