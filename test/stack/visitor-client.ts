import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import type {
  ConversationEvent,
  ConversationSummary,
  EventsResponse,
  SendEventResponse,
  StreamMessages,
} from '../../appservice/conversations/conversation-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { createSseParser } from '../../widget/transport/sse-parser.ts';
import { callJson, type JsonAnswer, type StackAccess } from './stack-access.ts';
import { fromNetwork } from './from-network.ts';
import { createWaiting } from './waiting.ts';

/** One message of the stream, by its name. */
export type StreamMessage = {
  [Name in keyof StreamMessages]: { readonly name: Name; readonly data: StreamMessages[Name] };
}[keyof StreamMessages];

/** An open stream of a visitor. */
export type VisitorStream = {
  readonly messages: readonly StreamMessage[];
  /** Waits for an event; throws with `what` after `ms`. */
  waitForEvent(what: string, predicate: (event: ConversationEvent) => boolean, ms?: number): Promise<ConversationEvent>;
  /** Waits for an event with this body. */
  waitForBody(body: string, ms?: number): Promise<ConversationEvent>;
  waitForSummary(what: string, predicate: (summary: ConversationSummary) => boolean, ms?: number): Promise<ConversationSummary>;
  waitForTyping(what: string, predicate: (typing: StreamMessages['typing']) => boolean, ms?: number): Promise<void>;
  /** Bodies of the events that came, in order. */
  bodies(): string[];
  /** `Last-Event-ID` after everything that came. */
  cursor(): string;
  /** Resolves when the stream has ended, whoever ended it. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
};

/** A browser of a visitor, without a browser: what the panel does over HTTP. */
export type Visitor = {
  readonly token: string;
  call(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** Sends text; throws on refusal. `txnId` where a repetition is meant. */
  say(body: string, options?: { conversationId?: string; txnId?: string }): Promise<SendEventResponse>;
  /** The answer to a message, whatever it is. */
  trySay(body: string, options?: { conversationId?: string; txnId?: string }): Promise<JsonAnswer>;
  conversations(): Promise<readonly ConversationSummary[]>;
  /** The whole history of a conversation, oldest first, read page by page. */
  history(conversationId: string, pageSize?: number): Promise<ConversationEvent[]>;
  /** Opens a stream; resolves when it is live. */
  openStream(lastEventId?: string): Promise<VisitorStream>;
  /** Every byte this visitor was ever given, for searching. */
  everything(): string;
};

const sessionSchema = z.object({ token: z.string() });

/** A fresh id for a message of a visitor. */
export const newTxnId = (): string => randomBytes(9).toString('base64url');

/** Body of a text message, undefined for other events. */
export function bodyOf(event: Pick<ConversationEvent, 'content'>): string | undefined {
  return typeof event.content['body'] === 'string' ? event.content['body'] : undefined;
}

/** What the panel page of a company says, as JSON. */
export async function panelSettings(stack: StackAccess, slug: string): Promise<PanelSettings> {
  const { status, body } = await callJson(`${stack.appUrl}/widget/${slug}?locale=de`);
  if (status !== 200) throw new Error(`the panel page answered ${status}`);
  return body as unknown as PanelSettings;
}

// All suites together open more sessions than one network may, so each has its own.
const ownNetwork = fromNetwork(randomInt(30, 250), randomInt(1, 250));

/** Opens the panel of a company and a session with its ticket. */
export async function openVisitor(stack: StackAccess, slug: string): Promise<Visitor> {
  const { ticket } = await panelSettings(stack, slug);
  const opened = await ownNetwork(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de' } });
  if (opened.status !== 201) throw new Error(`the session was answered with ${opened.status} ${opened.text}`);
  return visitorWith(stack, sessionSchema.parse(JSON.parse(opened.text)).token);
}

/** A visitor who has a token already: the same browser after a reload. */
export function visitorWith(stack: StackAccess, token: string): Visitor {
  let seen = '';

  async function call(method: string, path: string, body?: unknown): Promise<JsonAnswer> {
    const answer = await callJson(`${stack.appUrl}/api/v1/visitor${path}`, { method, token, body });
    seen += JSON.stringify(answer.body);
    return answer;
  }

  async function get<Answer>(path: string): Promise<Answer> {
    const { status, body } = await call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} was answered with ${status} ${JSON.stringify(body)}`);
    return body as Answer;
  }

  const trySay: Visitor['trySay'] = (body, { conversationId, txnId = newTxnId() } = {}) => {
    const to = conversationId === undefined ? {} : { conversationId };
    return call('POST', '/events', { ...to, type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId });
  };

  return {
    token,
    call,
    trySay,
    async say(body, options) {
      const answer = await trySay(body, options);
      if (answer.status !== 200) throw new Error(`the message was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as SendEventResponse;
    },
    conversations: async () => (await get<{ conversations: ConversationSummary[] }>('/conversations')).conversations,
    async history(conversationId, pageSize = 30) {
      const events: ConversationEvent[] = [];
      for (let before: string | null = ''; before !== null;) {
        const from = before === '' ? '' : `&before=${encodeURIComponent(before)}`;
        const page: EventsResponse = await get(`/conversations/${conversationId}/events?limit=${pageSize}${from}`);
        events.unshift(...page.events);
        before = page.before;
      }
      return events;
    },
    openStream: (lastEventId) =>
      openStream(`${stack.appUrl}/api/v1/visitor/stream`, token, lastEventId, (text) => {
        seen += text;
      }),
    everything: () => seen,
  };
}

async function openStream(
  url: string,
  token: string,
  lastEventId: string | undefined,
  onText: (text: string) => void,
): Promise<VisitorStream> {
  const connection = new AbortController();
  const places = new Map((lastEventId ?? '').split(',').flatMap((entry) => (entry === '' ? [] : [entry.split(':') as [string, string]])));
  const waiting = createWaiting<StreamMessage>();
  const headers = { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  const response = await fetch(url, { headers, signal: connection.signal });
  if (response.status !== 200) throw new Error(`the stream was answered with ${response.status}`);

  const parse = createSseParser(({ event, data }) => {
    const message = { name: event, data: JSON.parse(data) as unknown } as StreamMessage;
    if (message.name === 'event') places.set(message.data.conversationId, String(message.data.seq));
    waiting.add(message);
  });
  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      const text = decoder.decode(part, { stream: true });
      onText(text);
      parse(text);
    }
  }
  // A connection that breaks off is the end of the stream like any other.
  const ended = read().catch(() => undefined);
  const bodies = (): string[] => waiting.items.flatMap((message) => (message.name === 'event' ? (bodyOf(message.data) ?? []) : []));

  const waitForEvent: VisitorStream['waitForEvent'] = async (what, predicate, ms) => {
    const found = await waiting.waitFor(what, (message) => message.name === 'event' && predicate(message.data), ms);
    return found.data as ConversationEvent;
  };
  const brokeOff = ended.then(() => Promise.reject(new Error('the stream ended before it was live')));
  await Promise.race([waiting.waitFor('the stream to be live', ({ name }) => name === 'ready'), brokeOff]);
  brokeOff.catch(() => undefined);
  return {
    messages: waiting.items,
    waitForEvent,
    waitForBody: (body, ms) =>
      waitForEvent(`an event that says ${body} after ${bodies().length} others`, (event) => bodyOf(event) === body, ms),
    async waitForSummary(what, predicate, ms) {
      const found = await waiting.waitFor(what, (message) => message.name === 'conversation' && predicate(message.data), ms);
      return found.data as ConversationSummary;
    },
    async waitForTyping(what, predicate, ms) {
      await waiting.waitFor(what, (message) => message.name === 'typing' && predicate(message.data), ms);
    },
    bodies,
    cursor: () => [...places].map(([conversationId, seq]) => `${conversationId}:${seq}`).join(','),
    ended,
    async close() {
      connection.abort();
      await ended;
    },
  };
}
