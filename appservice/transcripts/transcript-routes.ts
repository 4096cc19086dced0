import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import type { ConversationReader } from '../conversations/conversation-reader.ts';
import type { OwnConversation } from '../conversations/conversation-service.ts';
import type { ConversationEvent } from '../conversations/conversation-wire.ts';
import type { AuthTypes } from '../http/auth.ts';
import { route, type Route } from '../http/route.ts';
import type { CompanyId, ConversationId } from '../ids.ts';
import { writeTranscript } from './transcript.ts';
import { TRANSCRIPT_TEXTS } from './transcript-texts.ts';

type Dependencies = {
  readonly getOwn: (session: AuthTypes['visitor'], id: ConversationId) => Promise<OwnConversation>;
  readonly readAll: ConversationReader['readAll'];
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  readonly now: () => Date;
};

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

/** Where the service is at home. */
const HOME_ZONE = 'Europe/Berlin';

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

const query = z.strictObject({
  format: z.enum(['html', 'text']).default('html').describe('A page to print, or plain text.'),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'must be an IANA time zone like Europe/Berlin')
    .default(HOME_ZONE)
    .describe('Zone in which times are said.'),
});

const TYPES = { html: 'text/html; charset=utf-8', text: 'text/plain; charset=utf-8' } as const;
const ENDINGS = { html: 'html', text: 'txt' } as const;

/** Reads the first page before the answer begins, so that a homeserver that is away leads to an error and not to half a file. */
async function withFirst(pages: AsyncGenerator<readonly ConversationEvent[], void>): Promise<AsyncIterable<readonly ConversationEvent[]>> {
  const first = await pages.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* pages;
  })();
}

/** A conversation as a file for the person. */
export function transcriptRoutes({ getOwn, readAll, getCompany, now }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/v1/visitor/conversations/:conversationId/transcript',
        summary: "A conversation as a file in the visitor's language; names as the visitor sees them, files by name only.",
        auth: 'visitor',
        params: ofConversation,
        query,
        limit: 'download',
        responses: { 200: { description: 'The transcript, as an attachment.', isFile: true } },
      },
      async ({ auth, params, query: { format, timeZone } }) => {
        const { conversation, visitor } = await getOwn(auth, params.conversationId);
        const { name } = await getCompany(conversation.companyId);
        const locale = auth.locale.startsWith('de') ? 'de' : 'en';
        const pages = await withFirst(readAll(conversation, { userId: visitor.userId }));
        const head = { company: name, number: conversation.number, locale, timeZone, madeAt: now() } as const;
        const file = `${TRANSCRIPT_TEXTS[locale].fileName(conversation.number)}.${ENDINGS[format]}`;
        return {
          status: 200,
          headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${file}"` },
          body: Readable.from(writeTranscript(format, head, pages)),
        };
      },
    ),
  ];
}
