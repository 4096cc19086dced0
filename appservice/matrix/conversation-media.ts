import { readContentAddress } from './content-address.ts';
import { MatrixError, matrixPath, type Ghost, type HomeserverClient } from './homeserver-client.ts';

/** A video of a slow line takes minutes, both ways. */
const TRANSFER_MS = 10 * 60_000;

/** Size of a preview in a conversation, one of those that Synapse makes in advance. */
const THUMBNAIL = { width: 800, height: 600, method: 'scale' } as const;

/** Octets of a file as they come in; `length` undefined where the homeserver does not say. */
export type MediaStream = { readonly octets: ReadableStream<Uint8Array>; readonly length: number | undefined };

/** Files of conversations at the homeserver. */
export type ConversationMedia = {
  /** Takes an address for a file that is uploaded next. */
  reserve(as: Ghost): Promise<string>;
  /** Uploads the file of a reserved address, once. */
  upload(as: Ghost, mxc: string, file: { bytes: Uint8Array; type: string }): Promise<void>;
  /** Opens a file, or its preview, as the ghost may see it; undefined when it is gone or not for the ghost. */
  open(as: Ghost, mxc: string, options: { thumbnail: boolean; signal?: AbortSignal }): Promise<MediaStream | undefined>;
  /** Deletes a file of our server for good; one that is gone, or of another server, is left alone. */
  remove(mxc: string): Promise<void>;
};

/** See `ConversationMedia`. */
export function createConversationMedia({
  homeserver,
  serverName,
}: {
  homeserver: HomeserverClient;
  serverName: string;
}): ConversationMedia {
  async function unless<Result>(gone: readonly number[], ask: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof MatrixError && gone.includes(error.status)) return undefined;
      throw error;
    }
  }

  return {
    async reserve(as) {
      const answer = await homeserver.request({ method: 'POST', path: '/_matrix/media/v1/create', as, body: {} });
      return (answer as { content_uri: string }).content_uri;
    },
    async upload(as, mxc, octets) {
      const { server, mediaId } = readContentAddress(mxc) ?? {};
      if (server === undefined || mediaId === undefined) throw new Error('the homeserver gave no address for a file');
      const path = matrixPath`/_matrix/media/v3/upload/${server}/${mediaId}`;
      await homeserver.request({ method: 'PUT', path, as, octets, timeoutMs: TRANSFER_MS });
    },
    async open(as, mxc, { thumbnail, signal }) {
      const { server, mediaId } = readContentAddress(mxc) ?? {};
      if (server === undefined || mediaId === undefined) return undefined;
      const request = { method: 'GET', as, timeoutMs: TRANSFER_MS, ...(signal === undefined ? {} : { signal }) } as const;
      // 400: Synapse makes no preview of such a file.
      const response = await unless([400, 403, 404], () =>
        thumbnail
          ? homeserver.download({ ...request, path: matrixPath`/_matrix/client/v1/media/thumbnail/${server}/${mediaId}`, query: THUMBNAIL })
          : homeserver.download({ ...request, path: matrixPath`/_matrix/client/v1/media/download/${server}/${mediaId}` }),
      );
      if (response?.body === undefined || response.body === null) return undefined;
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      return { octets: response.body, length: Number.isSafeInteger(length) ? length : undefined };
    },
    async remove(mxc) {
      const { server, mediaId } = readContentAddress(mxc) ?? {};
      if (server !== serverName || mediaId === undefined) return;
      await unless([404], () => homeserver.admin({ method: 'DELETE', path: matrixPath`/_synapse/admin/v1/media/${server}/${mediaId}` }));
    },
  };
}
