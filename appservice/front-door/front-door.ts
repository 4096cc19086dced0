import type { CompanyId, ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';

/** A room of somebody with a Matrix client, into which they invited a company's ghost (design, terms). */
export type FrontDoor = {
  readonly roomId: RoomId;
  readonly companyId: CompanyId;
  /** Who invited. */
  readonly userId: UserId;
  /** Null: somebody of the company itself, or from whom it takes no messages. */
  readonly personId: PersonId | null;
  /** The invitation; a later one into the same room begins anew. */
  readonly inviteEventId: EventId;
  /** Where the person's words go; null until it was found or made. */
  readonly conversationId: ConversationId | null;
};

/** The ghost goes after this many milliseconds, whether the person came into the conversation or not. */
export const OPEN_MS = 10 * 60_000;

/**
 * Once the person is in the conversation, the ghost goes after this many milliseconds. Not at once: clients send the first
 * message only after the room with the invitation is made, and some accept invitations by themselves.
 */
export const JOINED_MS = 20_000;

/** How often somebody may invite a company in an hour; who does it more often is a program that answers a program. */
export const INVITATIONS_AN_HOUR = 10;

/** Most events that are carried over from one room. */
export const CARRIED_EVENTS = 50;

/** Stickers and polls are said, though only messages are carried over: the person is told that they are missing there. */
const SAID_TYPES: ReadonlySet<string> = new Set(['m.room.message', 'm.sticker', 'm.poll.start', 'org.matrix.msc3381.poll.start']);

/** Whether somebody says something with an event of this type. */
export const isSaidType = (type: string): boolean => SAID_TYPES.has(type);
