import type { UserId } from '../ids.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';

/**
 * Names and pictures of Matrix users. They are set by the server administration, because the homeserver lets nobody change them
 * by themselves (`enable_set_displayname`), ghosts included; it carries a change into every room that the user is in.
 */
export function createProfiles({ admin }: Pick<HomeserverClient, 'admin'>) {
  return {
    /** `avatarMxc` null leaves the picture as it is, an empty one takes it away; nothing happens where there is no such user. */
    async show(userId: UserId, { displayName, avatarMxc }: { displayName: string; avatarMxc: string | null }): Promise<void> {
      const path = matrixPath`/_synapse/admin/v2/users/${userId}`;
      try {
        // A change of a user whom the homeserver does not know would make one.
        await admin({ method: 'GET', path });
      } catch (error) {
        if (error instanceof MatrixError && error.status === 404) return;
        throw error;
      }
      const body = { displayname: displayName, ...(avatarMxc === null ? {} : { avatar_url: avatarMxc }) };
      await admin({ method: 'PUT', path, body });
    },
  };
}

/** See `createProfiles`. */
export type Profiles = ReturnType<typeof createProfiles>;
