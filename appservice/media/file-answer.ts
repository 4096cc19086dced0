import type { AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { ConversationId, EventId } from '../ids.ts';
import { contentDisposition } from './file-name.ts';
import type { MediaDownloads } from './media-downloads.ts';

/** Which file is wanted; `thumbnail`: a small picture of it, where there is one. */
export type WantedFile = { readonly conversationId: ConversationId; readonly eventId: EventId; readonly thumbnail: boolean };

/** Answers a request with the file of an event; it ends when the caller goes. Throws as `MediaDownloads.open`. */
export async function answerFile(downloads: MediaDownloads, session: AuthTypes['visitor'], wanted: WantedFile, context: HttpContext) {
  const gone = new AbortController();
  context.res.once('close', () => gone.abort());
  const { type, isInline, name, length, octets } = await downloads.open(session, wanted, gone.signal);
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Disposition': contentDisposition(isInline ? 'inline' : 'attachment', name),
      'Accept-Ranges': 'none',
      ...(length === undefined ? {} : { 'Content-Length': String(length) }),
    },
    body: octets,
  } as const;
}
