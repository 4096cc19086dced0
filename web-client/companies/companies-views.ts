import type { View } from '../router.ts';

/** Views of the directory with their addresses; the server has a page for each. */
export const companiesViews: readonly View[] = [
  { path: '/companies', load: async () => (await import('./companies-page.ts')).renderCompanies },
  { path: '/companies/:slug', load: async () => (await import('./company-page.ts')).renderCompany },
];
