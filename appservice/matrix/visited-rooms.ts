import type { EventId, RoomId, UserId } from '../ids.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';
import type { MatrixEvent } from './matrix-event.ts';
import type { Reading } from './reading.ts';
import { readState } from './room-repair.ts';
import type { Sending, SendingGhost } from './sending.ts';

/** Rooms of other people in which a ghost of ours is a guest: it may be put out at any moment, and has no power there. */
export type VisitedRooms = {
  /** Follows an invitation; false where it was taken back. */
  enter(as: SendingGhost, roomId: RoomId): Promise<boolean>;
  /** Leaves, or refuses an invitation; repeatable. */
  leave(as: { userId: UserId }, roomId: RoomId): Promise<void>;
  /** Whether what is written there cannot be read by us, and who is there or invited beside the ghost. */
  look(as: { userId: UserId }, roomId: RoomId): Promise<{ isEncrypted: boolean; others: readonly UserId[] }>;
  /** Says something once, however often it is repeated with the same `txnId`; silent where it may not. */
  say(as: SendingGhost, roomId: RoomId, content: Readonly<Record<string, unknown>>, txnId: string): Promise<void>;
  /** What was written there since the ghost was invited, the latest of it, oldest first: what was said before was not said to it. */
  listWritten(as: { userId: UserId }, roomId: RoomId): Promise<readonly MatrixEvent[]>;
  /** An event of the room; undefined where the ghost cannot see it. */
  findEvent(as: { userId: UserId }, roomId: RoomId, eventId: EventId): Promise<MatrixEvent | undefined>;
};

/** Newest events of a room that are looked through. */
const LOOKED_THROUGH = 100;

/** See `VisitedRooms`. */
export function createVisitedRooms({
  homeserver,
  sending,
  reading,
}: {
  homeserver: HomeserverClient;
  sending: Sending;
  reading: Reading;
}): VisitedRooms {
  return {
    async enter(as, roomId) {
      const path = matrixPath`/_matrix/client/v3/join/${roomId}`;
      return isAllowed(() => homeserver.request({ method: 'POST', path, as: { userId: as.userId }, body: {} }));
    },
    async leave({ userId }, roomId) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/leave`;
      await isAllowed(() => homeserver.request({ method: 'POST', path, as: { userId }, body: {} }));
    },
    async look(as, roomId) {
      const state = await readState(homeserver, as, roomId);
      return {
        isEncrypted: state?.content('m.room.encryption') !== undefined,
        others: (state?.present ?? []).filter((userId) => userId !== as.userId),
      };
    },
    async say(as, roomId, content, txnId) {
      await isAllowed(() => sending.send({ as, roomId, type: 'm.room.message', content, txnId }));
    },
    async listWritten(as, roomId) {
      const { events } = await reading.listBackwards(as, roomId, { limit: LOOKED_THROUGH });
      const invited = events.findIndex(({ stateKey, content }) => stateKey === as.userId && content['membership'] === 'invite');
      const since = invited < 0 ? events : events.slice(0, invited);
      return since.filter(({ stateKey }) => stateKey === undefined).toReversed();
    },
    findEvent: reading.findEvent,
  };
}

/** False where the homeserver says that the ghost is not, or not any more, in a place to do this. */
async function isAllowed(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof MatrixError && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}
