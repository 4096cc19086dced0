import type { TextNode } from '../../appservice/conversations/conversation-wire.ts';

/** How far a message of one's own is. */
export type Delivery = 'waiting' | 'sending' | 'sent' | 'read' | 'failed';

/** How a message is meant: said, done ("/me"), or told by the company's system. */
export type Manner = 'said' | 'emote' | 'notice';

/** A reaction that a message has. */
export type Reaction = {
  readonly key: string;
  readonly count: number;
  /** Event of one's own reaction of this kind, for taking it back; undefined where there is none. */
  readonly ownEventId: string | undefined;
};

/** One thing that was said in a conversation. */
export type MessageItem = {
  /** Stable while it is shown: the id of the event, or the id with which it is sent. */
  readonly key: string;
  readonly eventId: string;
  readonly senderId: string;
  readonly isOwn: boolean;
  readonly manner: Manner;
  /** Content of a message that is a file; untrusted. */
  readonly file: Readonly<Record<string, unknown>> | undefined;
  /** What was written, as nodes; empty for what was deleted. */
  readonly nodes: readonly TextNode[];
  /** What was written, without formatting; for copying, editing and quoting. */
  readonly words: string;
  readonly isGone: boolean;
  readonly isEdited: boolean;
  /** Whether the homeserver has it, so that others can refer to it. */
  readonly isThere: boolean;
  /** Event that it answers. */
  readonly replyTo: string | undefined;
  readonly reactions: readonly Reaction[];
  readonly at: number;
  readonly delivery: Delivery | undefined;
  /** Code of why the homeserver did not take it. */
  readonly refusal: string | undefined;
  /** Events on the way that failed and can be sent again: itself, its edit or its deletion. */
  readonly failed: string | undefined;
};

/** Whether the words of a message can be written anew: one's own, and no file. */
export const canEdit = (item: MessageItem): boolean =>
  item.isOwn && item.isThere && !item.isGone && item.file === undefined && item.manner !== 'notice';

/** Whether a message can be answered and reacted to. */
export const canAnswer = (item: MessageItem): boolean => item.isThere && !item.isGone;
