import type { BrowserDatabase } from './browser-database.ts';
import type { MatrixClient, Room } from './matrix-sdk.ts';
import { joinTimelines, KEPT_MS, snapshotOf, type RoomSnapshot } from './room-snapshot.ts';

/** How long changes are gathered before they are written, in milliseconds. */
const GATHER_MS = 400;
/** Rooms of one transaction, so that the page stays quick between two. */
const AT_ONCE = 50;

/** The snapshots of an account, what is too old left out and deleted. */
export async function readSnapshots(database: BrowserDatabase, now: number): Promise<RoomSnapshot[]> {
  const all = (await database.readAll('room').catch(() => [])) as RoomSnapshot[];
  const isOld = ({ keptAt }: RoomSnapshot): boolean => now - keptAt > KEPT_MS;
  const old = all.filter(isOld);
  if (old.length > 0) await deleteSnapshots(database, old);
  return all.filter((snapshot) => !isOld(snapshot));
}

/** Deletes snapshots; a browser that refuses that has lost them. */
export async function deleteSnapshots(database: BrowserDatabase, rooms: readonly Pick<RoomSnapshot, 'roomId'>[]): Promise<void> {
  await database.change(['room'], (store) => rooms.forEach(({ roomId }) => store('room').delete(roomId))).catch(() => undefined);
}

/** Writes snapshots; what another tab keeps of the same room and goes on without a gap stays. */
export function writeSnapshots(database: BrowserDatabase, snapshots: readonly RoomSnapshot[]): Promise<void> {
  return database.change(['room'], (store) => {
    const rooms = store('room');
    for (const snapshot of snapshots)
      rooms.get(snapshot.roomId).addEventListener('success', (event) => {
        const kept = (event.target as IDBRequest<RoomSnapshot | undefined>).result;
        rooms.put(kept === undefined ? snapshot : { ...snapshot, timeline: joinTimelines(kept.timeline, snapshot.timeline) });
      });
  });
}

/** Keeps rooms as they change. */
export type SnapshotKeeper = {
  /** Something of a room has changed. */
  touch(roomId: string): void;
  /** A room in which the person is no more. */
  forget(roomId: string): void;
  stop(): void;
};

const isKept = (room: Room): boolean => room.getMyMembership() === 'join' && room.getType() !== 'm.space';

/** See `SnapshotKeeper`. What cannot be written is left: the homeserver has it. */
export function createSnapshotKeeper(client: MatrixClient, database: BrowserDatabase | undefined): SnapshotKeeper {
  const touched = new Set<string>();
  let timer: number | undefined;
  let isWriting = false;

  async function write(): Promise<void> {
    timer = undefined;
    if (database === undefined || isWriting) return;
    isWriting = true;
    while (touched.size > 0 && !database.isGone()) {
      const ids = [...touched].slice(0, AT_ONCE);
      ids.forEach((id) => touched.delete(id));
      const rooms = ids.flatMap((id) => client.getRoom(id) ?? []);
      await deleteSnapshots(
        database,
        rooms.filter((room) => !isKept(room)),
      );
      const now = Date.now();
      const snapshots = rooms.filter(isKept).map((room) => snapshotOf(room, now));
      await writeSnapshots(database, snapshots).catch(() => undefined);
    }
    isWriting = false;
  }

  const handleHidden = (): void => {
    if (document.visibilityState === 'hidden') void write();
  };
  document.addEventListener('visibilitychange', handleHidden);
  return {
    touch(roomId) {
      touched.add(roomId);
      timer ??= window.setTimeout(() => void write(), GATHER_MS);
    },
    forget(roomId) {
      touched.delete(roomId);
      if (database !== undefined) void deleteSnapshots(database, [{ roomId }]);
    },
    stop() {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', handleHidden);
      touched.clear();
    },
  };
}
