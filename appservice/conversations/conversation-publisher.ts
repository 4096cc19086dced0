import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Cast, LoadCast } from './cast.ts';
import type { ConversationNotice } from './conversation-channel.ts';
import { asCompany, type ConversationReader } from './conversation-reader.ts';
import { createConversationStore } from './conversation-store.ts';
import { toSender } from './conversation-view.ts';
import type { Conversation } from './conversation.ts';
import type { Effect } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';
import type { StreamHub } from './stream-hub.ts';

/** Tells open streams what was committed. */
export type ConversationPublisher = {
  /** After commit, by the process that did the work: content comes from memory. */
  publish(effects: readonly Effect[]): void;
  /** A notice of LISTEN/NOTIFY: what another process did is read again from rows and Matrix. */
  hear(payload: string | undefined): void;
  /** Members of the company that write now, by Matrix id. */
  publishTyping(conversation: Conversation, userIds: readonly UserId[]): void;
};

type Dependencies = {
  readonly database: Database;
  readonly hub: StreamHub;
  readonly reader: ConversationReader;
  readonly loadCast: LoadCast;
  readonly processId: string;
  readonly log: Logger;
};

/** See `ConversationPublisher`. */
export function createConversationPublisher({ database, hub, reader, loadCast, processId, log }: Dependencies): ConversationPublisher {
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);
  // One chain a person keeps the order of messages while names are looked up.
  const chains = new Map<PersonId, Promise<void>>();

  function enqueue(personId: PersonId, work: () => Promise<void>): void {
    const chain = (chains.get(personId) ?? Promise.resolve()).then(work).catch((cause: unknown) => {
      // The reader misses a message until it resumes; dropping the stream would not show it sooner.
      log.warn('publish_failed', { personId }, cause);
    });
    chains.set(personId, chain);
    void chain.then(() => {
      if (chains.get(personId) === chain) chains.delete(personId);
    });
  }

  async function whileHeard(conversationId: ConversationId, work: (conversation: Conversation) => Promise<void>): Promise<void> {
    const conversation = await conversations.findById(conversationId);
    if (conversation !== undefined && hub.hasSubscribers(conversation.personId, conversation.companyId)) await work(conversation);
  }

  const sendSummary = async (conversation: Conversation): Promise<void> => {
    hub.publish(conversation.personId, conversation.companyId, { event: 'conversation', data: await reader.summarize(conversation) });
  };

  async function publishFromMatrix(conversation: Conversation, seq: number): Promise<void> {
    const [indexed] = await index.listAfter(conversation, seq - 1, 1);
    if (indexed?.seq !== seq) return;
    const cast: Cast = await loadCast(conversation.companyId, conversation.personId);
    const event = await reader.findEvent(conversation, asCompany(cast.company), indexed);
    if (event !== undefined) publishEvent(conversation.personId, conversation.companyId, event);
  }

  function publishEvent(personId: PersonId, companyId: CompanyId, event: Awaited<ReturnType<ConversationReader['show']>>): void {
    hub.publish(personId, companyId, { event: 'event', data: event, id: `${event.conversationId}:${event.seq ?? ''}` });
  }

  return {
    publish(effects) {
      for (const effect of effects) {
        if (!hub.hasSubscribers(effect.personId, effect.companyId)) continue;
        enqueue(effect.personId, () =>
          whileHeard(effect.conversationId, async (conversation) => {
            if (effect.kind === 'changed') return sendSummary(conversation);
            publishEvent(conversation.personId, conversation.companyId, await reader.show(conversation, effect.event, effect.seq));
          }),
        );
      }
    },
    hear(payload) {
      // Notices were missed while the connection was away: readers come back and resume.
      if (payload === undefined) return hub.closeAll();
      const notice = JSON.parse(payload) as ConversationNotice;
      if (notice.process === processId) return;
      enqueue(notice.personId as PersonId, () =>
        whileHeard(notice.conversationId as ConversationId, (conversation) =>
          notice.seq === null ? sendSummary(conversation) : publishFromMatrix(conversation, notice.seq),
        ),
      );
    },
    publishTyping(conversation, userIds) {
      const { id, personId, companyId } = conversation;
      if (!hub.hasSubscribers(personId, companyId)) return;
      enqueue(personId, async () => {
        const cast = await loadCast(companyId, personId);
        const senders = userIds.filter((userId) => cast.members.has(userId)).map((userId) => toSender(cast, userId));
        hub.publish(personId, companyId, { event: 'typing', data: { conversationId: id, senders } });
      });
    },
  };
}
