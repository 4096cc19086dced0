import type { AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { EventStream, EventStreams } from '../http/event-stream.ts';
import type { ConversationId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationReader } from './conversation-reader.ts';
import type { ConversationService } from './conversation-service.ts';
import type { ConversationEvent } from './conversation-wire.ts';
import type { StreamHub, StreamMessage } from './stream-hub.ts';

/** Places a reader has: conversation to seq. */
export type Cursor = ReadonlyMap<ConversationId, number>;

/** Reads `Last-Event-ID: <conversationId>:<seq>,…`; what is malformed is left out, so that reader begins with what it lacks. */
export function parseCursor(header: string): Cursor {
  const cursor = new Map<ConversationId, number>();
  for (const entry of header.split(',').slice(0, 50)) {
    const [, id, seq] = /^\s*([0-9a-f-]{36}):(\d{1,9})\s*$/.exec(entry) ?? [];
    if (id !== undefined) cursor.set(id as ConversationId, Number(seq));
  }
  return cursor;
}

/** Opens streams of visitors, and ends those of a session. */
export type ConversationStreams = {
  open(session: AuthTypes['visitor'], context: HttpContext): void;
  /** Ends every stream of a session in this process; undefined names none. */
  closeSession(sessionId: string | undefined): void;
};

type Dependencies = {
  readonly streams: EventStreams;
  readonly hub: StreamHub;
  readonly conversations: ConversationService;
  readonly reader: ConversationReader;
  readonly describeTyping: (conversation: Conversation) => Promise<StreamMessage | undefined>;
  readonly log: Logger;
};

/**
 * See `ConversationStreams`. One message after the other: what is missing before an event is sent first, and a place that was
 * sent is not sent again. So the order in which several processes hear of their commits does not matter.
 */
export function createConversationStreams({ streams, hub, conversations, reader, describeTyping, log }: Dependencies): ConversationStreams {
  const bySession = new Map<string, Set<() => void>>();

  /** Opens the stream and notes it with its session; `onClose` is called once. */
  function openFor(session: AuthTypes['visitor'], context: HttpContext, onClose: () => void): EventStream {
    const stream = streams.open(context, () => {
      onClose();
      const open = bySession.get(session.id);
      open?.delete(stream.close);
      if (open?.size === 0) bySession.delete(session.id);
    });
    bySession.set(session.id, (bySession.get(session.id) ?? new Set()).add(stream.close));
    return stream;
  }

  function follow(session: AuthTypes['visitor'], visitor: NonNullable<AuthTypes['visitor']['visitor']>, context: HttpContext): void {
    const places = new Map(parseCursor(context.get('last-event-id')));
    let isOpen = true;
    let unsubscribe = (): void => undefined;
    const stream = openFor(session, context, () => {
      isOpen = false;
      unsubscribe();
    });

    function sendEvent(event: ConversationEvent): void {
      const { conversationId, seq } = event;
      if (seq === null) return stream.send({ event: 'event', data: event });
      if (seq <= (places.get(conversationId as ConversationId) ?? 0)) return;
      places.set(conversationId as ConversationId, seq);
      stream.send({ event: 'event', data: event, id: `${conversationId}:${seq}` });
    }

    async function sendMissed(conversation: Conversation): Promise<void> {
      for (let from: number | undefined = places.get(conversation.id) ?? 0; from !== undefined;) {
        const { events, next } = await reader.listMissed(conversation, visitor, from);
        for (const event of events) {
          sendEvent(event);
          await stream.drained();
        }
        from = next;
      }
    }

    async function deliver(message: StreamMessage): Promise<void> {
      if (message.event !== 'event') return stream.send(message);
      const { seq } = message.data;
      const conversationId = message.data.conversationId as ConversationId;
      // Somebody else's commit may be heard of first: what stands before it is sent before it.
      if (seq !== null && seq > (places.get(conversationId) ?? 0) + 1) {
        await sendMissed((await conversations.getOwn(session, conversationId)).conversation);
      }
      sendEvent(message.data);
    }

    async function resume(): Promise<void> {
      for (const conversation of await conversations.listOwn(session)) {
        if (conversation.lastSeq > (places.get(conversation.id) ?? 0)) await sendMissed(conversation);
        stream.send({ event: 'conversation', data: await reader.summarize(conversation) });
        const typing = await describeTyping(conversation);
        if (typing !== undefined) stream.send(typing);
      }
      stream.send({ event: 'ready', data: {} });
    }

    let chain = Promise.resolve();
    function enqueue(work: () => Promise<void>): void {
      chain = chain.then(work).catch((cause: unknown) => {
        log.warn('stream_interrupted', { sessionId: session.id }, cause);
        stream.close();
      });
    }
    /**
     * A reader without a place begins after what stands there now. From then on nothing falls between: subscribed before the rows are
     * read for what is missing, and what comes meanwhile waits its turn.
     */
    enqueue(async () => {
      for (const { id, lastSeq } of await conversations.listOwn(session)) if (!places.has(id)) places.set(id, lastSeq);
      if (!isOpen) return;
      unsubscribe = hub.subscribe({
        personId: visitor.personId,
        companyId: session.companyId,
        close: stream.close,
        send: (message) => enqueue(() => deliver(message)),
      });
      await resume();
    });
  }

  return {
    open(session, context) {
      if (session.visitor !== null) follow(session, session.visitor, context);
      else openFor(session, context, () => undefined).send({ event: 'ready', data: {} });
    },
    closeSession: (sessionId) => sessionId !== undefined && bySession.get(sessionId)?.forEach((close) => close()),
  };
}
