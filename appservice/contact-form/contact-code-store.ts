import type { Database } from '../database/database.ts';
import type { ConversationId } from '../ids.ts';

type Row = { address_hash: string; conversation_id: ConversationId | null; asked_at: Date };

/** Rows of `contact_code`. */
export function createContactCodeStore(database: Database) {
  const count = async (where: Partial<Row>, since: Date): Promise<number> => {
    const row = await database<Row>('contact_code')
      .where(where)
      .where('asked_at', '>', since)
      .count<{ count: string }>('* as count')
      .first();
    return Number(row?.count ?? 0);
  };
  return {
    async add(addressHash: string, conversationId: ConversationId, now: Date): Promise<void> {
      await database<Row>('contact_code').insert({ address_hash: addressHash, conversation_id: conversationId, asked_at: now });
    },
    countOfAddress: (addressHash: string, since: Date): Promise<number> => count({ address_hash: addressHash }, since),
    countOfConversation: (conversationId: ConversationId, since: Date): Promise<number> =>
      count({ conversation_id: conversationId }, since),
    async deleteOlder(before: Date): Promise<void> {
      await database<Row>('contact_code').where('asked_at', '<', before).delete();
    },
  };
}
