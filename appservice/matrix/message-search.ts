import type { UserId } from '../ids.ts';
import type { HomeserverClient } from './homeserver-client.ts';

/**
 * Asks the homeserver for messages that hold words, in all rooms of a ghost, newest first
 * (https://spec.matrix.org/v1.15/client-server-api/#post_matrixclientv3search). Encrypted rooms have no words to find.
 */
export const createMessageSearch =
  (homeserver: HomeserverClient) =>
  (as: { readonly userId: UserId }, words: string, from: string | undefined): Promise<unknown> =>
    homeserver.request({
      method: 'POST',
      path: '/_matrix/client/v3/search',
      as: { userId: as.userId },
      ...(from === undefined ? {} : { query: { next_batch: from } }),
      body: {
        search_categories: {
          room_events: {
            search_term: words,
            keys: ['content.body'],
            order_by: 'recent',
            filter: { limit: 50, types: ['m.room.message'] },
          },
        },
      },
    });
