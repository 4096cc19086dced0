import type { UserId } from '../ids.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';

const isRefusal = (error: unknown): boolean =>
  error instanceof MatrixError && (error.status === 400 || error.status === 401 || error.status === 403 || error.status === 404);

/** What our homeserver says of the people who use a client with it. */
export function createOpenidTokens(homeserver: HomeserverClient) {
  return {
    /**
     * Whose OpenID token it is (https://spec.matrix.org/v1.15/server-server-api/#openid); undefined where the homeserver knows none.
     * It is our own server's word, asked at our own address: no other server is reached.
     */
    async findHolder(token: string): Promise<UserId | undefined> {
      try {
        const request = { method: 'GET', path: '/_matrix/federation/v1/openid/userinfo', query: { access_token: token } } as const;
        const { sub } = (await homeserver.requestPlain(request)) as { sub?: unknown };
        return typeof sub === 'string' ? (sub as UserId) : undefined;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
    /** Devices that a user of our server is signed in with; none where there is no such user. */
    async listDevices(userId: UserId): Promise<string[]> {
      try {
        const answer = await homeserver.admin({ method: 'GET', path: matrixPath`/_synapse/admin/v2/users/${userId}/devices` });
        return (answer as { devices: { device_id: string }[] }).devices.map((device) => device.device_id).toSorted();
      } catch (error) {
        if (error instanceof MatrixError && error.status === 404) return [];
        throw error;
      }
    },
  };
}

/** See `createOpenidTokens`. */
export type OpenidTokens = ReturnType<typeof createOpenidTokens>;
