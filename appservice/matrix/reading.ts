import { ApiError } from '../errors.ts';
import type { EventId, RoomId } from '../ids.ts';
import { MatrixError, matrixPath, type Ghost, type HomeserverClient } from './homeserver-client.ts';
import { decodeEvent, type MatrixEvent } from './matrix-event.ts';

/** Events of a room, newest first, and the mark from which older ones are read. */
export type EventPage = { readonly events: readonly MatrixEvent[]; readonly end: string | null };

/** Reads rooms as a ghost of ours: content lives in Matrix and nowhere else. */
export type Reading = {
  /** Undefined where the ghost cannot see the event. */
  findEvent(as: Ghost, roomId: RoomId, eventId: EventId): Promise<MatrixEvent | undefined>;
  /** Events before a mark, newest first; throws M_INVALID_PARAM for a mark that the homeserver did not give. */
  listBackwards(as: Ghost, roomId: RoomId, options: { from?: string | undefined; limit: number }): Promise<EventPage>;
  /** Events after a mark, oldest first; without mark from the beginning of the room. */
  listForwards(as: Ghost, roomId: RoomId, options: { from?: string | undefined; limit: number }): Promise<EventPage>;
  /** Events that hang on another one: its edits, reactions and thread (https://spec.matrix.org/v1.15/client-server-api/#aggregations-of-child-events). */
  listRelated(as: Ghost, roomId: RoomId, eventId: EventId, from?: string): Promise<EventPage>;
  /** Content of a state event; undefined where there is none. */
  findState(as: Ghost, roomId: RoomId, type: string, stateKey?: string): Promise<Readonly<Record<string, unknown>> | undefined>;
};

/** See `Reading`. */
export function createReading(homeserver: HomeserverClient): Reading {
  return {
    async findEvent(as, roomId, eventId) {
      return ifFound(async () =>
        decodeEvent(await homeserver.request({ method: 'GET', path: matrixPath`/_matrix/client/v3/rooms/${roomId}/event/${eventId}`, as })),
      );
    },
    async listBackwards(as, roomId, { from, limit }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/messages`;
      const answer = (await homeserver
        .request({ method: 'GET', path, as, query: { dir: 'b', limit, from } })
        .catch((cause: unknown) => refuseMark(cause, from))) as { chunk: unknown[]; end?: string };
      return toPage(answer);
    },
    async listForwards(as, roomId, { from, limit }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/messages`;
      const answer = await homeserver.request({ method: 'GET', path, as, query: { dir: 'f', limit, from } });
      return toPage(answer as { chunk: unknown[]; end?: string });
    },
    async listRelated(as, roomId, eventId, from) {
      const path = matrixPath`/_matrix/client/v1/rooms/${roomId}/relations/${eventId}`;
      const answer = await ifFound(() => homeserver.request({ method: 'GET', path, as, query: { limit: 100, from } }));
      const { chunk, next_batch: end } = (answer ?? { chunk: [] }) as { chunk: unknown[]; next_batch?: string };
      return toPage({ chunk, ...(end === undefined ? {} : { end }) });
    },
    async findState(as, roomId, type, stateKey = '') {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/state/${type}/${stateKey}`;
      return ifFound(async () => (await homeserver.request({ method: 'GET', path, as })) as Record<string, unknown>);
    },
  };
}

function toPage({ chunk, end }: { chunk: unknown[]; end?: string }): EventPage {
  return { events: chunk.map((event) => decodeEvent(event)).filter((event) => event !== undefined), end: end ?? null };
}

// Marks go out to readers as they are and come back from them.
function refuseMark(cause: unknown, from: string | undefined): never {
  if (from === undefined || !(cause instanceof MatrixError) || cause.status !== 400) throw cause;
  throw new ApiError('M_INVALID_PARAM', 'query.before: must be the mark of an answer before', { cause, field: 'query.before' });
}

async function ifFound<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MatrixError && (error.status === 404 || error.status === 403)) return undefined;
    throw error;
  }
}
