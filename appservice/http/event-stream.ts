import type { ServerResponse } from 'node:http';
import type { HttpContext } from './context.ts';

/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). */
export type StreamEvent = {
  /** Where a reader resumes after a break; absent on events that do not count, like typing. */
  id?: string | number;
  /** Kind of the event. */
  event: string;
  /** Anything JSON can say. */
  data: unknown;
};

/** An open stream to one reader. */
export type EventStream = {
  /** Sends an event; does nothing once the stream is closed. */
  send: (event: StreamEvent) => void;
  /** Resolves once the reader has taken enough that more may be sent, or the stream is closed. */
  drained: () => Promise<void>;
  /** Ends the stream; the reader will come back. */
  close: () => void;
};

/** All streams of this process; one timer keeps them alive. */
export type EventStreams = {
  /** Opens a stream as the answer to a request; `onClose` is called once, whoever ends it. The handler then returns `TAKEN_OVER`. */
  open(context: HttpContext, onClose: () => void): EventStream;
  /** How many are open. */
  count: () => number;
  /** Ends all of them and the timer; streams opened afterwards end at once. */
  close: () => void;
};

/** Settings of the streams, for tests; the defaults are for operation. */
export type EventStreamOptions = {
  /** Time between comment lines that keep proxies from closing a quiet stream, in milliseconds. */
  keepAliveMs?: number;
  /** Bytes that may wait for a reader that does not read; beyond, it is dropped and resumes later from what it has. */
  bufferLimit?: number;
  /** Told the number of open streams when it changes. */
  onCount?: (count: number) => void;
};

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Asks a proxy of the nginx kind not to collect the answer.
  'X-Accel-Buffering': 'no',
  // Nothing follows a stream on its connection, so that closing the server need not wait for one.
  Connection: 'close',
};

const KEEP_ALIVE = ':\n\n';

/** How long an ended stream may take to reach its reader, in milliseconds. */
const LINGER_MS = 5_000;

function format({ id, event, data }: StreamEvent): string {
  const identity = id === undefined ? '' : `id: ${id}\n`;
  return `${identity}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Makes the streams of this process. A stream keeps nothing but its response object, so that thousands of quiet ones cost little. */
export function createEventStreams({ keepAliveMs = 15_000, bufferLimit = 256 * 1024, onCount }: EventStreamOptions = {}): EventStreams {
  const open = new Set<ServerResponse>();
  let ended = false;

  // Whatever is written after the end is an error of the response, so it counts as closed before it ends.
  function remove(response: ServerResponse): boolean {
    const removed = open.delete(response);
    if (removed) onCount?.(open.size);
    return removed;
  }

  function end(response: ServerResponse): void {
    if (!remove(response)) return;
    response.end();
    // A reader that takes nothing would keep the connection, and what waits for it, for ever.
    setTimeout(() => response.destroy(), LINGER_MS).unref();
  }

  function write(response: ServerResponse, text: string): void {
    if (!open.has(response)) return;
    response.write(text);
    if (response.writableLength > bufferLimit) response.destroy();
  }

  function drained(response: ServerResponse): Promise<void> {
    if (!response.writableNeedDrain || !open.has(response)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.on('drain', done).on('close', done);
    });
  }

  const timer = setInterval(() => open.forEach((response) => write(response, KEEP_ALIVE)), keepAliveMs);
  timer.unref();

  return {
    open(context, onClose) {
      const response = context.res;
      context.respond = false;
      context.set(HEADERS);
      context.status = 200;
      response.flushHeaders();
      open.add(response);
      onCount?.(open.size);
      // A connection that breaks while something is written is no fault of ours; 'close' follows.
      response.on('error', () => undefined);
      response.once('close', () => {
        remove(response);
        onClose();
      });
      // The first line tells the reader that the stream stands.
      write(response, KEEP_ALIVE);
      if (ended) end(response);
      return { send: (event) => write(response, format(event)), drained: () => drained(response), close: () => end(response) };
    },
    count: () => open.size,
    close() {
      ended = true;
      clearInterval(timer);
      open.forEach(end);
    },
  };
}
