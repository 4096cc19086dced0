import { answerMedia, isMediaAddress, type MediaSession } from './media-answer.ts';
import { createShell, isShellAddress } from './shell.ts';
import type { WorkerScope } from './worker-scope.ts';

/** Addresses of hashed files that belong to the shell; the build puts them here. */
declare const SHELL_FILES: readonly string[];

const ANSWER_MS = 3_000;
const worker = self as unknown as WorkerScope;
const shell = createShell({ files: SHELL_FILES, caches, ask: (address, how) => fetch(address, how) });

/**
 * The session of the page that asks. It is asked for anew each time and never kept here: a worker outlives pages and sign-outs, and a
 * page that is signed out has nothing to say.
 */
async function sessionOf(clientId: string): Promise<MediaSession | undefined> {
  const client = await worker.clients.get(clientId);
  if (client === undefined) return undefined;
  const { port1, port2 } = new MessageChannel();
  const { promise, resolve } = Promise.withResolvers<MediaSession | undefined>();
  const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
  port1.onmessage = ({ data }: MessageEvent<MediaSession | undefined>) => resolve(data);
  client.postMessage({ type: 'session-wanted' }, [port2]);
  return promise.finally(() => {
    clearTimeout(timer);
    port1.close();
  });
}

worker.addEventListener('install', (event) => event.waitUntil(shell.fill().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(shell.removeOthers().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request, clientId } = event;
  if (request.method !== 'GET') return;
  const address = new URL(request.url);
  const later = (work: Promise<unknown>): void => event.waitUntil(work);
  // A page that brings its own token needs no help.
  if (isMediaAddress(address) && !request.headers.has('authorization')) {
    event.respondWith(sessionOf(clientId).then((session) => answerMedia(request, session)));
  } else if (address.origin === worker.location.origin) {
    if (request.mode === 'navigate' && isShellAddress(address.pathname)) event.respondWith(shell.openPage(request, later));
    else if (address.pathname.startsWith('/assets/')) event.respondWith(shell.openFile(request, later));
  }
});
