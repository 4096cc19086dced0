import type { View } from '../router.ts';

/** Views of somebody's conversations; both panes of one page. */
export const conversationViews: readonly View[] = [
  { path: '/conversations', load: async () => (await import('./conversations-page.ts')).renderConversations },
  { path: '/conversations/new/:slug', load: async () => (await import('./new-conversation-page.ts')).renderNewConversation },
  { path: '/conversations/:roomId', load: async () => (await import('./conversations-page.ts')).renderConversations },
];
