import { deleteBrowserDatabases } from '../matrix/browser-database.ts';
import { removeWorker } from '../service-worker/worker-port.ts';
import { forgetSession, SESSION_KEY } from './matrix-session.ts';

/**
 * Why nobody is signed in any more: here, by the person; elsewhere, or by the homeserver; or here without the homeserver having heard of it.
 */
export type EndReason = 'here' | 'elsewhere' | 'unheard';

const REASONS: readonly unknown[] = ['here', 'elsewhere', 'unheard'];

/** Deletes everything that this browser keeps of somebody who was signed in: session, snapshot, outbox, service worker. Other tabs let go of it. */
export async function wipeBrowser(): Promise<void> {
  try {
    forgetSession();
  } catch {
    // A browser that refuses storage has kept nothing.
  }
  await deleteBrowserDatabases().catch(() => undefined);
  await removeWorker();
}

/** Deletes it and begins the page anew, which says why; the address stays, so that a sign-in leads back to it. */
export async function endSession(reason: EndReason): Promise<void> {
  await wipeBrowser();
  // In the entry of the history: it survives the reload, belongs to this tab alone, and is no storage.
  history.replaceState({ ended: reason }, '', location.href);
  location.reload();
}

/** Why the session of this page ended, where it did. */
export function endReason(state: unknown = history.state): EndReason | undefined {
  const reason = typeof state === 'object' && state !== null && 'ended' in state ? state.ended : undefined;
  return REASONS.includes(reason) ? (reason as EndReason) : undefined;
}

/** Ends this page where another tab has signed out. */
export function endWithOthers(stop: () => void): void {
  addEventListener('storage', ({ key, newValue }) => {
    // Without a key all was cleared.
    if ((key !== SESSION_KEY && key !== null) || newValue !== null) return;
    stop();
    void endSession('here');
  });
}
