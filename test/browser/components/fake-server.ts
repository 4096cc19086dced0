import type { ConversationEvent, ConversationSummary, StreamMessages } from '../../../appservice/conversations/conversation-wire.ts';
import { aSummary, anEvent, CONVERSATION, PERSON } from '../../widget/conversation-fixture.ts';

/** A server of one visitor, in place of `fetch`. What it really does is tested on the stack. */
export type FakeServer = {
  readonly fetch: typeof globalThis.fetch;
  /** Requests so far, as `METHOD path`. */
  readonly asked: string[];
  /** Bodies of requests by path, latest last. */
  readonly bodies: Map<string, unknown[]>;
  readonly events: ConversationEvent[];
  summary: ConversationSummary | undefined;
  /** Conversations beside that one. */
  readonly others: ConversationSummary[];
  /** Answers to requests, by `METHOD path`; they come before all else. */
  readonly answers: Map<string, () => Response>;
  /** No answer to anything while it is true. */
  isDown: boolean;
  /** Status with which the next messages are refused. */
  readonly refusals: { status: number; errcode: string }[];
  /** Token that is known; requests with another are answered with 401. */
  token: string;
  /** Sends to all open streams. */
  push<Name extends keyof StreamMessages>(name: Name, value: StreamMessages[Name]): void;
  /** Ends all open streams. */
  cut(): void;
};

type Taken = Pick<ConversationEvent, 'type' | 'content'> & { readonly txnId: string };

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** Makes a server without any conversation. */
export function aServer(): FakeServer {
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encode = (name: string, value: unknown) => new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);

  function take({ txnId, type, content }: Taken): Response {
    const refusal = server.refusals.shift();
    if (refusal) return json(refusal.status, { errcode: refusal.errcode, error: 'refused' });
    let event = server.events.find((known) => known.txnId === txnId);
    if (!event) {
      const { redacts } = content;
      const more = typeof redacts === 'string' ? { redacts } : {};
      event = anEvent(server.events.length + 1, { type, sender: PERSON, content, txnId, at: Date.now(), ...more });
      server.events.push(event);
      server.summary = { ...(server.summary ?? aSummary({ status: 'waiting', openedAt: Date.now() })), lastSeq: server.events.length };
      server.push('event', event);
    }
    return json(200, { eventId: event.eventId, conversationId: CONVERSATION, seq: event.seq, at: event.at });
  }

  function stream(signal: AbortSignal | null | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        streams.add(controller);
        controller.enqueue(encode('ready', {}));
        signal?.addEventListener('abort', () => {
          if (streams.delete(controller)) controller.error(new DOMException('aborted', 'AbortError'));
        });
      },
    });
    return new Response(body);
  }

  function answer(method: string, path: string, body: unknown, init: RequestInit): Response {
    if (path.startsWith('/widget/')) return json(200, { ticket: `ticket-${server.asked.length}` });
    if (path === '/api/v1/visitor/sessions') return json(200, { token: (server.token = `token-${server.asked.length}`), expiresAt: 1 });
    if (new Headers(init.headers).get('authorization') !== `Bearer ${server.token}`)
      return json(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'gone' });
    if (path === '/api/v1/visitor/conversations')
      return json(200, { conversations: [...(server.summary ? [server.summary] : []), ...server.others] });
    if (path === '/api/v1/visitor/events') return take(body as Taken);
    if (path === '/api/v1/visitor/stream') return stream(init.signal);
    if (method === 'GET') return json(200, { events: server.events, before: null });
    return json(200, {});
  }

  const server: FakeServer = {
    asked: [],
    bodies: new Map(),
    events: [],
    summary: undefined,
    others: [],
    answers: new Map(),
    isDown: false,
    refusals: [],
    token: 'none',
    fetch: async (input, init = {}) => {
      const path = (input as string).replace(/\?.*/, '');
      const method = init.method ?? 'GET';
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
      server.asked.push(`${method} ${path}`);
      server.bodies.set(path, [...(server.bodies.get(path) ?? []), body]);
      if (server.isDown) throw new TypeError('Failed to fetch');
      return server.answers.get(`${method} ${path}`)?.() ?? answer(method, path, body, init);
    },
    push: (name, value) => streams.forEach((controller) => controller.enqueue(encode(name, value))),
    cut: () => {
      streams.forEach((controller) => controller.error(new TypeError('network error')));
      streams.clear();
    },
  };
  return server;
}
