import type { Company } from '../companies/company.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, ConversationId } from '../ids.ts';
import type { ConversationReader } from './conversation-reader.ts';
import type { ConversationService } from './conversation-service.ts';
import type { ConversationEvent } from './conversation-wire.ts';
import type { TranscriptParts } from './transcript.ts';

/** Pages of a hundred events; a conversation that is longer is cut at its beginning. */
const MOST_PAGES = 200;

type Dependencies = {
  readonly conversations: Pick<ConversationService, 'getOwn'>;
  readonly reader: Pick<ConversationReader, 'listEvents'>;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
};

/** Reads all of a visitor's own conversation for a transcript; throws M_NOT_FOUND for another. */
export function createTranscriptReader({ conversations, reader, getCompany }: Dependencies) {
  return async (session: AuthTypes['visitor'], id: ConversationId): Promise<Omit<TranscriptParts, 'timeZone'>> => {
    const { conversation, visitor } = await conversations.getOwn(session, id);
    const pages: (readonly ConversationEvent[])[] = [];
    for (let before: string | undefined; pages.length < MOST_PAGES;) {
      const page = await reader.listEvents(conversation, visitor, { before, limit: 100 });
      pages.push(page.events);
      if (page.before === null) break;
      before = page.before;
    }
    const { name } = await getCompany(conversation.companyId);
    const locale = session.locale.startsWith('de') ? 'de' : 'en';
    return { locale, company: name, number: conversation.number, events: pages.toReversed().flat() };
  };
}
