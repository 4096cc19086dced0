import { withoutReplyFallback } from '../reply-fallback.ts';
import type { EventId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { RelationTargets } from './event-index-store.ts';
import { objectAt, relationOf, repliedTo } from './event-relation.ts';
import { isReply } from './shown-content.ts';

type Content = Readonly<Record<string, unknown>>;
type Related = Pick<MatrixEvent, 'type' | 'sender' | 'content' | 'redacts'>;

/** Longest key of a reaction that is shown; clients send an emoji or a short word. */
const MAX_KEY = 64;

/** The event that another one needs so that it can be shown; undefined for what stands by itself. */
export function targetOf({ content }: Related): EventId | undefined {
  return relationOf(content)?.eventId ?? repliedTo(content);
}

/**
 * An event with what of its relations a person may know; undefined for one that is not for them: an edit by somebody else than
 * the author (https://spec.matrix.org/v1.15/client-server-api/#validity-of-replacement-events), an edit or reaction to what the
 * person cannot see or what was taken back. A reaction keeps its key only, a reply its target where the person can see it.
 */
export function withShownRelation<Event extends Related>(event: Event, targets: RelationTargets): Event | undefined {
  const { content, type, redacts } = event;
  if (redacts !== undefined) return { ...event, content: { redacts } };
  const relation = relationOf(content);
  if (relation === undefined) return type === 'm.reaction' ? reactionless(event) : { ...event, content: withShownReply(content, targets) };
  const target = targets.get(relation.eventId);
  if (target === undefined || target.isRedacted) return undefined;
  if (relation.type === 'm.annotation') return shownReaction(event, relation.eventId);
  const fits = target.sender === event.sender && target.type === type && target.relation?.type !== 'm.replace';
  return fits ? { ...event, content: shownEdit(content, relation.eventId, objectAt(content, 'm.new_content')) } : undefined;
}

// One that was taken back is empty and stays, so that its place is known; any other without a target says nothing.
function reactionless<Event extends Related>(event: Event): Event | undefined {
  return Object.keys(event.content).length === 0 ? event : undefined;
}

function shownReaction<Event extends Related>(event: Event, eventId: EventId): Event | undefined {
  const key = objectAt(event.content, 'm.relates_to')['key'];
  if (event.type !== 'm.reaction' || typeof key !== 'string' || key === '' || key.length > MAX_KEY) return undefined;
  return { ...event, content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key } } };
}

// The fallback beside the new text is left out: it may quote what the person cannot see.
function shownEdit({ msgtype }: Content, eventId: EventId, renewed: Content): Content {
  const { 'm.relates_to': _relation, body, ...rest } = renewed;
  const text = typeof body === 'string' && body.startsWith('> <@') ? withoutReplyFallback(body) : body;
  const shown = { ...rest, ...(text === undefined ? {} : { body: text }) };
  return {
    ...(msgtype === undefined ? {} : { msgtype }),
    ...(text === undefined ? {} : { body: text }),
    'm.new_content': shown,
    'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
  };
}

function withShownReply(content: Content, targets: RelationTargets): Content {
  if (!Object.hasOwn(content, 'm.relates_to')) return content;
  const { 'm.relates_to': _relation, ...rest } = content;
  const { body } = rest;
  // Here and not later: without its relation a quote could not be told from the words.
  const words = typeof body === 'string' && isReply(content) ? { ...rest, body: withoutReplyFallback(body) } : rest;
  const eventId = repliedTo(content);
  return eventId !== undefined && targets.has(eventId) ? { ...words, 'm.relates_to': { 'm.in_reply_to': { event_id: eventId } } } : words;
}
