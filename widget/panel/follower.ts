import type { ConversationEvent, ConversationsResponse } from '../../appservice/conversations/conversation-wire.ts';
import { type Api, isSessionGone } from '../transport/api.ts';
import { backoff, createPause } from '../transport/backoff.ts';
import type { Session } from '../transport/session.ts';
import { createSharedStream } from '../transport/shared-stream.ts';
import { createStream, type Stream, type StreamMessage, type StreamState } from '../transport/stream.ts';
import { type Change, changeConversations, type ConversationState, lastEventIds } from './conversation-state.ts';

/** Keeps the conversations of a session up to date. */
export type Follower = {
  /** The conversations as they are known now. */
  readonly state: () => ConversationState;
  /** Applies a change that did not come by the stream. */
  readonly change: (change: Change) => void;
  /** Follows the session with this token; again with the same one does nothing. */
  readonly follow: (token: string) => void;
  /** Token of the session that is followed. */
  readonly followed: () => string | undefined;
  /** The session has ended: forgets it and what was known by it. */
  readonly end: (token: string) => void;
  /** Lets go of the stream and of all that was known. */
  readonly leave: () => void;
  /** Whether the conversations were read. */
  readonly isListed: () => boolean;
  /** Whether the stream is down and tried again. */
  readonly isInterrupted: () => boolean;
  /** Whether the server ended the session. */
  readonly isGone: () => boolean;
  /** Waits no longer. */
  readonly hurry: () => void;
  /** Connects anew after a change of networks. */
  readonly renew: () => void;
};

/** What a follower needs. */
export type FollowerParts = {
  readonly api: Api;
  readonly session: Session;
  /** Name under which tabs share the stream. */
  readonly name: string;
  /** Whether other tabs have the same session. */
  readonly isShared: () => boolean;
  /** Called after every change. */
  readonly onChange: () => void;
  /** The session that was followed is not the one of the next events. */
  readonly onEnd: () => void;
  /** The stream is up again. */
  readonly onLive: () => void;
  /** An event came by the stream; `isNew` tells that it was not known. */
  readonly onEvent: (event: ConversationEvent, isNew: boolean) => void;
};

/** Makes the follower; it does nothing until `follow`. */
export function createFollower({ api, session, name, isShared, onChange, onEnd, onLive, onEvent }: FollowerParts): Follower {
  const waiting = createPause();
  let state: ConversationState = [];
  let followed: string | undefined;
  let stream: Stream | undefined;
  let connection: StreamState = 'connecting';
  let isGone = false;
  let isListed = false;

  function change(next: Change): void {
    state = changeConversations(state, next);
    onChange();
  }

  function leave(): void {
    stream?.close();
    stream = undefined;
    followed = undefined;
    isListed = false;
    state = [];
  }

  function end(token: string): void {
    session.forget(token);
    if (followed !== token) return;
    leave();
    onEnd();
    isGone = true;
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
    if (followed !== token) return;
    isListed = true;
    change({ type: 'conversations', value: conversations });
  }

  async function refreshUntilDone(token: string): Promise<void> {
    for (let attempt = 0; followed === token; attempt += 1) {
      try {
        return await refresh(token);
      } catch (error) {
        if (isSessionGone(error)) return end(token);
        setConnection('waiting');
        await waiting.sleep(backoff(attempt, Math.random()));
      }
    }
  }

  function receive(token: string, message: StreamMessage): void {
    if (message.type === 'event') {
      const { conversationId, eventId } = message.value;
      const thread = state.find(({ summary }) => summary.id === conversationId);
      onEvent(message.value, !thread?.entries.some((entry) => entry.eventId === eventId));
      if (!thread) void refresh(token).catch(() => {});
    }
    change(message);
  }

  function connect(token: string): Stream {
    return createSharedStream({
      name,
      isShared: isShared(),
      connect: (listener) =>
        createStream({
          api,
          token,
          lastEventId: () => lastEventIds(state),
          onGone: () => end(token),
          pause: createPause(),
          ...listener,
        }),
      listener: {
        onMessage: (message) => receive(token, message),
        onState: (next) => {
          setConnection(next);
          if (next === 'live') onLive();
        },
      },
    });
  }

  return {
    state: () => state,
    change,
    follow: (token) => {
      if (followed === token) return;
      if (followed) onEnd();
      leave();
      followed = token;
      isGone = false;
      connection = 'connecting';
      void refreshUntilDone(token).then(() => {
        if (followed === token) stream = connect(token);
      });
    },
    followed: () => followed,
    end,
    leave,
    isListed: () => isListed,
    isInterrupted: () => followed !== undefined && (connection === 'waiting' || !navigator.onLine),
    isGone: () => isGone,
    hurry: () => {
      waiting.wake();
      stream?.hurry();
    },
    renew: () => stream?.renew(),
  };
}
