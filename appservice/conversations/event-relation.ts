import type { EventId } from '../ids.ts';

type Content = Readonly<Record<string, unknown>>;

/** How an event hangs on another one, as it is indexed: the Matrix `rel_type`, null for a redaction, and the other event. */
export type EventRelation = { readonly type: RelationType | null; readonly eventId: EventId };

/** Relations that the index tells apart; a reply is none of them, its event stands by itself. */
export type RelationType = 'm.replace' | 'm.annotation';

const TYPES: readonly RelationType[] = ['m.replace', 'm.annotation'];

/** The edit or reaction that a content is; undefined for all else (https://spec.matrix.org/v1.15/client-server-api/#forming-relationships-between-events). */
export function relationOf(content: Content): { readonly type: RelationType; readonly eventId: EventId } | undefined {
  const relation = objectAt(content, 'm.relates_to');
  const type = TYPES.find((known) => known === relation['rel_type']);
  const eventId = relation['event_id'];
  return type !== undefined && isEventId(eventId) ? { type, eventId } : undefined;
}

/** Whether a content takes the place of an older one. */
export function isEdit(content: Content): boolean {
  return relationOf(content)?.type === 'm.replace';
}

/** The event that a message answers; undefined for none, also where a thread repeats its last message for clients without threads. */
export function repliedTo(content: Content): EventId | undefined {
  const relation = objectAt(content, 'm.relates_to');
  if (relation['is_falling_back'] === true) return undefined;
  const eventId = objectAt(relation, 'm.in_reply_to')['event_id'];
  return isEventId(eventId) ? eventId : undefined;
}

const isEventId = (value: unknown): value is EventId => typeof value === 'string' && value.startsWith('$');

/** The object under a key of untrusted content; empty where there is none. */
export function objectAt(source: Content, key: string): Content {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
