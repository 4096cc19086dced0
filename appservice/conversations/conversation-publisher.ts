import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { LoadCast } from './cast.ts';
import type { ConversationNotice } from './conversation-channel.ts';
import { asCompany, type ConversationReader } from './conversation-reader.ts';
import { createConversationStore } from './conversation-store.ts';
import { toSender } from './conversation-view.ts';
import type { ConversationEvent } from './conversation-wire.ts';
import type { Conversation } from './conversation.ts';
import type { Effect } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';
import type { StreamHub, StreamMessage } from './stream-hub.ts';
import { createTypingBoard } from './typing-board.ts';

/** Tells open streams what was committed. */
export type ConversationPublisher = {
  /** After commit, by the process that did the work: content comes from memory. */
  publish(effects: readonly Effect[]): void;
  /** A notice of LISTEN/NOTIFY: what another process did is read again from rows and Matrix. */
  hear(payload: string | undefined): void;
  /** All who write in a conversation now, by Matrix id; streams of every process hear of it. */
  publishTyping(conversation: Conversation, userIds: readonly UserId[]): Promise<void>;
  /** What a stream that opens has to know of who writes; undefined where nobody does. */
  describeTyping(conversation: Conversation): Promise<StreamMessage | undefined>;
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
  const board = createTypingBoard();
  // One chain a person keeps the order of messages while names are looked up.
  const chains = new Map<PersonId, Promise<void>>();

  function enqueue(personId: PersonId, work: () => Promise<void>): void {
    const chain = (chains.get(personId) ?? Promise.resolve()).then(work).catch((cause: unknown) => {
      log.warn('publish_failed', { personId }, cause);
      // What could not be shown is read when the reader resumes.
      hub.closePerson(personId);
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
    const { company } = await loadCast(conversation.companyId, conversation.personId, []);
    const event = await reader.findEvent(conversation, asCompany(company), indexed);
    if (event !== undefined) publishEvent(conversation.personId, conversation.companyId, event);
  }

  function publishEvent(personId: PersonId, companyId: CompanyId, event: ConversationEvent): void {
    hub.publish(personId, companyId, { event: 'event', data: event, id: `${event.conversationId}:${event.seq ?? ''}` });
  }

  async function typingOf({ id, personId, companyId }: Conversation): Promise<StreamMessage> {
    const typing = board.list(id);
    const cast = await loadCast(companyId, personId, typing);
    const writing = typing.filter((userId) => cast.members.has(userId));
    return { event: 'typing', data: { conversationId: id, senders: writing.map((userId) => toSender(cast, userId)) } };
  }

  const sendTyping = async (conversation: Conversation): Promise<void> =>
    hub.publish(conversation.personId, conversation.companyId, await typingOf(conversation));

  return {
    publish(effects) {
      for (const effect of effects) {
        if (!hub.hasSubscribers(effect.personId, effect.companyId)) continue;
        enqueue(effect.personId, () =>
          whileHeard(effect.conversationId, async (conversation) => {
            if (effect.kind === 'changed') return sendSummary(conversation);
            const shown = await reader.show(conversation, effect.event, effect.seq);
            if (shown !== undefined) publishEvent(conversation.personId, conversation.companyId, shown);
          }),
        );
      }
    },
    hear(payload) {
      // Notices were missed while the connection was away: readers come back and resume.
      if (payload === undefined) return hub.closeAll();
      const notice = JSON.parse(payload) as ConversationNotice;
      if (notice.process === processId) return;
      const conversationId = notice.conversationId as ConversationId;
      if (notice.typing !== undefined) board.set(conversationId, notice.typing as readonly UserId[]);
      enqueue(notice.personId as PersonId, () =>
        whileHeard(conversationId, (conversation) => {
          if (notice.typing !== undefined) return sendTyping(conversation);
          return notice.seq === null ? sendSummary(conversation) : publishFromMatrix(conversation, notice.seq);
        }),
      );
    },
    async publishTyping(conversation, userIds) {
      const { id, personId, companyId } = conversation;
      board.set(id, userIds);
      if (hub.hasSubscribers(personId, companyId)) enqueue(personId, () => sendTyping(conversation));
      await index.notifyTyping(conversation, userIds);
    },
    async describeTyping(conversation) {
      return board.list(conversation.id).length === 0 ? undefined : typingOf(conversation);
    },
  };
}
