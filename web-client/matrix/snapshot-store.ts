import type { BrowserDatabase } from './browser-database.ts';
import type { MatrixClient, Room } from './matrix-sdk.ts';
import { joinTimelines, KEPT_MS, LISTED_EVENTS, snapshotOf, type RawEvent, type RoomSnapshot } from './room-snapshot.ts';

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
  const work = (store: (name: 'room' | 'timeline') => IDBObjectStore): void =>
    rooms.forEach(({ roomId }) => {
      store('room').delete(roomId);
      store('timeline').delete(roomId);
    });
  await database.change(['room', 'timeline'], work).catch(() => undefined);
}

type KeptTimeline = { readonly roomId: string; readonly events: readonly RawEvent[] };

/** Writes snapshots; what another tab keeps of the same room and goes on without a gap stays. */
export function writeSnapshots(database: BrowserDatabase, snapshots: readonly RoomSnapshot[]): Promise<void> {
  return database.change(['room', 'timeline'], (store) => {
    const timelines = store('timeline');
    for (const { timeline, ...snapshot } of snapshots) {
      const { roomId } = snapshot;
      store('room').put({ ...snapshot, timeline: timeline.slice(-LISTED_EVENTS) });
      timelines.get(roomId).addEventListener('success', (event) => {
        const kept = (event.target as IDBRequest<KeptTimeline | undefined>).result;
        timelines.put({ roomId, events: joinTimelines(kept?.events ?? [], timeline) });
      });
    }
  });
}

/** Puts what this browser kept of a room before what is known of it, where the two touch; answers whether anything came. */
export async function recallTimeline(client: MatrixClient, database: BrowserDatabase, roomId: string): Promise<boolean> {
  const kept = (await database.read('timeline', roomId).catch(() => undefined)) as KeptTimeline | undefined;
  const room = client.getRoom(roomId);
  const first = room?.getLiveTimeline().getEvents()[0]?.getId();
  const older = kept?.events.slice(
    0,
    Math.max(
      0,
      kept.events.findIndex(({ event_id: id }) => id === first),
    ),
  );
  if (room === null || older === undefined || older.length === 0) return false;
  const events = older.toReversed().map(client.getEventMapper({ decrypt: false }));
  room.addEventsToTimeline(events, true, false, room.getLiveTimeline(), room.oldState.paginationToken ?? undefined);
  return true;
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
