import type {
  ConversationsResponse,
  EventsResponse,
  SendEventRequest,
  SendEventResponse,
} from '../../appservice/conversations/conversation-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { type Api, isPassing, isSessionGone } from '../transport/api.ts';
import { backoff, createPause } from '../transport/backoff.ts';
import { createOutbox } from '../transport/outbox.ts';
import { createSession } from '../transport/session.ts';
import { type OutboxItem, type SessionStore, storageKey } from '../transport/session-store.ts';
import { createSharedStream } from '../transport/shared-stream.ts';
import { createStream, type Stream, type StreamMessage, type StreamState } from '../transport/stream.ts';
import { type Change, changeConversations, type ConversationState, countUnread, lastEventIds, type Thread } from './conversation-state.ts';
import { createTypingSignal } from './typing-signal.ts';

/** What the panel shows. */
export type PanelView = {
  /** The conversation on display; undefined before the first message. */
  readonly thread: Thread | undefined;
  /** Messages on their way, oldest first. */
  readonly outbox: readonly OutboxItem[];
  /** Nothing goes through at the moment; it is tried again. */
  readonly isInterrupted: boolean;
  /** The server ended the session; the next message begins a new one. */
  readonly isSessionGone: boolean;
  /** Whether there is a session at all. */
  readonly hasSession: boolean;
  /** State of reading older events. */
  readonly history: 'idle' | 'loading' | 'failed';
  /** Unread messages of all conversations. */
  readonly unread: number;
};

/** The panel without its looks: session, messages, stream. */
export type PanelClient = {
  /** What is to be shown now. */
  readonly view: () => PanelView;
  /** Takes up an earlier session, if there is one. */
  readonly start: () => void;
  /** Sends a message; it is shown at once and kept until it is delivered. */
  readonly send: (body: string) => void;
  /** Sends a refused message again. */
  readonly retry: (txnId: string) => void;
  /** The person changed the text of the message field. */
  readonly write: (draft: string) => void;
  /** Text of the message field as it was kept. */
  readonly draft: () => string;
  /** Reads the latest page of events, or the one before those known. */
  readonly loadOlder: () => void;
  /** The person sees the end of the conversation. */
  readonly markSeen: () => void;
  /** The page came back: nothing waits any longer. */
  readonly hurry: () => void;
  /** The network came or went. */
  readonly networkChanged: () => void;
  /** Another tab changed what is kept. */
  readonly storageChanged: () => void;
  /** Lets go of the connection; `start` takes it up again. */
  readonly close: () => void;
};

/** What the client needs. */
export type PanelClientParts = {
  readonly settings: PanelSettings;
  readonly api: Api;
  readonly store: SessionStore;
  /** Called after every change of the view. */
  readonly onChange: () => void;
};

