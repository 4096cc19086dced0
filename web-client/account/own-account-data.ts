import type { AccountSessionView, AccountView } from '../../appservice/accounts/account-wire.ts';
import type { AccountDeviceView, SecurityView } from '../../appservice/accounts/security-wire.ts';
import { ask } from './account-api.ts';
import type { CodeSent } from './sign-in-data.ts';

const BASE = '/api/v1/account';

/** Calls about somebody's own account. */
export const ownAccount = {
  get: (): Promise<AccountView> => ask('GET', BASE),
  signOut: (): Promise<void> => ask('DELETE', `${BASE}/session`),
  listSessions: async (): Promise<AccountSessionView[]> =>
    (await ask<{ sessions: AccountSessionView[] }>('GET', `${BASE}/sessions`)).sessions,
  endSession: (id: string): Promise<void> => ask('DELETE', `${BASE}/sessions/${encodeURIComponent(id)}`),
  listDevices: async (): Promise<AccountDeviceView[]> => (await ask<{ devices: AccountDeviceView[] }>('GET', `${BASE}/devices`)).devices,
  endDevice: (id: string): Promise<void> => ask('DELETE', `${BASE}/devices/${encodeURIComponent(id)}`),
  getSecurity: (): Promise<SecurityView> => ask('GET', `${BASE}/security`),
  setPassword: (password: string, current?: string): Promise<void> =>
    ask('PUT', `${BASE}/password`, { password, ...(current === undefined ? {} : { current }) }),
  sendNumberCode: (phone: string): Promise<CodeSent> => ask('POST', `${BASE}/number/code`, { phone }),
  changeNumber: (phone: string, code: string): Promise<void> => ask('PUT', `${BASE}/number`, { phone, code }),
  proposeEmail: (email: string): Promise<void> => ask('PUT', `${BASE}/email`, { email }),
  removeEmail: (): Promise<void> => ask('DELETE', `${BASE}/email`),
  proveEmail: (token: string): Promise<void> => ask('POST', '/account/email', { token }),
  recover: (token: string, password: string): Promise<void> => ask('POST', '/account/new-password', { token, password }),
};
