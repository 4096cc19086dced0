import type { RoomId, UserId } from '../ids.ts';
import { readContentAddress } from './content-address.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';

/** What a file of our server serves. */
export type MediaUse = {
  /** Who uploaded it; null where the homeserver did by itself. */
  readonly uploader: UserId | null;
  /** Rooms it was sent to that still exist. */
  readonly rooms: readonly RoomId[];
  /** Whether it is the picture of its uploader. */
  readonly isPicture: boolean;
};

/** Deletes for good at the homeserver; every call may be repeated, and has no effect on what is gone already. */
export type Erasing = {
  /** Purges a room with all its events; resolves when the homeserver is done. */
  deleteRoom(roomId: RoomId): Promise<void>;
  /** Addresses of files that events of a room name, as the homeserver finds them; of unencrypted events only. */
  listRoomMedia(roomId: RoomId): Promise<string[]>;
  /** What a file serves; undefined for one that is gone, or of another server. */
  findMediaUse(mxc: string): Promise<MediaUse | undefined>;
  /** Deactivates a ghost: devices, profile and memberships go. What it wrote goes with the rooms. */
  eraseUser(userId: UserId): Promise<void>;
};

type DeleteStatus = { status: 'scheduled' | 'active' | 'complete' | 'failed' | 'shutting_down' | 'purging'; delete_id?: string };

/** How often, and how long in milliseconds, the deletion of a room is waited for; a longer one is found again by the next try. */
const POLL_MS = 250;
const LONGEST_MS = 120_000;

/** See `Erasing` (https://element-hq.github.io/synapse/latest/admin_api/rooms.html#version-2-new-version). */
export function createErasing({ homeserver, serverName }: { homeserver: HomeserverClient; serverName: string }): Erasing {
  async function ifThere<Answer>(ask: () => Promise<unknown>): Promise<Answer | undefined> {
    try {
      return (await ask()) as Answer;
    } catch (error) {
      // M_UNRECOGNIZED: the way itself is not there, which says nothing about what was asked for.
      if (error instanceof MatrixError && error.status === 404 && error.errcode !== 'M_UNRECOGNIZED') return undefined;
      throw error;
    }
  }

  async function findDeletion(roomId: RoomId): Promise<DeleteStatus | undefined> {
    const path = matrixPath`/_synapse/admin/v2/rooms/${roomId}/delete_status`;
    const known = await ifThere<{ results: DeleteStatus[] }>(() => homeserver.admin({ method: 'GET', path }));
    return known?.results.find(({ status }) => status !== 'failed');
  }

  return {
    async deleteRoom(roomId) {
      if ((await findDeletion(roomId)) === undefined) {
        const path = matrixPath`/_synapse/admin/v2/rooms/${roomId}`;
        await homeserver.admin({ method: 'DELETE', path, body: { block: false, purge: true } });
      }
      for (const end = Date.now() + LONGEST_MS; (await findDeletion(roomId))?.status !== 'complete';) {
        if ((await findDeletion(roomId)) === undefined || Date.now() > end) throw new Error('the homeserver did not delete a room');
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    async listRoomMedia(roomId) {
      const path = matrixPath`/_synapse/admin/v1/room/${roomId}/media`;
      const found = await ifThere<{ local: string[]; remote: string[] }>(() => homeserver.admin({ method: 'GET', path }));
      return found === undefined ? [] : [...found.local, ...found.remote];
    },
    async findMediaUse(mxc) {
      const { server, mediaId } = readContentAddress(mxc) ?? {};
      if (server !== serverName || mediaId === undefined) return undefined;
      // From our module in Synapse (homeserver-config/synapse/module).
      const path = matrixPath`/_synapse/smoope/media/${mediaId}`;
      const use = await ifThere<{ user_id: UserId | null; rooms: RoomId[]; is_picture: boolean }>(() =>
        homeserver.admin({ method: 'GET', path }),
      );
      return use === undefined ? undefined : { uploader: use.user_id, rooms: use.rooms, isPicture: use.is_picture };
    },
    async eraseUser(userId) {
      const path = matrixPath`/_synapse/admin/v1/deactivate/${userId}`;
      await ifThere(() => homeserver.admin({ method: 'POST', path, body: { erase: true } }));
    },
  };
}
