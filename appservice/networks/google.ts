import type { GoogleSettings, OpenidNetworkSettings } from './network-settings.ts';

/** Google as an OpenID provider (https://accounts.google.com/.well-known/openid-configuration). */
export function googleNetwork({ clientId, clientSecret, location }: GoogleSettings): OpenidNetworkSettings {
  const [token, userinfo] = ['https://oauth2.googleapis.com', 'https://openidconnect.googleapis.com'];
  return {
    name: 'google',
    label: 'Google',
    issuer: 'https://accounts.google.com',
    clientId,
    clientSecret,
    hosts: [token, userinfo].map((address) => new URL(address).host),
    privacyUrl: 'https://policies.google.com/privacy',
    termsUrl: 'https://policies.google.com/terms',
    location,
  };
}
