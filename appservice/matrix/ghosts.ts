import type { DeviceId, UserId } from '../ids.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { matrixPath, type HomeserverClient } from './homeserver-client.ts';
import { createProfiles } from './profiles.ts';

/** Matrix users of the appservice: companies and visitors. */
export type Ghosts = {
  /** Registers the user and gives it the device under which it sends; repeatable. */
  make(userId: UserId, deviceId: DeviceId): Promise<void>;
  /** Gives a ghost one more device; repeatable. */
  addDevice(userId: UserId, deviceId: DeviceId): Promise<void>;
  /** What people see; `avatarMxc` null leaves the picture as it is, an empty one takes it away. */
  setProfile(userId: UserId, profile: { displayName: string; avatarMxc: string | null }): Promise<void>;
};

/** Without a device Synapse shares transaction ids among all ghosts of a room and forgets them at a restart (design 4). */
export function createGhosts({ intents, homeserver }: { intents: Intents; homeserver: HomeserverClient }): Ghosts {
  async function addDevice(userId: UserId, deviceId: DeviceId): Promise<void> {
    await homeserver.request({ method: 'PUT', path: matrixPath`/_matrix/client/v3/devices/${deviceId}`, as: { userId }, body: {} });
  }
  return {
    async make(userId, deviceId) {
      await viaBridge(() => intents.of(userId).ensureRegistered());
      await addDevice(userId, deviceId);
    },
    addDevice,
    setProfile: createProfiles(homeserver).show,
  };
}
