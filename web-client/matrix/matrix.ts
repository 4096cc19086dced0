import type { MatrixSession } from '../session/matrix-session.ts';
import type { MatrixClient, Room } from './matrix-sdk.ts';

/** What this page knows of somebody's Matrix, live. */
export type Matrix = {
  readonly client: MatrixClient;
  /** Rooms in which the person is. */
  listRooms(): Room[];
  /** Opens a room: its timeline comes with what has been missed, and stays current until another is opened. */
  open(roomId: string): void;
  /** Calls `hear` after anything that is shown may have changed, at most once a frame; answers how to stop. */
  onChange(hear: () => void): () => void;
  /** Whether the homeserver answered at the last try. */
  isConnected(): boolean;
  /** Whether the first answer is there: until then an empty list says nothing. */
  isReady(): boolean;
  stop(): void;
};

/** Ends a session that the homeserver does not take any more. */
export type OnEnded = () => void;

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

/** A list shows the last message of each; more come with the room that is opened. */
const IN_LIST = { required_state: STATE, timeline_limit: 1, ranges: [[0, 199]], filters: { not_room_types: ['m.space'] } };
const OPENED = { required_state: STATE, timeline_limit: 50 };
const POLL_MS = 30_000;

/** Opens somebody's Matrix with sliding sync (MSC4186), so that it is there at once however many rooms there are. */
export async function startMatrix(session: MatrixSession, homeserverUrl: string, onEnded: OnEnded): Promise<Matrix> {
  const sdk = await import('./matrix-sdk.ts');
  const { ClientEvent, HttpApiEvent, MatrixEventEvent, RoomEvent, RoomMemberEvent, RoomStateEvent, SlidingSyncEvent } = sdk;
  const client = sdk.createClient({ baseUrl: homeserverUrl, ...session, timelineSupport: true });
  const sliding = new sdk.SlidingSync(homeserverUrl, new Map([['all', IN_LIST]]), OPENED, client, POLL_MS);
  const hearers = new Set<() => void>();
  let isReady = false;
  let isConnected = true;
  let frame = 0;

  const change = (): void => {
    if (frame !== 0) return;
    // Not by animation frames alone: they rest in a tab that nobody looks at.
    frame = window.setTimeout(() => {
      frame = 0;
      for (const hear of hearers) hear();
    }, 16);
  };
  sliding.on(SlidingSyncEvent.Lifecycle, (state, _answer, error) => {
    isConnected = error === undefined;
    isReady ||= state === sdk.SlidingSyncState.Complete && isConnected;
    change();
  });
  client.once(HttpApiEvent.SessionLoggedOut, onEnded);
  client.on(RoomEvent.Timeline, change);
  client.on(RoomEvent.Receipt, change);
  client.on(RoomEvent.LocalEchoUpdated, change);
  client.on(RoomEvent.Redaction, change);
  client.on(ClientEvent.Room, change);
  client.on(RoomStateEvent.Events, change);
  client.on(RoomMemberEvent.Typing, change);
  client.on(MatrixEventEvent.Replaced, change);
  await client.startClient({
    slidingSync: sliding,
    pendingEventOrdering: sdk.PendingEventOrdering.Detached,
    lazyLoadMembers: true,
    disablePresence: true,
  });

  return {
    client,
    listRooms: () => client.getRooms().filter((room) => room.getMyMembership() === 'join' && room.getType() !== 'm.space'),
    open: (roomId) => sliding.modifyRoomSubscriptions(new Set([roomId])),
    onChange(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    isConnected: () => isConnected,
    isReady: () => isReady,
    stop() {
      client.stopClient();
      window.clearTimeout(frame);
      hearers.clear();
    },
  };
}
