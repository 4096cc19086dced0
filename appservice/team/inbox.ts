import type { Database } from '../database/database.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { AddToOutbox, TeamTemplate } from '../matrix/outbox-store.ts';
import { createInboxStore } from './inbox-store.ts';

/** Keeps the announcement of a conversation what its rows say; all in the caller's transaction. */
export type Inbox = {
  /** Something changed that the announcement shows. */
  changed(transaction: Database, conversation: Conversation): Promise<void>;
  /** The status changed; `template` is what the team is told in the thread. */
  statusChanged(transaction: Database, conversation: Conversation, to: Conversation['status'], template?: TeamTemplate): Promise<void>;
};

/** See `Inbox`. */
export function createInbox({ addToOutbox, now }: { addToOutbox: AddToOutbox; now: () => Date }): Inbox {
  async function change(transaction: Database, { id, companyId }: Conversation): Promise<number> {
    const revision = await createInboxStore(transaction).nextRevision(id);
    await addToOutbox(transaction, [{ lane: companyId, action: 'updateAnnouncement', payload: { conversationId: id, revision } }]);
    return revision;
  }
  return {
    changed: async (transaction, conversation) => void (await change(transaction, conversation)),
    async statusChanged(transaction, conversation, to, template) {
      const { id, companyId } = conversation;
      await createInboxStore(transaction).setWaiting(id, to === 'waiting' ? now() : null);
      const revision = await change(transaction, conversation);
      if (template === undefined) return;
      await addToOutbox(transaction, [{ lane: companyId, action: 'tellTeam', payload: { conversationId: id, template, revision } }]);
    },
  };
}
