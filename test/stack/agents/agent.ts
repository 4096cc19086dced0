import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RunningStack } from '../running-stack.ts';
import { callJson } from '../stack-access.ts';
import { createWaiting, type Waiting } from '../waiting.ts';
import { openAgentLine } from './agent-process.ts';

const SYNC_BOUND_MS = 60_000;

const eventSchema = z.object({
  event_id: z.string(),
  type: z.string(),
  sender: z.string(),
  content: z.record(z.string(), z.unknown()),
  state_key: z.string().optional(),
  origin_server_ts: z.number(),
  redacts: z.string().optional(),
});

/** A Matrix event as the agent's client has it. */
export type AgentEvent = z.infer<typeof eventSchema>;

const heardSchema = z.object({
  kind: z.enum(['invite', 'join', 'leave', 'event', 'typing', 'receipt', 'synced']),
  roomId: z.string(),
  event: eventSchema.optional(),
  users: z.array(z.string()).optional(),
  eventId: z.string().optional(),
  userId: z.string().optional(),
});

/** Something the agent's sync brought. */
export type Heard = z.infer<typeof heardSchema>;

const sentSchema = z.object({ eventId: z.string() });

/** An answer of the homeserver to a plain call with the agent's token. */
export type HomeserverAnswer = { readonly status: number; readonly errcode: string | undefined; readonly body: Record<string, unknown> };

/** What a sync brings, and waiting for it. */
export type Listening = {
  /** Waits for something the sync brought or brings; throws with `what` after `ms`. */
  waitFor(what: string, predicate: (heard: Heard) => boolean, ms?: number): Promise<Heard>;
  /** As `waitFor`, for an event of a room. */
  waitForEvent(roomId: string, what: string, predicate: (event: AgentEvent) => boolean, ms?: number): Promise<AgentEvent>;
};

/** An agent in a Matrix client that is not ours (matrix-nio); every refusal throws with its error code. */
export type Agent = Listening & {
  readonly userId: string;
  /** Token of the session, for what the client library cannot do. */
  readonly accessToken: string;
  readonly heard: readonly Heard[];
  /** Waits for what the sync brings from now on, where something like it was there before. */
  fromNow(): Listening;
  join(roomId: string): Promise<void>;
  leave(roomId: string): Promise<void>;
  /** Sends any event; answers its id. */
  send(roomId: string, type: string, content: Readonly<Record<string, unknown>>): Promise<string>;
  say(roomId: string, body: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  redact(roomId: string, eventId: string): Promise<string>;
  type(roomId: string, typing: boolean): Promise<void>;
  read(roomId: string, eventId: string): Promise<void>;
  /** Latest events of a room, oldest first. */
  messages(roomId: string, limit: number): Promise<AgentEvent[]>;
  /** What the client library has no word for: a plain request with the agent's token. */
  call(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<HomeserverAnswer>;
  stop(): Promise<void>;
};

const listenTo = ({ waitFor }: Pick<Waiting<Heard>, 'waitFor'>): Listening => ({
  waitFor,
  async waitForEvent(roomId, what, predicate, ms) {
    const { event } = await waitFor(what, (heard) => heard.roomId === roomId && heard.event !== undefined && predicate(heard.event), ms);
    if (event === undefined) throw new Error('an event without event');
    return event;
  },
});

/** Signs an agent in and lets the client sync. */
export async function startAgent(settings: {
  stack: Pick<RunningStack, 'homeserverUrl'>;
  userId: string;
  /** Access token of a session. */
  token: string;
}): Promise<Agent> {
  const { stack, userId, token } = settings;
  const waiting = createWaiting<Heard>();
  const line = await openAgentLine({ homeserver: stack.homeserverUrl, userId }, (heard) => waiting.add(heardSchema.parse(heard)));
  const { ask } = line;
  const send: Agent['send'] = async (roomId, type, content) =>
    sentSchema.parse(await ask({ do: 'send', roomId, type, content, txnId: randomUUID() })).eventId;
  const { accessToken } = z.object({ accessToken: z.string() }).parse(await ask({ do: 'login', userId, token }));
  line.tell({ do: 'sync' });
  await waiting.waitFor('the first sync', ({ kind }) => kind === 'synced', SYNC_BOUND_MS);

  return {
    userId,
    accessToken,
    ...listenTo(waiting),
    heard: waiting.items,
    fromNow: () => listenTo(waiting.fromNow()),
    async join(roomId) {
      await ask({ do: 'join', roomId });
      await waiting.waitFor('the room in the sync', (heard) => heard.kind === 'join' && heard.roomId === roomId);
    },
    leave: async (roomId) => void (await ask({ do: 'leave', roomId })),
    send,
    say: (roomId, body, more = {}) => send(roomId, 'm.room.message', { msgtype: 'm.text', body, ...more }),
    redact: async (roomId, eventId) => sentSchema.parse(await ask({ do: 'redact', roomId, eventId })).eventId,
    type: async (roomId, typing) => void (await ask({ do: 'typing', roomId, typing })),
    read: async (roomId, eventId) => void (await ask({ do: 'receipt', roomId, eventId })),
    messages: async (roomId, limit) =>
      z.object({ events: z.array(eventSchema) }).parse(await ask({ do: 'messages', roomId, limit })).events,
    async call(method, path, body = method === 'GET' ? undefined : {}) {
      const answer = await callJson(`${stack.homeserverUrl}${path}`, { method, token: accessToken, body });
      return { status: answer.status, errcode: answer.body['errcode'] as string | undefined, body: answer.body };
    },
    stop: line.close,
  };
}

/** Content that answers an event in its thread, as clients with threads send it. */
export const inThread = (root: string, body: string) => ({
  msgtype: 'm.text',
  body,
  'm.relates_to': { rel_type: 'm.thread', event_id: root, is_falling_back: true, 'm.in_reply_to': { event_id: root } },
});

/** Content that answers an event as a plain reply. */
export const inReply = (eventId: string, body: string) => ({
  msgtype: 'm.text',
  body,
  'm.relates_to': { 'm.in_reply_to': { event_id: eventId } },
});
