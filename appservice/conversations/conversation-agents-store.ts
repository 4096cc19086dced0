import type { Database } from '../database/database.ts';
import type { ConversationId, UserId } from '../ids.ts';

/** Rows of `conversation_agent`: members of the company that are or were in a conversation's room. */
export function createConversationAgentsStore(database: Database) {
  return {
    async joined(conversationId: ConversationId, userId: UserId, at: Date): Promise<void> {
      await database('conversation_agent')
        .insert({ conversation_id: conversationId, user_id: userId, joined_at: at, left_at: null })
        .onConflict(['conversation_id', 'user_id'])
        .merge({ joined_at: at, left_at: null });
    },
    async left(conversationId: ConversationId, userId: UserId, at: Date): Promise<void> {
      await database('conversation_agent')
        .where({ conversation_id: conversationId, user_id: userId })
        .whereNull('left_at')
        .update({ left_at: at });
    },
    /** All in the room now, with the time they came. */
    async listJoined(conversationId: ConversationId): Promise<Map<UserId, Date>> {
      const rows = await database<{ conversation_id: ConversationId; user_id: UserId; joined_at: Date }>('conversation_agent')
        .where({ conversation_id: conversationId })
        .whereNull('left_at');
      return new Map(rows.map((row) => [row.user_id, row.joined_at]));
    },
    /** Those in the room now, latest first. */
    async listPresent(conversationId: ConversationId): Promise<UserId[]> {
      const rows = await database<{ conversation_id: ConversationId; user_id: UserId }>('conversation_agent')
        .where({ conversation_id: conversationId })
        .whereNull('left_at')
        .orderBy('joined_at', 'desc')
        .limit(5);
      return rows.map((row) => row.user_id);
    },
  };
}
