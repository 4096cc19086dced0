import { z } from 'zod';

/** Query of `POST /api/v1/visitor/media`. */
export const uploadQuery = z.strictObject({
  conversationId: z.uuid().optional().describe('Conversation the file is for; without it the latest open one, or a new one.'),
  newConversation: z.literal('true').optional().describe('Begins a new conversation; without conversationId only.'),
  filename: z.string().max(1_000).default('file').describe('Name of the file; it is cleaned.'),
});

/** Answer of `POST /api/v1/visitor/media`: everything that the event which carries the file needs. */
export const uploadResponse = z
  .object({
    conversationId: z.uuid().describe('Conversation to which the file can be sent.'),
    url: z.string().describe('Address for `content.url`; it works in this conversation only.'),
    msgtype: z.enum(['m.image', 'm.file', 'm.audio', 'm.video']).describe('Matrix message type that fits the content.'),
    filename: z.string().describe('The name without what a name may not hold; its ending fits the content.'),
    info: z
      .object({
        mimetype: z.string().describe('Media type found from the content.'),
        size: z.int().describe('Octets; of a picture those after it was made anew.'),
        w: z.int().optional().describe('Width of a picture in pixels.'),
        h: z.int().optional().describe('Height of a picture in pixels.'),
      })
      .readonly()
      .describe('For `content.info`.'),
  })
  .readonly();
/** See `uploadResponse`. */
export type UploadResponse = z.infer<typeof uploadResponse>;

/** Query of `GET /api/v1/visitor/conversations/{conversationId}/media/{eventId}`. */
export const downloadQuery = z.strictObject({
  thumbnail: z.enum(['true', 'false']).default('false').describe('true: a small picture of it, where there is one.'),
});
