/** Channel of LISTEN/NOTIFY that tells other processes of an indexed event; the payload holds ids only. */
export const CONVERSATION_CHANNEL = 'smoope_conversation';

/** What is told of an event, or of a conversation whose row changed (`seq` null). */
export type ConversationNotice = {
  readonly process: string;
  readonly conversationId: string;
  readonly personId: string;
  readonly seq: number | null;
};
