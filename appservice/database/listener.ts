import pg from 'pg';
import type { Logger } from '../logger.ts';

/** Hears NOTIFY of all processes; connects again by itself when the connection breaks. */
export type Listener = {
  /** Calls `handle` with every payload on a channel, and with undefined after a reconnect: something may have been missed. */
  on(channel: string, handle: (payload: string | undefined) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Waits this long before connecting again, in milliseconds. */
const RECONNECT_MS = 500;

/** See `Listener`; holds one connection of its own, because LISTEN belongs to a connection. */
export function createListener({ url, log }: { url: string; log: Logger }): Listener {
  const handlers = new Map<string, ((payload: string | undefined) => void)[]>();
  let client: pg.Client | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'smoope-listener', keepAlive: true });
    next.on('notification', ({ channel, payload }) => handlers.get(channel)?.forEach((handle) => handle(payload ?? '')));
    next.on('error', () => undefined);
    next.on('end', () => {
      if (client === next) scheduleReconnect();
    });
    await next.connect();
    for (const channel of handlers.keys()) await next.query(`listen ${next.escapeIdentifier(channel)}`);
    client = next;
  }

  function scheduleReconnect(): void {
    client = undefined;
    if (stopped) return;
    setTimeout(() => {
      void connect().then(
        () => handlers.forEach((list) => list.forEach((handle) => handle(undefined))),
        (cause: unknown) => {
          log.warn('listener_reconnect_failed', {}, cause);
          scheduleReconnect();
        },
      );
    }, RECONNECT_MS);
  }

  return {
    on(channel, handle) {
      handlers.set(channel, [...(handlers.get(channel) ?? []), handle]);
    },
    start: connect,
    async stop() {
      stopped = true;
      await client?.end();
    },
  };
}
