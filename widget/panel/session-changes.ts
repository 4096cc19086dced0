import type { Kept } from '../transport/session-store.ts';
import type { PanelClient } from './panel-view.ts';

/** Changes what the person set, or was asked. */
export function keep({ store, start }: PanelClient, change: Partial<Pick<Kept, 'sound' | 'rated'>>): void {
  store.update(() => change);
  start();
}

/** Goes on with another session of the same browser: the website has named the person. */
export function adoptSession({ store, start }: PanelClient, token: string): void {
  store.update(() => ({ token, isVerified: true }));
  start();
}

/** The server no longer believes who the person is; what they wrote stays. */
export function loseIdentity({ store, start }: PanelClient): void {
  store.update(() => ({ isVerified: false }));
  start();
}

/** Takes a conversation that was deleted for good out of what is shown and kept. */
export function dropConversation({ store, change }: PanelClient, conversationId: string): void {
  store.update((kept) => ({ outbox: kept.outbox.filter((item) => item.conversationId !== conversationId) }));
  change({ type: 'deleted', conversationId });
}

/** Forgets the session and everything else in this browser. */
export function forgetSession({ store, close, start }: PanelClient): void {
  close();
  store.forget();
  start();
}
