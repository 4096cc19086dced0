import type {
  AccountNetworksView,
  DisconnectedView,
  NetworkRegistrationView,
  NetworksView,
} from '../../appservice/networks/network-wire.ts';
import type { SignInOutcome } from '../../appservice/sign-in/sign-in-wire.ts';
import { ask } from './account-api.ts';

const OWN = '/api/v1/account/networks';

type Address = { readonly address: string };

/** The networks that people may sign in with. */
export const listNetworks = (): Promise<NetworksView> => ask('GET', '/api/v1/networks');

/** Calls about networks at one sign-in. */
export function signInNetworks(flow: string) {
  const base = `/account/sign-in/${encodeURIComponent(flow)}`;
  return {
    /** Where to go; `again` to be asked for what was kept back. */
    leave: async (network: string, again: boolean): Promise<string> =>
      (await ask<Address>('POST', `${base}/networks/${encodeURIComponent(network)}/visits`, { again })).address,
    /** Goes on as who came back. */
    goOn: (): Promise<SignInOutcome> => ask('POST', `${base}/methods/network`, {}),
    getRegistration: (): Promise<NetworkRegistrationView> => ask('GET', `${base}/registration/network`),
    proveNumber: (phone: string, code: string): Promise<void> => ask('POST', `${base}/registration/number`, { phone, code }),
  };
}

/** Calls about networks of somebody's own account. */
export const ownNetworks = {
  get: (): Promise<AccountNetworksView> => ask('GET', OWN),
  connect: async (network: string): Promise<string> =>
    (await ask<Address>('POST', `${OWN}/${encodeURIComponent(network)}/visits`, {})).address,
  disconnect: (network: string): Promise<DisconnectedView> => ask('DELETE', `${OWN}/${encodeURIComponent(network)}`),
};
