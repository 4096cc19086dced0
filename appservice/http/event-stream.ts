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

function format({ id, event, data }: StreamEvent): string {
  const identity = id === undefined ? '' : `id: ${id}\n`;
  return `${identity}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Makes the streams of this process. A stream keeps nothing but its response object, so that thousands of quiet ones cost little. */
export function createEventStreams({ keepAliveMs = 15_000, bufferLimit = 256 * 1024, onCount }: EventStreamOptions = {}): EventStreams {
  const open = new Set<ServerResponse>();
  let ended = false;

  function write(response: ServerResponse, text: string): void {
    if (!open.has(response)) return;
    response.write(text);
    if (response.writableLength > bufferLimit) response.destroy();
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
      response.once('close', () => {
        open.delete(response);
        onCount?.(open.size);
        onClose();
      });
      // The first line tells the reader that the stream stands.
      write(response, KEEP_ALIVE);
      if (ended) response.end();
      return { send: (event) => write(response, format(event)), close: () => response.end() };
    },
    count: () => open.size,
    close() {
      ended = true;
      clearInterval(timer);
      open.forEach((response) => response.end());
    },
  };
}
