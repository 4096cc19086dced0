import type { View } from '../router.ts';

const inbox: View['load'] = async () => (await import('./inbox-page.ts')).renderInbox;

/** Views of the working place of a company's people. */
export const inboxViews: readonly View[] = [
  { path: '/inbox', load: async () => (await import('./inboxes-page.ts')).renderInboxes },
  { path: '/inbox/:slug', load: inbox },
  { path: '/inbox/:slug/:number', load: inbox },
];
