import { isInline, isInlinePicture, plainType } from '../files/inline-types.ts';

const MEDIA = /^\/_matrix\/client\/v1\/media\/(?:download|thumbnail)\/[^/]+\/[\w-]+(?:\/[^/]*)?$/;
/** What a page may do with a file: draw it, play it, read it. Never a script, a style, a document or a worker. */
const USES = new Set(['', 'image', 'audio', 'video']);

/** Whether an address is that of a file at a homeserver (https://spec.matrix.org/v1.15/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid). */
export const isMediaAddress = ({ pathname }: URL): boolean => MEDIA.test(pathname);

/** Headers with which a file reaches a page: what cannot be shown safely is octets to be saved, and a browser guesses nothing. */
export function mediaHeaders(given: Headers): Headers {
  const type = plainType(given.get('content-type'));
  const isShown = isInline(type);
  const headers = new Headers({
    'content-type': isShown ? type : 'application/octet-stream',
    'content-disposition': isShown ? 'inline' : 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    // Files belong to a session: no cache keeps them beyond it.
    'cache-control': 'no-store',
  });
  const length = given.get('content-length');
  // What was unpacked on the way is longer than the header says.
  if (length !== null && given.get('content-encoding') === null) headers.set('content-length', length);
  return headers;
}

/** What the worker needs to ask for a file: whose session it is. */
export type MediaSession = { readonly homeserverOrigin: string; readonly accessToken: string };

/** Asks the homeserver for a file as the person; another server never sees the token. */
export async function answerMedia(request: Request, session: MediaSession | undefined, ask: typeof fetch = fetch): Promise<Response> {
  if (!USES.has(request.destination)) return Response.error();
  const isOurs = session !== undefined && new URL(request.url).origin === session.homeserverOrigin;
  const headers = isOurs ? { authorization: `Bearer ${session.accessToken}` } : {};
  const answer = await ask(request.url, { headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!answer.ok) return new Response(null, { status: answer.status });
  // The type that is said can be wrong: what is no picture is not drawn as one.
  const isWrong = request.destination === 'image' && !isInlinePicture(answer.headers.get('content-type') ?? '');
  return isWrong ? new Response(null, { status: 415 }) : new Response(answer.body, { headers: mediaHeaders(answer.headers) });
}