/** Makes the client of one panel. */
export function createPanelClient({ settings, api, store, onChange }: PanelClientParts): PanelClient {
  const session = createSession({ api, store, settings });
  const waiting = createPause();
  const reading = createPause();
  let state: ConversationState = [];
  let followed: string | undefined;
  let stream: Stream | undefined;
  let connection: StreamState = 'connecting';
  let sessionGone = false;
  let history: PanelView['history'] = 'idle';

  const outbox = createOutbox({
    store,
    deliver,
    onChange,
    pause: createPause(),
    newTxnId: () => crypto.randomUUID(),
    now: Date.now,
  });
  const typing = createTypingSignal((isTyping) => void put('typing', { typing: isTyping }), Date.now);

  function change(next: Change): void {
    state = changeConversations(state, next);
    onChange();
  }

  const conversationPath = (id: string, rest: string) => `/api/v1/visitor/conversations/${encodeURIComponent(id)}/${rest}`;

  async function put(what: 'typing' | 'receipt', body: object): Promise<void> {
    const thread = state[0];
    const token = session.token();
    // Typing and receipts are signs of the moment: one that gets lost is not sent again.
    if (thread && token) await api.call({ method: 'PUT', path: conversationPath(thread.summary.id, what), token, body }).catch(() => {});
  }

  async function deliver({ txnId, body }: OutboxItem): Promise<void> {
    const request: SendEventRequest = { type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId };
    const sent = await session.use(async (token) => ({
      token,
      value: await api.call<SendEventResponse>({ method: 'POST', path: '/api/v1/visitor/events', token, body: request }),
    }));
    follow(sent.token);
    change({ type: 'sent', value: sent.value, txnId, body });
  }

  function leave(): void {
    stream?.close();
    stream = undefined;
    followed = undefined;
    state = [];
    history = 'idle';
  }

  function endSession(token: string): void {
    session.forget(token);
    if (followed !== token) return;
    leave();
    sessionGone = true;
    onChange();
  }

  function setConnection(next: StreamState): void {
    // Between two attempts the line stays as it is: it would flicker otherwise.
    if (next === 'connecting' && connection === 'waiting') return;
    connection = next;
    if (next === 'waiting') state = changeConversations(state, { type: 'disconnected' });
    onChange();
  }

  async function refresh(token: string): Promise<void> {
    const { conversations } = await api.call<ConversationsResponse>({ path: '/api/v1/visitor/conversations', token });
    if (followed === token) change({ type: 'conversations', value: conversations });
  }

  async function refreshUntilDone(token: string): Promise<void> {
    for (let attempt = 0; followed === token; attempt += 1) {
      try {
        return await refresh(token);
      } catch (error) {
        if (isSessionGone(error)) return endSession(token);
        setConnection('waiting');
        await waiting.sleep(backoff(attempt, Math.random()));
      }
    }
  }

  function receive(token: string, message: StreamMessage): void {
    if (message.type === 'event') {
      const { conversationId, txnId } = message.value;
      if (txnId) outbox.settle(txnId);
      if (!state.some(({ summary }) => summary.id === conversationId)) void refresh(token).catch(() => {});
    }
    change(message);
  }

  function connect(token: string): Stream {
    return createSharedStream({
      name: storageKey(settings.company.slug),
      isShared: store.isShared(),
      connect: (listener) =>
        createStream({
          api,
          token,
          lastEventId: () => lastEventIds(state),
          onGone: () => endSession(token),
          pause: createPause(),
          ...listener,
        }),
      listener: {
        onMessage: (message) => receive(token, message),
        onState: (next) => {
          setConnection(next);
          if (next === 'live') outbox.flush();
        },
      },
    });
  }

  function follow(token: string): void {
    if (followed === token) return;
    leave();
    followed = token;
    sessionGone = false;
    connection = 'connecting';
    void refreshUntilDone(token).then(() => {
      if (followed === token) stream = connect(token);
    });
  }

  async function loadOlder(attempt = 0): Promise<void> {
    const thread = state[0];
    const token = session.token();
    if (!thread || !token || history === 'loading' || thread.before === null) return;
    const { id } = thread.summary;
    history = 'loading';
    onChange();
    try {
      const from = thread.before ? `&before=${encodeURIComponent(thread.before)}` : '';
      const page = await api.call<EventsResponse>({ path: conversationPath(id, `events?limit=30${from}`), token });
      history = 'idle';
      change({ type: 'page', conversationId: id, ...page });
    } catch (error) {
      history = 'failed';
      if (isSessionGone(error)) endSession(token);
      onChange();
      // Nobody should have to ask for what they last saw; further back the person asks for it again.
      if (!isPassing(error) || thread.before !== undefined) return;
      await reading.sleep(backoff(attempt, Math.random()));
      if (followed === token) await loadOlder(attempt + 1);
    }
  }

  function markSeen(): void {
    const thread = state[0];
    const last = thread?.entries.findLast(({ sender, seq }) => sender.kind !== 'person' && seq !== null);
    if (!thread || !last?.seq || (last.seq <= thread.summary.readByPersonSeq && thread.summary.unread === 0)) return;
    change({ type: 'seen', conversationId: thread.summary.id });
    void put('receipt', { eventId: last.eventId });
  }

  function hurry(): void {
    waiting.wake();
    reading.wake();
    stream?.hurry();
    outbox.flush();
  }

  function resume(): void {
    const token = session.token();
    if (token) follow(token);
    else if (followed) endSession(followed);
    outbox.flush();
    onChange();
  }

  return {
    view: () => ({
      thread: state[0],
      outbox: outbox.items(),
      isInterrupted: outbox.isInterrupted() || (followed !== undefined && (connection === 'waiting' || !navigator.onLine)),
      isSessionGone: sessionGone,
      hasSession: session.token() !== undefined,
      history,
      unread: countUnread(state),
    }),
    start: resume,
    send: (body) => {
      typing.stopped();
      store.update(() => ({ draft: '' }));
      outbox.add(body);
    },
    retry: (txnId) => outbox.retry(txnId),
    write: (draft) => {
      store.update(() => ({ draft }));
      if (draft.trim()) typing.wrote();
      else typing.stopped();
    },
    draft: () => store.read().draft,
    loadOlder: () => void loadOlder(),
    markSeen,
    hurry,
    networkChanged: () => {
      if (navigator.onLine) {
        stream?.renew();
        hurry();
      }
      onChange();
    },
    storageChanged: resume,
    close: leave,
  };
}
