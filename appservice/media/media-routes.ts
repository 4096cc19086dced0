import { z } from 'zod';
import { readOctets } from '../http/octet-body.ts';
import { route, type Route } from '../http/route.ts';
import type { ConversationId, EventId } from '../ids.ts';
import { answerFile } from './file-answer.ts';
import type { MediaDownloads } from './media-downloads.ts';
import type { MediaUploads } from './media-uploads.ts';
import { downloadQuery, uploadQuery, uploadResponse } from './media-wire.ts';
import type { UploadSpace } from './upload-space.ts';

const ofEvent = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
  eventId: z
    .string()
    .regex(/^\$[\w./+=:-]{1,254}$/, 'must be a Matrix event id like $abc')
    .transform((id) => id as EventId)
    .describe('The event that carries the file.'),
});

type Dependencies = {
  readonly uploads: MediaUploads;
  readonly downloads: MediaDownloads;
  readonly space: UploadSpace;
  readonly maxBytes: number;
};

/** Files of conversations, both ways. */
export function mediaRoutes({ uploads, downloads, space, maxBytes }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/v1/visitor/media',
        summary: 'Uploads a file; it is sent by the event that names its url, and deleted after a day where none does.',
        auth: 'visitor',
        query: uploadQuery,
        fileBody: `The file as it is, at most ${maxBytes} octets. Its type is found from its content.`,
        limit: 'upload',
        responses: { 201: { description: 'What the event needs.', schema: uploadResponse } },
      },
      async ({ auth, query, context }) => {
        const conversationId = query.conversationId as ConversationId | undefined;
        const announced = Number(context.get('content-length'));
        // Longer ones are refused before they are read, those of unknown length may become as long as is allowed.
        const octets = announced > 0 ? Math.min(announced, maxBytes) : maxBytes;
        const read = (): Promise<Buffer> => readOctets(context, maxBytes);
        return {
          status: 201,
          body: await space.hold(auth.id, octets, () =>
            uploads.upload(auth, { conversationId, isNew: query.newConversation === 'true', name: query.filename, read }),
          ),
        };
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/visitor/conversations/:conversationId/media/:eventId',
        summary: 'The file that an event of a conversation carries.',
        auth: 'visitor',
        params: ofEvent,
        query: downloadQuery,
        limit: 'download',
        responses: { 200: { description: 'The file; all but pictures, sound and film as an attachment.', isFile: true } },
      },
      ({ auth, params, query, context }) => answerFile(downloads, auth, { ...params, thumbnail: query.thumbnail === 'true' }, context),
    ),
  ];
}
