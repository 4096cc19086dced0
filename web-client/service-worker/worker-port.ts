import { scriptAddress } from '../script-addresses.ts';
import { SHELL_CACHE } from './shell.ts';
import type { MediaSession } from './media-answer.ts';

let session: MediaSession | undefined;

function answer({ data, ports: [port] }: MessageEvent<{ type?: unknown } | undefined>): void {
  if (data?.type === 'session-wanted') port?.postMessage(session);
}

/**
 * Begins the service worker for somebody who is signed in, and answers it whose session this page has. Where a browser has none, or
 * refuses it, pages load files by themselves, and do not open without a connection.
 */
export async function startWorker(homeserverUrl: string, accessToken: string): Promise<void> {
  session = { homeserverOrigin: new URL(homeserverUrl).origin, accessToken };
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', answer);
  serviceWorker.startMessages();
  await serviceWorker.register(scriptAddress('/service-worker.js'), { updateViaCache: 'none' }).catch(() => undefined);
}

/** Removes the service worker and all that it kept on this device; called at the end of a session. */
export async function removeWorker(): Promise<void> {
  session = undefined;
  if (!('serviceWorker' in navigator)) return;
  const registrations = await navigator.serviceWorker.getRegistrations().catch(() => []);
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = await caches.keys().catch(() => []);
  await Promise.all(names.filter((name) => name.startsWith(SHELL_CACHE)).map((name) => caches.delete(name)));
}

/** Whether files may be asked for by their address: the worker of this page adds the token. */
export const hasWorker = (): boolean => 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
