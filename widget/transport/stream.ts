import type { StreamMessages } from '../../appservice/conversations/conversation-wire.ts';
import { type Api, isSessionGone, ApiFailure } from './api.ts';
import { backoff, type Pause } from './backoff.ts';
import { createSseParser } from './sse-parser.ts';

/** A decoded message of the stream: its name and its value. */
export type StreamMessage = {
  [Name in keyof StreamMessages]: { readonly type: Name; readonly value: StreamMessages[Name] };
}[keyof StreamMessages];

/** How the stream is: trying for the first time or again, live, or waiting after a failure. */
export type StreamState = 'connecting' | 'live' | 'waiting';

/** A stream that keeps itself up. */
export type Stream = {
  /** Ends it for good. */
  readonly close: () => void;
  /** Connects now instead of waiting any longer. */
  readonly hurry: () => void;
  /** Connects anew: after a change of networks the present connection may be dead without knowing it. */
  readonly renew: () => void;
};

/** What a stream needs. */
export type StreamParts = {
  readonly api: Api;
  readonly token: string;
  /** Value of `Last-Event-ID`, asked anew for every connection; empty for none. */
  readonly lastEventId: () => string;
  readonly onMessage: (message: StreamMessage) => void;
  readonly onState: (state: StreamState) => void;
  /** The session has ended; nothing more comes. */
  readonly onGone: () => void;
  readonly pause: Pause;
};

// The server sends a comment every 15 s; a connection that is silent for three of them is dead without anyone having said so.
const SILENCE_MS = 50_000;
const NAMES = ['event', 'conversation', 'typing', 'ready'];

/** Opens the stream of a session and reconnects with back-off until it is closed or the session is gone. */
export function createStream({ api, token, lastEventId, onMessage, onState, onGone, pause }: StreamParts): Stream {
  let closed = false;
  let attempt = 0;
  let connection = new AbortController();

  const parse = () =>
    createSseParser(({ event, data }) => {
      if (!NAMES.includes(event)) return;
      if (event === 'ready') {
        attempt = 0;
        onState('live');
      }
      onMessage({ type: event, value: JSON.parse(data) as unknown } as StreamMessage);
    });

  async function readOnce(): Promise<void> {
    connection = new AbortController();
    const { signal } = connection;
    let watch = setTimeout(() => connection.abort(), SILENCE_MS);
    try {
      const id = lastEventId();
      const headers = { accept: 'text/event-stream', ...(id && { 'last-event-id': id }) };
      const response = await api.open({ path: '/api/v1/visitor/stream', token, headers, signal });
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      const take = parse();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        clearTimeout(watch);
        watch = setTimeout(() => connection.abort(), SILENCE_MS);
        if (!closed) take(decoder.decode(part.value, { stream: true }));
      }
    } finally {
      clearTimeout(watch);
    }
  }

  async function run(): Promise<void> {
    while (!closed) {
      let failure: unknown;
      onState('connecting');
      await readOnce().catch((error: unknown) => (failure = error));
      if (closed) return;
      if (isSessionGone(failure)) return onGone();
      onState('waiting');
      const asked = failure instanceof ApiFailure ? (failure.retryAfterMs ?? 0) : 0;
      await pause.sleep(Math.max(asked, backoff(attempt, Math.random())));
      attempt += 1;
    }
  }

  void run();
  return {
    close: () => {
      closed = true;
      connection.abort();
      pause.wake();
    },
    hurry: () => pause.wake(),
    renew: () => {
      connection.abort();
      pause.wake();
    },
  };
}
