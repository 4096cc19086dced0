import { createFacebook } from './facebook.ts';
import { googleNetwork } from './google.ts';
import type { NetworkSettings } from './network-settings.ts';
import type { Network } from './network.ts';
import { createOpenidNetwork } from './openid-network.ts';

/** The networks of the settings, in the order in which a page offers them. */
export function createNetworks({ facebook, google, others }: NetworkSettings): readonly Network[] {
  return [
    ...(facebook.adapter === 'facebook' ? [createFacebook(facebook)] : []),
    ...(google.adapter === 'google' ? [createOpenidNetwork(googleNetwork(google))] : []),
    ...others.map((settings) => createOpenidNetwork(settings)),
  ];
}
