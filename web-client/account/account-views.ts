import type { View } from '../router.ts';

const SIGN_IN = '/account/sign-in/:flow';

/** Views of sign-in and account with their addresses; the server has a page for each. */
export const accountViews: readonly View[] = [
  { path: SIGN_IN, load: async () => (await import('./sign-in-start.ts')).renderSignInStart },
  { path: `${SIGN_IN}/code`, load: async () => (await import('./sign-in-code.ts')).renderSignInCode },
  { path: `${SIGN_IN}/names`, load: async () => (await import('./sign-in-names.ts')).renderSignInNames },
  { path: `${SIGN_IN}/password`, load: async () => (await import('./sign-in-password.ts')).renderSignInPassword },
  { path: `${SIGN_IN}/passkey`, load: async () => (await import('./sign-in-passkey.ts')).renderSignInPasskey },
  { path: `${SIGN_IN}/forgot`, load: async () => (await import('./forgot-password.ts')).renderForgotPassword },
  { path: `${SIGN_IN}/forgot-code`, load: async () => (await import('./forgot-code.ts')).renderForgotCode },
  { path: `${SIGN_IN}/networks`, load: async () => (await import('./sign-in-networks.ts')).renderSignInNetworks },
  { path: `${SIGN_IN}/networks/:network`, load: async () => (await import('./sign-in-network.ts')).renderSignInNetwork },
  { path: `${SIGN_IN}/networks/:network/code`, load: async () => (await import('./sign-in-network-code.ts')).renderSignInNetworkCode },
  { path: '/account/networks', load: async () => (await import('./own-networks.ts')).renderOwnNetworks },
  { path: '/account/networks/:network', load: async () => (await import('./connect-network.ts')).renderConnectNetwork },
  { path: '/account/passkeys', load: async () => (await import('./own-passkeys.ts')).renderOwnPasskeys },
  { path: '/account/new-password', load: async () => (await import('./new-password.ts')).renderNewPassword },
  { path: '/account/email', load: async () => (await import('./prove-email.ts')).renderProveEmail },
  { path: '/account', load: async () => (await import('./own-account.ts')).renderOwnAccount },
  { path: '/account/profile', load: async () => (await import('./own-profile.ts')).renderOwnProfile },
  { path: '/account/sessions', load: async () => (await import('./account-sessions.ts')).renderAccountSessions },
  { path: '/account/security', load: async () => (await import('./account-security.ts')).renderAccountSecurity },
];
