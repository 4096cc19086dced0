import { z } from 'zod';
import type { AuthTypes } from '../http/auth.ts';
import { route, type Route } from '../http/route.ts';
import type { ConversationId } from '../ids.ts';
import type { ConversationChoices } from './conversation-choices.ts';
import { transcriptHtml, transcriptText, type TranscriptParts } from './transcript.ts';

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

const ratingRequest = z.strictObject({ score: z.int().min(1).max(5).describe('1: bad, 5: very good.') });

const transcriptQuery = z.object({
  format: z.enum(['html', 'text']).default('html').describe('A page, or plain text.'),
  timeZone: z
    .string()
    .max(60)
    .refine((value) => isTimeZone(value), 'must be an IANA time zone like Europe/Berlin')
    .default('Europe/Berlin')
    .describe('Zone in which times are written.'),
});

type Dependencies = {
  readonly choices: ConversationChoices;
  /** What a transcript of a visitor's own conversation is made of, apart from the zone; throws M_NOT_FOUND for another. */
  readonly readTranscript: (session: AuthTypes['visitor'], id: ConversationId) => Promise<Omit<TranscriptParts, 'timeZone'>>;
};

const base = '/api/v1/visitor';

/** What a visitor decides about conversations; everything of others answers 404. */
export function conversationChoiceRoutes({ choices, readTranscript }: Dependencies): Route[] {
  const path = `${base}/conversations/:conversationId`;
  const shared = { auth: 'visitor', limit: 'write' } as const;
  return [
    route(
      {
        ...shared,
        method: 'post',
        path: `${path}/close`,
        summary: 'Ends a conversation; a message takes it up again.',
        params: ofConversation,
        responses: { 204: { description: 'It has ended.' } },
      },
      async ({ auth, params }) => {
        await choices.close(auth, params.conversationId);
        return { status: 204 };
      },
    ),
    route(
      {
        ...shared,
        method: 'put',
        path: `${path}/rating`,
        summary: 'Counts how it was, once after each closing, without the person.',
        params: ofConversation,
        body: ratingRequest,
        responses: { 204: { description: 'Counted.' } },
      },
      async ({ auth, params, body }) => {
        await choices.rate(auth, params.conversationId, body.score);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'get',
        path: `${path}/transcript`,
        summary: 'The conversation as a file: words, names and times, files by name.',
        auth: 'visitor',
        limit: 'read',
        params: ofConversation,
        query: transcriptQuery,
        responses: { 200: { description: 'The file, as an attachment.' } },
      },
      async ({ auth, params, query }) => {
        const parts = { ...(await readTranscript(auth, params.conversationId)), timeZone: query.timeZone };
        const isPage = query.format === 'html';
        return {
          status: 200,
          headers: {
            'Content-Type': `${isPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
            'Content-Disposition': `attachment; filename="conversation-${parts.number}.${isPage ? 'html' : 'txt'}"`,
          },
          body: isPage ? transcriptHtml(parts) : transcriptText(parts),
        };
      },
    ),
    route(
      {
        ...shared,
        method: 'delete',
        path,
        summary: 'Deletes a conversation for good: messages, files, room, and what the company noted about it here.',
        params: ofConversation,
        responses: { 202: { description: 'Hidden at once, and gone within moments.', schema: z.object({}) } },
      },
      async ({ auth, params }) => {
        await choices.delete(auth, params.conversationId);
        return { status: 202, body: {} };
      },
    ),
    route(
      {
        ...shared,
        method: 'delete',
        path: base,
        summary: 'Deletes everything of this visitor at the company, and ends all sessions.',
        responses: { 202: { description: 'Hidden at once, and gone within moments.', schema: z.object({}) } },
      },
      async ({ auth }) => {
        await choices.deleteAll(auth);
        return { status: 202, body: {} };
      },
    ),
  ];
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
