import type { MatrixSession } from '../session/matrix-session.ts';
import { deleteBrowserDatabases, openBrowserDatabase, type BrowserDatabase } from './browser-database.ts';
import { watchConnection, type Connection } from './connection.ts';
import type * as MatrixSdk from './matrix-sdk.ts';
import type { MatrixClient, MatrixEvent, Room, SlidingSync } from './matrix-sdk.ts';
import { createMatrixOutbox } from './outbox-scheduler.ts';
import { FIRST_RANGE, growRange } from './room-range.ts';
import { createRoomRestoring } from './room-restoring.ts';
import { createSnapshotKeeper, readSnapshots, recallTimeline } from './snapshot-store.ts';
import { joinTabs } from './tabs.ts';
import { closeGap } from './timeline-gap.ts';

/** What this page knows of somebody's Matrix, live. */
export type Matrix = {
  readonly client: MatrixClient;
  /** Rooms in which the person is. */
  listRooms(): Room[];
  /** Opens a room: its timeline comes with what has been missed, and stays current until another is opened. */
  open(roomId: string): void;
  /** Calls `hear` after anything that is shown may have changed, at most once a frame; answers how to stop. */
  onChange(hear: () => void): () => void;
  /** False once the homeserver has not been reached for some seconds. */
  isConnected(): boolean;
  /** Whether the first answer is there: until then an empty list says nothing, and what is shown is what this browser kept. */
  isReady(): boolean;
  /** Whether every room is there, so that a count is right. */
  isWhole(): boolean;
  /** Code of why the homeserver did not take an event; undefined for what is on its way. */
  refusalOf(event: MatrixEvent): string | undefined;
  /** How many messages are not sent yet. */
  countUnsent(): number;
  stop(): void;
};

/** Ends a session that the homeserver does not take any more. */
export type OnEnded = () => void;

type Sdk = typeof MatrixSdk;

const STATE = [
  ['m.room.create', ''],
  ['m.room.name', ''],
  ['m.room.avatar', ''],
  ['m.room.encryption', ''],
  ['m.room.power_levels', ''],
  ['m.room.tombstone', ''],
  ['com.smoope.conversation', ''],
  ['m.room.member', '$ME'],
  ['m.room.member', '$LAZY'],
];

/** A list shows the last message of each, behind which a state may have changed; more come with the room that is opened. */
const IN_LIST = { required_state: STATE, timeline_limit: 4, ranges: [FIRST_RANGE], filters: { not_room_types: ['m.space'] } };
const OPENED = { required_state: STATE, timeline_limit: 50 };
const POLL_MS = 30_000;
/** A request that hangs on a dead line is given up, and made again. */
const PATIENCE_MS = 30_000;

/** Asks with a connection of the tab's own (the homeserver has one per name, and tabs would end each other's), and again until it is answered. */
function persistSync(client: MatrixClient, connection: Connection, number: number, sdk: Sdk): void {
  const ask = client.slidingSync.bind(client);
  client.slidingSync = (request, base, signal) =>
    connection.persist(() => ask({ ...request, conn_id: `tab-${number}` } as typeof request, base, signal), {
      ...(signal === undefined ? {} : { signal }),
      isFinal: (error) => error instanceof sdk.MatrixError && [400, 401, 403].includes(error.httpStatus ?? 0),
    });
}

/**
 * Starts the client without a word to the homeserver before the snapshot is drawn: the library asks for versions and push rules first, which
 * waits for ever without a connection. Our homeserver has the version, and the rules come with the first answer.
 */
async function startQuietly(client: MatrixClient, sliding: SlidingSync, sdk: Sdk, draw: () => Promise<void>): Promise<void> {
  const { getVersions, getPushRules } = client;
  const drawn = Promise.withResolvers<void>();
  client.getVersions = async () => ({ versions: ['v1.4'], unstable_features: {} });
  client.getPushRules = async () => {
    await drawn.promise;
    return { global: {} };
  };
  await client.startClient({
    slidingSync: sliding,
    pendingEventOrdering: sdk.PendingEventOrdering.Detached,
    lazyLoadMembers: true,
    disablePresence: true,
  });
  client.getVersions = getVersions;
  await draw();
  drawn.resolve();
  await drawn.promise;
  client.getPushRules = getPushRules;
}

