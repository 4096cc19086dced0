import type * as MatrixSdk from './matrix-sdk.ts';
import type { MatrixClient, MSC3575RoomData, SlidingSync } from './matrix-sdk.ts';
import { roomDataOf, type RoomSnapshot } from './room-snapshot.ts';

/** Rooms that are there before anything is drawn; nobody sees more of a list at once. */
const AT_FIRST = 30;
/** How long the page may be kept busy at a time, in milliseconds. */
const SLICE_MS = 8;

/** Rooms of this browser's snapshot on their way into the library. */
export type RoomRestoring = {
  /** Whether an answer is ours, not the homeserver's. */
  isOurs(data: MSC3575RoomData): boolean;
  /** Whether a room is known from the snapshot alone. */
  isRestored(roomId: string): boolean;
  /** The homeserver has spoken of a room; answers whether it was known from the snapshot alone. */
  replace(roomId: string): boolean;
  /** Gives the library the rooms of the snapshot, those of the latest activity first; resolves once the first are there, the rest follow. */
  begin(snapshots: readonly RoomSnapshot[]): Promise<void>;
  /** Ends it; answers the rooms of which the homeserver has not spoken. */
  end(): string[];
};

/** Gives the library what this browser kept of rooms as if the homeserver had sent it. */
export function createRoomRestoring(client: MatrixClient, sliding: SlidingSync, sdk: typeof MatrixSdk): RoomRestoring {
  const ours = new WeakSet<MSC3575RoomData>();
  const restored = new Set<string>();
  let waiting: RoomSnapshot[] = [];

  async function restore(snapshot: RoomSnapshot): Promise<void> {
    const { roomId, receipts, fullyRead } = snapshot;
    // The homeserver was quicker.
    if (client.getRoom(roomId) !== null) return;
    const data = roomDataOf(snapshot);
    ours.add(data);
    restored.add(roomId);
    await sliding.emitPromised(sdk.SlidingSyncEvent.RoomData, roomId, data);
    const room = client.getRoom(roomId);
    room?.addEphemeralEvents([new sdk.MatrixEvent({ type: 'm.receipt', room_id: roomId, content: receipts })]);
    if (fullyRead !== undefined) room?.addAccountData([new sdk.MatrixEvent(fullyRead)]);
  }

  async function restoreOthers(): Promise<void> {
    let since = performance.now();
    for (let snapshot = waiting.shift(); snapshot !== undefined; snapshot = waiting.shift()) {
      await restore(snapshot);
      if (performance.now() - since < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }

  return {
    isOurs: (data) => ours.has(data),
    isRestored: (roomId) => restored.has(roomId),
    replace: (roomId) => restored.delete(roomId),
    async begin(snapshots) {
      waiting = snapshots.toSorted((one, other) => (other.bumpStamp ?? 0) - (one.bumpStamp ?? 0));
      for (const snapshot of waiting.splice(0, AT_FIRST)) await restore(snapshot);
      void restoreOthers();
    },
    end() {
      const left = [...restored, ...waiting.map(({ roomId }) => roomId)];
      waiting = [];
      restored.clear();
      return left;
    },
  };
}
