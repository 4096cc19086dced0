/** Channel of LISTEN/NOTIFY that tells other processes of an indexed event; the payload holds ids only. */
export const CONVERSATION_CHANNEL = 'smoope_conversation';

/** What is told of an event, of a conversation whose row changed (`seq` null), or of who writes in it (`typing`). */
export type ConversationNotice = {
  readonly process: string;
  readonly conversationId: string;
  readonly personId: string;
  readonly seq: number | null;
  /** Matrix ids of all who write now. */
  readonly typing?: readonly string[];
};
