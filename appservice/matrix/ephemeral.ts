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

/** Takes typing and receipts as they arrive. */
export type Ephemeral = {
  /** Works on them in the background, in order within a room. */
  receive(values: readonly unknown[]): void;
  /** Waits for what is under way. */
  settle(): Promise<void>;
};

/** More than this may not wait: what comes then is dropped, the next one tells more. */
const MOST_WAITING = 2_000;

const roomOf = z.object({ room_id: z.string() });

/**
 * Typing and receipts (https://spec.matrix.org/v1.15/application-service-api/#pushing-ephemeral-data). They are not kept by the
 * homeserver while we are away, so one that fails is dropped: the next one tells more. A receipt may need the homeserver, so the
 * delivery of transactions does not wait for them.
 */
export function createEphemeral({
  database,
  neighbours,
  log,
}: {
  database: Database;
  neighbours: EphemeralNeighbours;
  log: Logger;
}): Ephemeral {
  const chains = new Map<string, Promise<void>>();
  let waiting = 0;

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

  function enqueue(roomId: string, value: unknown): void {
    waiting += 1;
    const chain = (chains.get(roomId) ?? Promise.resolve())
      .then(() => apply(value))
      .catch((cause: unknown) => log.warn('ephemeral_dropped', {}, cause))
      .finally(() => {
        waiting -= 1;
        if (chains.get(roomId) === chain) chains.delete(roomId);
      });
    chains.set(roomId, chain);
  }

  return {
    receive(values) {
      for (const value of values) {
        const room = roomOf.safeParse(value);
        if (room.success && waiting < MOST_WAITING) enqueue(room.data.room_id, value);
      }
    },
    async settle() {
      await Promise.all(chains.values());
    },
  };
}
