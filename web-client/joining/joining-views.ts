import type { View } from '../router.ts';

const invitation: View['load'] = async () => (await import('./invitation-page.ts')).renderInvitation;

/** Views that links with a secret lead to; the server has a page for each. */
export const joiningViews: readonly View[] = [
  { path: '/account/continue', load: async () => (await import('./continue-page.ts')).renderContinue },
  { path: '/account/invitation', load: invitation },
  { path: '/account/invitation/:token', load: invitation },
];