/** Opens somebody's Matrix with sliding sync (MSC4186), so that it is there at once however many rooms there are. */
export async function startMatrix(session: MatrixSession, homeserverUrl: string, onEnded: OnEnded): Promise<Matrix> {
  const opening = openBrowserDatabase(session.userId).catch(() => undefined);
  const sdk = await import('./matrix-sdk.ts');
  const { ClientEvent, HttpApiEvent, MatrixEventEvent, RoomEvent, RoomMemberEvent, RoomStateEvent, SlidingSyncEvent } = sdk;
  const database: BrowserDatabase | undefined = await opening;
  void deleteBrowserDatabases(session.userId);
  const tabs = await joinTabs(session.userId, database !== undefined);
  const outbox = createMatrixOutbox(sdk);
  const client = sdk.createClient({
    baseUrl: homeserverUrl,
    ...session,
    timelineSupport: true,
    localTimeoutMs: PATIENCE_MS,
    scheduler: outbox.scheduler,
  });
  const connection = watchConnection();
  persistSync(client, connection, tabs.number, sdk);
  const sliding = new sdk.SlidingSync(homeserverUrl, new Map([['all', IN_LIST]]), OPENED, client, POLL_MS);
  const keeper = createSnapshotKeeper(client, database);
  const range = growRange();
  const hearers = new Set<() => void>();
  const restoring = createRoomRestoring(client, sliding, sdk);
  /** Rooms of which it is not known from where earlier messages would be asked for. */
  const recalled = new Set<string>();
  let isReady = false;
  let frame = 0;

  const change = (): void => {
    if (frame !== 0) return;
    // Not by animation frames alone: they rest in a tab that nobody looks at.
    frame = window.setTimeout(() => {
      frame = 0;
      for (const hear of hearers) hear();
    }, 16);
  };
  const changeRoom = (room: Room | undefined): void => {
    if (room !== undefined && !restoring.isRestored(room.roomId)) keeper.touch(room.roomId);
    change();
  };
  // Before the library listens, which takes an answer as it is.
  sliding.on(SlidingSyncEvent.RoomData, (roomId, data) => {
    if (restoring.isOurs(data)) return;
    const room = client.getRoom(roomId);
    const isFromSnapshot = [restoring.replace(roomId), recalled.delete(roomId)].includes(true);
    if (room !== null) closeGap(room, data, isFromSnapshot);
    keeper.touch(roomId);
  });
  sliding.on(SlidingSyncEvent.Lifecycle, (state, answer, error) => {
    if (state !== sdk.SlidingSyncState.Complete || answer === null || error !== undefined) return;
    isReady = true;
    const next = range.take(answer.lists['all']?.count ?? 0);
    if (next !== undefined) sliding.setListRanges('all', [next]);
    else
      for (const roomId of restoring.end()) {
        // The homeserver speaks of it no more: the person has left it, or it was erased, while this browser was away.
        client.store.removeRoom(roomId);
        keeper.forget(roomId);
      }
    change();
  });
  connection.onChange((isThere) => {
    if (isThere) outbox.wake();
    change();
  });
  const handleOffline = (): void => sliding.resend();
  addEventListener('offline', handleOffline);
  client.once(HttpApiEvent.SessionLoggedOut, onEnded);
  client.on(RoomEvent.Timeline, (_event, room) => changeRoom(room));
  client.on(RoomEvent.TimelineReset, changeRoom);
  client.on(RoomEvent.Receipt, (_event, room) => changeRoom(room));
  client.on(RoomEvent.LocalEchoUpdated, (_event, room) => changeRoom(room));
  client.on(RoomEvent.Redaction, (_event, room) => changeRoom(room));
  client.on(RoomEvent.AccountData, (_event, room) => changeRoom(room));
  client.on(ClientEvent.Room, changeRoom);
  client.on(RoomStateEvent.Events, change);
  client.on(RoomMemberEvent.Typing, change);
  client.on(MatrixEventEvent.Replaced, change);
  await startQuietly(client, sliding, sdk, async () => {
    const snapshots = database === undefined ? [] : await readSnapshots(database, Date.now());
    await restoring.begin(snapshots);
    await outbox.open(client, database, tabs);
  });

  return {
    client,
    listRooms: () => client.getRooms().filter((room) => room.getMyMembership() === 'join' && room.getType() !== 'm.space'),
    open(roomId) {
      sliding.modifyRoomSubscriptions(new Set([roomId]));
      if (database === undefined) return;
      void recallTimeline(client, database, roomId).then((hasCome) => {
        if (hasCome) recalled.add(roomId);
        change();
      });
    },
    onChange(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    isConnected: () => connection.isThere(),
    isReady: () => isReady,
    isWhole: () => isReady && range.isWhole(),
    refusalOf: (event) => outbox.refusalOf(event),
    countUnsent: () => outbox.count(),
    stop() {
      removeEventListener('offline', handleOffline);
      outbox.stop();
      keeper.stop();
      connection.stop();
      client.stopClient();
      database?.close();
      tabs.leave();
      window.clearTimeout(frame);
      hearers.clear();
    },
  };
}
