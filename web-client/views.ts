import { accountViews } from './account/account-views.ts';
import { companiesViews } from './companies/companies-views.ts';
import { conversationViews } from './conversations/conversation-views.ts';
import { inboxViews } from './inbox/inbox-views.ts';
import { joiningViews } from './joining/joining-views.ts';
import { manageViews } from './manage/manage-views.ts';
import type { View } from './router.ts';

/** Every view of the web client with its address; pages that the server makes (`/`, `/imprint`, …) are not among them. */
export const views: readonly View[] = [
  ...accountViews,
  ...companiesViews,
  ...conversationViews,
  ...inboxViews,
  ...joiningViews,
  ...manageViews,
];

/** Shown for an address without a view. */
export const notFound: View['load'] = async () => (await import('./pages/not-found-page.ts')).renderNotFound;
