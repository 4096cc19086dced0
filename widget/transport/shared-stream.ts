import type { Stream, StreamMessage, StreamState } from './stream.ts';

/** What a stream tells. */
export type StreamListener = {
  readonly onMessage: (message: StreamMessage) => void;
  readonly onState: (state: StreamState) => void;
};

/** What a shared stream needs. */
export type SharedStreamParts = {
  /** Name of the lock and the channel, the same in all tabs of one session. */
  readonly name: string;
  /** Whether other tabs have the same session; without it every tab holds its own. */
  readonly isShared: boolean;
  /** Opens the real stream. */
  readonly connect: (listener: StreamListener) => Stream;
  readonly listener: StreamListener;
};

type Shared = { readonly message: StreamMessage } | { readonly state: StreamState } | { readonly ask: true };

/**
 * One stream for all tabs of a browser: the tab that holds the lock reads and passes on; when it closes, the lock falls to
 * the next one, which resumes from what it has seen (https://w3c.github.io/web-locks/).
 */
export function createSharedStream({ name, isShared, connect, listener }: SharedStreamParts): Stream {
  if (!isShared || !navigator.locks) return connect(listener);
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let own: Stream | undefined;
  let state: StreamState = 'connecting';

  const share = (shared: Shared) => channel.postMessage(shared);
  channel.onmessage = ({ data }: MessageEvent<Shared>) => {
    if ('message' in data) listener.onMessage(data.message);
    if ('state' in data) listener.onState(data.state);
    if ('ask' in data && own) share({ state });
  };

  function lead(): Promise<void> {
    if (leaving.signal.aborted) return Promise.resolve();
    own = connect({
      onMessage: (message) => {
        listener.onMessage(message);
        share({ message });
      },
      onState: (next) => {
        state = next;
        listener.onState(next);
        share({ state });
      },
    });
    return new Promise((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
  }

  share({ ask: true });
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => {
    // Refused (no storage for this frame) or left while waiting: without a lock each tab reads for itself.
    if (!leaving.signal.aborted) own = connect(listener);
  });
  return {
    close: () => {
      own?.close();
      leaving.abort();
      channel.close();
    },
    hurry: () => own?.hurry(),
    renew: () => own?.renew(),
  };
}
