import type { ProfileChange, ProfileView } from '../../appservice/profiles/profile-wire.ts';
import { ask, askWithFile } from './account-api.ts';

const BASE = '/api/v1/account/profile';

/** Calls about what somebody says of themselves. */
export const ownProfile = {
  get: (): Promise<ProfileView> => ask('GET', BASE),
  change: (change: ProfileChange): Promise<ProfileView> => ask('PUT', BASE, change),
  setPicture: (file: Blob): Promise<ProfileView> => askWithFile('PUT', `${BASE}/picture`, file),
  removePicture: (): Promise<void> => ask('DELETE', `${BASE}/picture`),
};
