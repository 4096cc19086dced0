import { setTimeout as wait } from 'node:timers/promises';
import { createArrivals, type Follower } from './arrivals.ts';
import { callJson } from './json-call.ts';

/** A plain Matrix client: one user, one token, no library, so that nothing but the homeserver is measured. */
export type MatrixClient = {
  readonly userId: string;
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown>;
  join(roomId: string): Promise<void>;
  /** Sends a text; answers once the homeserver has it. */
  send(roomId: string, text: string): Promise<void>;
  /** Follows `/sync` as clients do: the next request as soon as the last was answered. */
  follow(): Promise<Follower>;
};

/** Whose client it is. `masquerade`: query parameters by which an appservice acts as a ghost with its device. */
export type MatrixLogin = {
  readonly homeserverUrl: string;
  readonly userId: string;
  readonly token: string;
  readonly masquerade?: { readonly user_id: string; readonly device_id: string };
};

type SyncAnswer = {
  readonly next_batch: string;
  readonly rooms?: {
    readonly join?: Record<string, { readonly timeline?: { readonly events?: { readonly content?: { readonly body?: unknown } }[] } }>;
  };
};

const SYNC_MS = 10_000;
const FILTER = JSON.stringify({ room: { timeline: { limit: 20 }, state: { lazy_load_members: true } } });

/** Text after `!`, `@` and the like as one segment of a path. */
const part = encodeURIComponent;

/** See `MatrixClient`. */
export function createMatrixClient({ homeserverUrl, userId, token, masquerade }: MatrixLogin): MatrixClient {
  let transactions = 0;
  const prefix = `b${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const asGhost = masquerade === undefined ? '' : `?${new URLSearchParams(masquerade).toString()}`;
  const call: MatrixClient['call'] = (method, path, body) =>
    callJson({ method, url: `${homeserverUrl}${path}${asGhost}`, token, ...(body === undefined ? {} : { body }) });

  function readSync(since: string | undefined, timeoutMs: number, signal: AbortSignal): Promise<SyncAnswer> {
    const query = new URLSearchParams({ filter: FILTER, timeout: String(timeoutMs), ...(since === undefined ? {} : { since }) });
    const url = `${homeserverUrl}/_matrix/client/v3/sync?${query.toString()}`;
    return callJson({ method: 'GET', url, token, signal }) as Promise<SyncAnswer>;
  }

  return {
    userId,
    call,
    async join(roomId) {
      await call('POST', `/_matrix/client/v3/rooms/${part(roomId)}/join`, {});
    },
    async send(roomId, text) {
      transactions += 1;
      const path = `/_matrix/client/v3/rooms/${part(roomId)}/send/m.room.message/${prefix}${transactions}`;
      await call('PUT', path, { msgtype: 'm.text', body: text });
    },
    async follow() {
      const arrivals = createArrivals();
      const stop = new AbortController();
      let since = (await readSync(undefined, 0, stop.signal)).next_batch;
      async function run(): Promise<void> {
        while (!stop.signal.aborted) {
          const answer = await readSync(since, SYNC_MS, stop.signal);
          for (const room of Object.values(answer.rooms?.join ?? {})) {
            for (const { content } of room.timeline?.events ?? []) if (typeof content?.body === 'string') arrivals.note(content.body);
          }
          since = answer.next_batch;
        }
      }
      // What breaks it shows itself as a message that does not arrive.
      const ended = run().catch(() => undefined);
      // The first request of the loop is on its way before anything is sent.
      await wait(50);
      return {
        arrivals,
        async stop() {
          stop.abort();
          await ended;
        },
      };
    },
  };
}
