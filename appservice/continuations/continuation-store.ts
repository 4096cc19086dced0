import type { Database } from '../database/database.ts';
import type { ConversationId, UserId } from '../ids.ts';

/** A conversation on its way from a visitor's ghost to an account. */
export type Continuation = {
  readonly conversationId: ConversationId;
  /** Matrix id under which the person wrote before. */
  readonly ghost: UserId;
  /** Matrix id of the account. */
  readonly userId: UserId;
};

type Row = {
  conversation_id: ConversationId;
  ghost: UserId;
  user_id: UserId;
  continued_at: Date;
  joined_at: Date | null;
  left_at: Date | null;
};

/** Rows of `continued_conversation`. */
export function createContinuationStore(database: Database) {
  const continued = () => database<Row>('continued_conversation');
  return {
    async add({ conversationId, ghost, userId }: Continuation, at: Date): Promise<void> {
      await database('continued_conversation').insert({ conversation_id: conversationId, ghost, user_id: userId, continued_at: at });
    },
    /** One that is not at its end. */
    async findUnfinished(conversationId: ConversationId): Promise<Continuation | undefined> {
      const row = await continued().where({ conversation_id: conversationId }).whereNull('left_at').first();
      return row === undefined ? undefined : { conversationId, ghost: row.ghost, userId: row.user_id };
    },
    /** Notes that the account is in the room; false where that was noted before. */
    async noteJoined(conversationId: ConversationId, at: Date): Promise<boolean> {
      return (await continued().where({ conversation_id: conversationId }).whereNull('joined_at').update({ joined_at: at })) > 0;
    },
    /** Notes that the ghost has left. */
    async noteLeft(conversationId: ConversationId, at: Date): Promise<void> {
      await continued().where({ conversation_id: conversationId }).update({ left_at: at });
    },
  };
}
