import type { AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { EventStreams } from '../http/event-stream.ts';
import type { ConversationId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { ConversationReader } from './conversation-reader.ts';
import type { ConversationService } from './conversation-service.ts';
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
  /** Ends every stream of a session in this process. */
  closeSession(sessionId: string): void;
};

type Dependencies = {
  readonly streams: EventStreams;
  readonly hub: StreamHub;
  readonly conversations: ConversationService;
  readonly reader: ConversationReader;
  readonly log: Logger;
};

/** See `ConversationStreams`. Live messages wait until everything missed was sent; a place that was sent is not sent again. */
export function createConversationStreams({ streams, hub, conversations, reader, log }: Dependencies): ConversationStreams {
  const bySession = new Map<string, Set<() => void>>();

  function follow(session: AuthTypes['visitor'], visitor: NonNullable<AuthTypes['visitor']['visitor']>, context: HttpContext): void {
    const places = new Map(parseCursor(context.get('last-event-id')));
    let waiting: StreamMessage[] | undefined = [];

    const stream = streams.open(context, () => {
      unsubscribe();
      const open = bySession.get(session.id);
      open?.delete(stream.close);
      if (open?.size === 0) bySession.delete(session.id);
    });
    bySession.set(session.id, (bySession.get(session.id) ?? new Set()).add(stream.close));

    const deliver = (message: StreamMessage): void => {
      if (message.event === 'event' && message.data.seq !== null) {
        const conversationId = message.data.conversationId as ConversationId;
        if (message.data.seq <= (places.get(conversationId) ?? 0)) return;
        places.set(conversationId, message.data.seq);
      }
      stream.send(message);
    };
    const unsubscribe = hub.subscribe({
      personId: visitor.personId,
      companyId: session.companyId,
      close: stream.close,
      send: (message) => (waiting === undefined ? deliver(message) : waiting.push(message)),
    });

    async function resume(): Promise<void> {
      for (const conversation of await conversations.listOwn(session)) {
        const seq = places.get(conversation.id);
        if (seq !== undefined && conversation.lastSeq > seq) {
          for (const event of await reader.listMissed(conversation, visitor, seq)) {
            deliver({ event: 'event', data: event, id: `${conversation.id}:${event.seq ?? ''}` });
          }
        }
        deliver({ event: 'conversation', data: await reader.summarize(conversation) });
      }
      waiting?.forEach(deliver);
      waiting = undefined;
      deliver({ event: 'ready', data: {} });
    }
    resume().catch((cause: unknown) => {
      log.warn('stream_not_resumed', { sessionId: session.id }, cause);
      stream.close();
    });
  }

  return {
    open(session, context) {
      if (session.visitor !== null) follow(session, session.visitor, context);
      else streams.open(context, () => undefined).send({ event: 'ready', data: {} });
    },
    closeSession: (sessionId) => bySession.get(sessionId)?.forEach((close) => close()),
  };
}
