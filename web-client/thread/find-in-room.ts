import { textOf } from '../../appservice/conversations/formatted-text.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';
import type { Hits } from './thread-search.ts';

const AT_ONCE = 20;

/** Looks for words in one room, latest first (https://spec.matrix.org/v1.15/client-server-api/#server-side-search). Throws where the homeserver does not answer. */
export async function findInRoom(
  client: MatrixClient,
  roomId: string,
  nameOf: (userId: string) => string,
  { words, from }: { readonly words: string; readonly from: string | undefined },
): Promise<Hits> {
  const room_events = {
    search_term: words,
    keys: ['content.body'],
    filter: { rooms: [roomId], types: ['m.room.message'], limit: AT_ONCE },
    order_by: 'recent',
    event_context: { before_limit: 0, after_limit: 0, include_profile: false },
  };
  // The library names the values of the specification by enumerations, which would bring it along.
  const body = { search_categories: { room_events } } as unknown as Parameters<MatrixClient['search']>[0]['body'];
  const answer = await client.search({ body, ...(from === undefined ? {} : { next_batch: from }) });
  const { results = [], count = 0, next_batch: next } = answer.search_categories.room_events;
  const hits = results.flatMap(({ result }) => {
    const content: Readonly<Record<string, unknown>> = result.content;
    const { body: said } = content;
    // What an edit says stands with the message that it edits.
    if (typeof said !== 'string' || textOf(content) === undefined || result.room_id !== roomId) return [];
    const relation: unknown = content['m.relates_to'];
    const edited = typeof relation === 'object' && relation !== null && 'rel_type' in relation && relation.rel_type === 'm.replace';
    const target = edited && 'event_id' in relation && typeof relation.event_id === 'string' ? relation.event_id : result.event_id;
    return [{ eventId: target, name: nameOf(result.sender), words: edited ? said.replace(/^\* /, '') : said, at: result.origin_server_ts }];
  });
  return { hits, count, next: results.length === 0 ? undefined : next };
}
