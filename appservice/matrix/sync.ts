import type { RoomId, UserId } from '../ids.ts';
import type { HomeserverClient } from './homeserver-client.ts';
import { decodeEvent, type MatrixEvent } from './matrix-event.ts';

/** What came since a position. */
export type SyncAnswer = {
  readonly nextBatch: string;
  /** Events by room in order; `gapFrom` where the homeserver left older ones out. */
  readonly rooms: readonly {
    readonly roomId: RoomId;
    readonly events: readonly MatrixEvent[];
    readonly gapFrom: string | undefined;
    readonly ephemeral: readonly unknown[];
  }[];
};

type RoomPart = { timeline?: { events?: unknown[]; limited?: boolean; prev_batch?: string }; ephemeral?: { events?: unknown[] } };

const TIMELINE = JSON.stringify({
  presence: { types: [] },
  account_data: { types: [] },
  room: { timeline: { limit: 100 }, state: { types: [] }, account_data: { types: [] }, ephemeral: { types: ['m.typing', 'm.receipt'] } },
});

const NOTHING = JSON.stringify({ presence: { types: [] }, account_data: { types: [] }, room: { rooms: [] } });

/** Incremental `/sync` as a ghost (https://spec.matrix.org/v1.15/client-server-api/#syncing). */
export function createSync(homeserver: HomeserverClient) {
  return {
    /**
     * The position of now, which is the same for every user. Asked as the server admin, who is in no room: the appservice's own
     * user may not sync (Synapse answers 500), and a company's ghost is in thousands of rooms.
     */
    async takePosition(): Promise<string> {
      const query = { filter: NOTHING, timeout: 0, set_presence: 'offline' };
      const answer = (await homeserver.admin({ method: 'GET', path: '/_matrix/client/v3/sync', query })) as { next_batch: string };
      return answer.next_batch;
    },
    /** What came since a position; waits up to `timeoutMs` for something. */
    async read(userId: UserId, since: string, timeoutMs: number, signal: AbortSignal): Promise<SyncAnswer> {
      const query = { filter: TIMELINE, timeout: timeoutMs, since, set_presence: 'offline' };
      const request = {
        method: 'GET',
        path: '/_matrix/client/v3/sync',
        as: { userId },
        query,
        timeoutMs: timeoutMs + 20_000,
        signal,
      } as const;
      const answer = (await homeserver.request(request)) as { next_batch: string; rooms?: { join?: Record<RoomId, RoomPart> } };
      const rooms = Object.entries(answer.rooms?.join ?? {}).map(([id, { timeline, ephemeral }]) => {
        const roomId = id as RoomId;
        const events = (timeline?.events ?? []).flatMap((event) => decodeEvent(event, roomId) ?? []);
        return {
          roomId,
          events,
          gapFrom: timeline?.limited === true ? timeline.prev_batch : undefined,
          ephemeral: (ephemeral?.events ?? []).map((event) => ({ ...(event as object), room_id: roomId })),
        };
      });
      return { nextBatch: answer.next_batch, rooms };
    },
  };
}

/** See `createSync`. */
export type Sync = ReturnType<typeof createSync>;
