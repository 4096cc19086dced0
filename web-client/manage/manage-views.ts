import type { View } from '../router.ts';

const load: View['load'] = async () => (await import('./manage-page.ts')).renderManage;

/** Views in which admins of a company run it. */
export const manageViews: readonly View[] = [
  { path: '/manage', load },
  { path: '/manage/:slug', load },
  { path: '/manage/:slug/:section', load },
];
