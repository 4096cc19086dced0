import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { EventId, RoomId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';

const typing = z.object({
  type: z.literal('m.typing'),
  room_id: z.string(),
  content: z.object({ user_ids: z.array(z.string()).max(1_000) }),
});

const receipt = z.object({
  type: z.literal('m.receipt'),
  room_id: z.string(),
  content: z.record(z.string(), z.object({ 'm.read': z.record(z.string(), z.unknown()).optional() })),
});

/** What the conversations do with typing and receipts. */
export type EphemeralNeighbours = {
  readonly findConversation: (database: Database, roomId: RoomId) => Promise<Conversation | undefined>;
  readonly showTyping: (conversation: Conversation, userIds: readonly UserId[]) => Promise<void>;
  readonly showRead: (conversation: Conversation, eventId: EventId, readers: readonly UserId[]) => Promise<void>;
};

/**
 * Typing and receipts (https://spec.matrix.org/v1.15/application-service-api/#pushing-ephemeral-data). They are not kept by the
 * homeserver while we are away, so one that fails is dropped: the next one tells more.
 */
export function createEphemeral({ database, neighbours, log }: { database: Database; neighbours: EphemeralNeighbours; log: Logger }) {
  async function apply(value: unknown): Promise<void> {
    const typed = typing.safeParse(value);
    if (typed.success) {
      const conversation = await neighbours.findConversation(database, typed.data.room_id as RoomId);
      if (conversation !== undefined) await neighbours.showTyping(conversation, typed.data.content.user_ids as UserId[]);
      return;
    }
    const read = receipt.safeParse(value);
    if (!read.success) return;
    const conversation = await neighbours.findConversation(database, read.data.room_id as RoomId);
    if (conversation === undefined) return;
    for (const [eventId, kinds] of Object.entries(read.data.content)) {
      await neighbours.showRead(conversation, eventId as EventId, Object.keys(kinds['m.read'] ?? {}) as UserId[]);
    }
  }

  return async (values: readonly unknown[]): Promise<void> => {
    for (const value of values) {
      try {
        await apply(value);
      } catch (cause) {
        log.warn('ephemeral_dropped', {}, cause);
      }
    }
  };
}
