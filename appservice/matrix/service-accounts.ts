import type { DeviceId, UserId } from '../ids.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { MatrixError, type HomeserverClient } from './homeserver-client.ts';

/** Whether a Matrix id is one of our service accounts. */
export function isServiceAccount(userId: UserId, serverName: string): boolean {
  return userId.endsWith(`:${serverName}`) && /^@service_[0-9a-f]{2}_/.test(userId);
}

/** Matrix users of companies that sign in with an access token of their own. */
export type ServiceAccounts = {
  /** Makes the Matrix user where there is none. */
  readonly register: (userId: UserId) => Promise<void>;
  /**
   * Registers the user and signs it in with this device; the answer is the access token, which stands nowhere else. The
   * appservice's own login is used: a token of the admin API has no device.
   */
  readonly signIn: (account: { userId: UserId; deviceId: DeviceId; label: string }) => Promise<string>;
  /** Ends every device and access token of the user; repeatable. */
  readonly signOut: (userId: UserId) => Promise<void>;
};

/** See `ServiceAccounts`. */
export function createServiceAccounts({ homeserver, intents }: { homeserver: HomeserverClient; intents: Intents }): ServiceAccounts {
  const register: ServiceAccounts['register'] = async (userId) => {
    await viaBridge(() => intents.of(userId).ensureRegistered());
  };

  const signIn: ServiceAccounts['signIn'] = async ({ userId, deviceId, label }) => {
    await register(userId);
    const answer = await homeserver.request({
      method: 'POST',
      path: '/_matrix/client/v3/login',
      body: {
        type: 'm.login.application_service',
        identifier: { type: 'm.id.user', user: userId },
        device_id: deviceId,
        initial_device_display_name: label,
      },
    });
    const { access_token: token } = answer as { access_token?: unknown };
    if (typeof token !== 'string') throw new MatrixError(500, 'M_UNKNOWN', 'the homeserver gave no access token');
    return token;
  };

  const signOut: ServiceAccounts['signOut'] = async (userId) => {
    await register(userId);
    await homeserver.request({ method: 'POST', path: '/_matrix/client/v3/logout/all', as: { userId }, body: {} });
  };

  return { register, signIn, signOut };
}
