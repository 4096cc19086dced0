import { Readable } from 'node:stream';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { ConversationId, EventId, UserId } from '../ids.ts';
import type { ConversationMedia, MediaStream } from '../matrix/conversation-media.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import { detectType } from './detect-type.ts';
import { cleanName } from './file-name.ts';
import { kindOf, UNKNOWN_TYPE } from './media-kind.ts';
import type { MediaScanning } from './media-scanning.ts';

type Session = AuthTypes['visitor'];

/** A file on its way to a person. */
export type DownloadedMedia = {
  /** Type by the first octets, `application/octet-stream` for all that no browser may show in place. */
  readonly type: string;
  readonly isInline: boolean;
  readonly name: string;
  readonly length: number | undefined;
  readonly octets: Readable;
};

/** An event that may carry a file, as the person may see it, with the addresses that the index has of it. */
export type MediaEvent = {
  readonly event: Pick<MatrixEvent, 'content' | 'roomId'>;
  readonly mxc: readonly string[];
  readonly reader: { readonly userId: UserId };
};

type Dependencies = {
  readonly media: ConversationMedia;
  readonly scanning: MediaScanning;
  /** The event of a visitor's own conversation; undefined for what is not theirs to see, or was taken back. */
  readonly findEvent: (session: Session, conversationId: ConversationId, eventId: EventId) => Promise<MediaEvent | undefined>;
};

/** Octets by which a type is recognised. */
const HEAD = 8 * 1024;

const notFound = (): ApiError => new ApiError('M_NOT_FOUND', 'There is no such file.');

type Content = Readonly<Record<string, unknown>>;

const objectAt = (source: Content, key: string): Content => {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
};

/** The file of a message or of its edit; `sealed` where the octets are encrypted end to end. */
function fileOf(content: Content): { mxc: unknown; sealed: boolean; name: string } {
  const renewed = objectAt(content, 'm.new_content');
  const source = typeof renewed['msgtype'] === 'string' ? renewed : content;
  const { url, body, filename } = source;
  const name = [filename, body].find((candidate) => typeof candidate === 'string') ?? '';
  const sealed = objectAt(source, 'file')['url'];
  return { mxc: sealed ?? url, sealed: sealed !== undefined, name };
}

/** Files of conversations on their way to the person: by the event that carries them, never by an address of the caller's. */
export function createMediaDownloads({ media, scanning, findEvent }: Dependencies) {
  async function openFile(found: MediaEvent, mxc: string, thumbnail: boolean, signal: AbortSignal): Promise<MediaStream> {
    const preview = thumbnail ? await media.open(found.reader, mxc, { thumbnail, signal }) : undefined;
    const stream = preview ?? (await media.open(found.reader, mxc, { thumbnail: false, signal }));
    if (stream === undefined) throw notFound();
    return stream;
  }

  return {
    /** Opens a file; throws M_NOT_FOUND, COM_SMOOPE_MEDIA_QUARANTINED, COM_SMOOPE_SCANNER_UNAVAILABLE. `signal` ends it. */
    async open(
      session: Session,
      { conversationId, eventId, thumbnail }: { conversationId: ConversationId; eventId: EventId; thumbnail: boolean },
      signal: AbortSignal,
    ): Promise<DownloadedMedia> {
      const found = await findEvent(session, conversationId, eventId);
      if (found === undefined) throw notFound();
      const { mxc, sealed, name } = fileOf(found.event.content);
      if (typeof mxc !== 'string' || !found.mxc.includes(mxc)) throw notFound();
      if (!sealed) {
        // Not ended with this request: others may wait for the same verdict.
        await scanning.checkDownload(mxc, async () => (await media.open(found.reader, mxc, { thumbnail: false }))?.octets);
      }
      const { octets, length } = await openFile(found, mxc, thumbnail && !sealed, signal);
      const { head, whole } = await withHead(octets);
      const type = sealed ? UNKNOWN_TYPE : await detectType(head);
      const { isInline } = kindOf(type);
      return { type: isInline ? type : UNKNOWN_TYPE, isInline, name: cleanName(name), length, octets: whole };
    },
  };
}

/** See `createMediaDownloads`. */
export type MediaDownloads = ReturnType<typeof createMediaDownloads>;

/** The first octets of a stream, and the whole of it. */
async function withHead(octets: ReadableStream<Uint8Array>): Promise<{ head: Buffer; whole: Readable }> {
  const reader = octets.getReader();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { value, done } = await reader.read();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
  return { head: Buffer.concat(first).subarray(0, HEAD), whole: Readable.from(all(), { objectMode: false }) };
}
