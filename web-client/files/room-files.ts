import type { RoomMessageEventContent } from '../matrix/matrix-sdk.ts';
import { pageData } from '../page-data.ts';
import type { Opened } from '../session/opened-matrix.ts';
import type { FileSending } from './composer-files.ts';
import type { FileAccess } from './file-access.ts';

const MESSAGES: readonly unknown[] = ['m.image', 'm.file', 'm.audio', 'm.video'];

/** The content of an event where it carries a file; undefined for all others. */
export function fileContentOf(type: string, content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  if (type === 'm.sticker') return { ...content, msgtype: 'm.image' };
  return MESSAGES.includes(content['msgtype']) ? content : undefined;
}

/** How files are read as the person who is signed in. */
export const fileAccess = ({ session }: Opened): FileAccess => ({
  homeserverUrl: pageData().homeserverUrl,
  accessToken: session.accessToken,
});

/** How files are sent into a conversation as that person. */
export function fileSending({ matrix: { client } }: Opened, roomId: string): FileSending {
  return {
    roomId,
    types: pageData().fileTypes,
    async maxBytes() {
      const limit = await client.getMediaConfig(true).catch(() => undefined);
      const size = limit?.['m.upload.size'];
      return typeof size === 'number' ? size : Infinity;
    },
    async upload(file, { signal, onProgress }) {
      const answer = await client.uploadContent(file, {
        type: file.type,
        // The name is for those who read the message, not for logs.
        includeFilename: false,
        abortController: signal,
        progressHandler: ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0),
      });
      return answer.content_uri;
    },
    // What fails stands in the conversation with "send again".
    send: (content) => void client.sendMessage(roomId, content as unknown as RoomMessageEventContent).catch(() => undefined),
  };
}
