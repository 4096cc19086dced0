import { z } from 'zod';
import type { UserId } from '../ids.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';

/** A Matrix client that is signed in to an account. */
export type AccountDevice = { readonly id: string; readonly name: string | null; readonly lastSeenAt: number | null };

const devicesSchema = z.object({
  devices: z.array(z.object({ device_id: z.string(), display_name: z.string().nullish(), last_seen_ts: z.number().nullish() })),
});

/** Nothing where the homeserver does not know the user: it makes it at the first sign-in. */
async function unlessUnknown<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MatrixError && error.status === 404) return undefined;
    throw error;
  }
}

/** Matrix clients of accounts (https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#user-devices). */
export function createAccountDevices({ admin }: Pick<HomeserverClient, 'admin'>) {
  const pathOf = (userId: UserId): string => matrixPath`/_synapse/admin/v2/users/${userId}`;
  async function list(userId: UserId): Promise<AccountDevice[]> {
    const answer = await unlessUnknown(admin({ method: 'GET', path: `${pathOf(userId)}/devices` }));
    if (answer === undefined) return [];
    return devicesSchema.parse(answer).devices.map(({ device_id: id, display_name: name, last_seen_ts: lastSeenAt }) => ({
      id,
      name: name ?? null,
      lastSeenAt: lastSeenAt ?? null,
    }));
  }
  return {
    list,
    /** Signs one client out; nothing happens where there is none of this id. */
    async end(userId: UserId, deviceId: string): Promise<void> {
      await unlessUnknown(admin({ method: 'DELETE', path: `${pathOf(userId)}${matrixPath`/devices/${deviceId}`}` }));
    },
    /** Signs all clients out. */
    async endAll(userId: UserId): Promise<void> {
      const devices = (await list(userId)).map(({ id }) => id);
      if (devices.length > 0) await admin({ method: 'POST', path: `${pathOf(userId)}/delete_devices`, body: { devices } });
    },
  };
}

/** See `createAccountDevices`. */
export type AccountDevices = ReturnType<typeof createAccountDevices>;
