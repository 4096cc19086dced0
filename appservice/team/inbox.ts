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
  async function changed(transaction: Database, { id, companyId }: Conversation): Promise<void> {
    const revision = await createInboxStore(transaction).nextRevision(id);
    await addToOutbox(transaction, [{ lane: companyId, action: 'updateAnnouncement', payload: { conversationId: id, revision } }]);
  }
  return {
    changed,
    async statusChanged(transaction, conversation, to, template) {
      const { id, companyId, lastSeq } = conversation;
      await createInboxStore(transaction).setWaiting(id, to === 'waiting' ? now() : null);
      await changed(transaction, conversation);
      if (template === undefined) return;
      await addToOutbox(transaction, [{ lane: companyId, action: 'tellTeam', payload: { conversationId: id, template, seq: lastSeq } }]);
    },
  };
}
