import type { ConversationEvent } from '../../appservice/conversations/conversation-wire.ts';

/** How an event refers to another one (https://spec.matrix.org/v1.15/client-server-api/#forming-relationships-between-events). */
export type Relation = {
  /** Event that this one replaces. */
  readonly replaces?: string;
  /** Event that this one is a reaction to. */
  readonly annotates?: string;
  /** The reaction. */
  readonly key?: string;
  /** Event that this one answers. */
  readonly repliesTo?: string;
};

const LONGEST_KEY = 40;

const read = (value: unknown, name: string): unknown => (Object(value) as Record<string, unknown>)[name];

/** Reads the relation of a content; what is malformed is none. */
export function relationOf(content: ConversationEvent['content']): Relation {
  const relation = content['m.relates_to'];
  const kind = read(relation, 'rel_type');
  const target = read(relation, 'event_id');
  const key = read(relation, 'key');
  const repliesTo = read(read(relation, 'm.in_reply_to'), 'event_id');
  const isReaction = kind === 'm.annotation' && typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY;
  return {
    ...(typeof target === 'string' && kind === 'm.replace' && { replaces: target }),
    ...(typeof target === 'string' && isReaction && { annotates: target, key }),
    ...(typeof repliesTo === 'string' && { repliesTo }),
  };
}

/** Whether an event is a message of its own: an edit stands in the place of another one. */
export const isMessage = ({ type, content }: Pick<ConversationEvent, 'type' | 'content'>): boolean =>
  type === 'm.room.message' && relationOf(content).replaces === undefined;
