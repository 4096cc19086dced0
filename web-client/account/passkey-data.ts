import type { PasskeysView } from '../../appservice/passkeys/passkey-wire.ts';
import type { SignInOutcome } from '../../appservice/sign-in/sign-in-wire.ts';
import { ask } from './account-api.ts';
import { makePasskey, signWithPasskey } from './passkey-device.ts';

const OWN = '/api/v1/account/passkeys';

/** Calls about passkeys of somebody's own account. */
export const ownPasskeys = {
  get: (): Promise<PasskeysView> => ask('GET', OWN),
  /** Makes one on this device, and keeps it. */
  add: async (): Promise<void> => ask('POST', OWN, await makePasskey(await ask('POST', `${OWN}/options`))),
  remove: (id: string): Promise<void> => ask('DELETE', `${OWN}/${encodeURIComponent(id)}`),
};

/** Signs in to the account of the passkey that the person chooses. */
export async function signInWithPasskey(flow: string): Promise<SignInOutcome> {
  const method = `/account/sign-in/${encodeURIComponent(flow)}/methods/passkey`;
  return ask('POST', method, await signWithPasskey(await ask('POST', `${method}/preparation`, {})));
}
