import type { EventId } from '../ids.ts';

/** What a reaction to an announcement does. */
export type ReactionMeaning = 'claim' | 'close';

const MEANINGS: Readonly<Record<string, ReactionMeaning>> = {
  '👀': 'claim',
  '✋': 'claim',
  '🙋': 'claim',
  '✅': 'close',
  '☑': 'close',
  '✔': 'close',
};

/** Without skin colour, gender and the mark that asks for a coloured picture: keyboards add them unasked. */
function plainEmoji(key: string): string {
  return key.replaceAll(/\u{fe0f}|[\u{1f3fb}-\u{1f3ff}]|\u{200d}[♀♂]/gu, '');
}

/** The event that a reaction is about, and what it asks for there; undefined for other content. */
export function readReaction(
  content: Readonly<Record<string, unknown>>,
): { target: EventId; meaning: ReactionMeaning | undefined } | undefined {
  const relation = content['m.relates_to'];
  if (typeof relation !== 'object' || relation === null) return undefined;
  const { rel_type: kind, event_id: target, key } = relation as Record<string, unknown>;
  if (kind !== 'm.annotation' || typeof target !== 'string' || typeof key !== 'string') return undefined;
  const plain = plainEmoji(key);
  return { target: target as EventId, meaning: Object.hasOwn(MEANINGS, plain) ? MEANINGS[plain] : undefined };
}
