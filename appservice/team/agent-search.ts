import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import type { RoomId, UserId } from '../ids.ts';
import type { FoundMessages } from './agent-inbox-wire.ts';
import type { AgentInboxStore, InboxReader } from './agent-inbox-store.ts';

/** Asks the homeserver for messages that hold words, as a company's ghost, newest first; `from` is `next` of the page before. */
export type SearchMessages = (company: Company, words: string, from: string | undefined) => Promise<unknown>;

type Dependencies = {
  readonly inbox: Pick<AgentInboxStore, 'numbersOf'>;
  readonly searchMessages: SearchMessages;
  /** Whether a Matrix id is the company's or a member's. */
  readonly listOwnIds: (company: Company) => Promise<ReadonlySet<UserId>>;
};

/** Pages of the homeserver that one search looks through, and hits that it answers. */
const PAGES = 5;
const HITS = 30;
const TEXT = 300;

const answerSchema = z.object({
  search_categories: z.object({
    room_events: z.object({
      next_batch: z.string().optional(),
      results: z
        .array(
          z.object({
            result: z.object({
              event_id: z.string(),
              room_id: z.string(),
              sender: z.string(),
              origin_server_ts: z.int(),
              content: z.object({ body: z.string().optional() }),
            }),
          }),
        )
        .default([]),
    }),
  }),
});

/**
 * Finds messages in the conversations that an agent may see. The ghost is in all rooms of the company, so each hit is asked of our rows:
 * what is in the team room, of another department or of nobody is left out, and not counted either. Words are in no log and no address.
 */
export function createAgentSearch({ inbox, searchMessages, listOwnIds }: Dependencies) {
  return async (company: Company, reader: InboxReader, words: string): Promise<FoundMessages> => {
    const own = await listOwnIds(company);
    const found: FoundMessages['found'] = [];
    let from: string | undefined;
    for (let page = 0; page < PAGES && found.length < HITS; page += 1) {
      const { room_events: answer } = answerSchema.parse(await searchMessages(company, words, from)).search_categories;
      const hits = answer.results.map(({ result }) => result);
      const numbers = await inbox.numbersOf(reader, [...new Set(hits.map((hit) => hit.room_id as RoomId))]);
      for (const hit of hits) {
        const number = numbers.get(hit.room_id as RoomId);
        if (number === undefined) continue;
        const { room_id: roomId, event_id: eventId, origin_server_ts: at, sender, content } = hit;
        found.push({ number, roomId, eventId, at, text: (content.body ?? '').slice(0, TEXT), isOurs: own.has(sender as UserId) });
      }
      from = answer.next_batch;
      if (from === undefined) break;
    }
    return { found: found.slice(0, HITS), isComplete: from === undefined && found.length <= HITS };
  };
}

/** See `createAgentSearch`. */
export type AgentSearch = ReturnType<typeof createAgentSearch>;
