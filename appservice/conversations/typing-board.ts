import type { ConversationId, UserId } from '../ids.ts';

/** Matrix tells when typing begins and ends, not that it goes on; an end that was missed must not show for ever. */
const KEPT_MS = 120_000;

/** Who writes at the moment, for streams that open in between. */
export type TypingBoard = {
  set(conversationId: ConversationId, userIds: readonly UserId[]): void;
  list(conversationId: ConversationId): readonly UserId[];
};

/** See `TypingBoard`. */
export function createTypingBoard(now: () => number = Date.now): TypingBoard {
  const entries = new Map<ConversationId, { userIds: readonly UserId[]; until: number }>();
  return {
    set(conversationId, userIds) {
      if (userIds.length === 0) entries.delete(conversationId);
      else entries.set(conversationId, { userIds, until: now() + KEPT_MS });
    },
    list(conversationId) {
      const entry = entries.get(conversationId);
      if (entry === undefined || entry.until > now()) return entry?.userIds ?? [];
      entries.delete(conversationId);
      return [];
    },
  };
}
