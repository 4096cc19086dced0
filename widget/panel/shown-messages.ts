import type { ConversationEvent } from '../../appservice/conversations/conversation-wire.ts';
import type { Entry } from './conversation-state.ts';
import { isMessage, relationOf } from './relations.ts';

/** A reaction under a message. */
export type Reaction = {
  /** The emoji. */
  readonly key: string;
  /** How many people gave it. */
  readonly count: number;
  /** Event id of the person's own; undefined where they gave none. */
  readonly own: string | undefined;
};

/** A message with everything that later events say of it. */
export type ShownMessage = {
  /** The message as it was first sent. */
  readonly entry: Entry;
  /** Its content as of the latest edit. */
  readonly content: ConversationEvent['content'];
  /** Its formatted text as of the latest edit. */
  readonly text: ConversationEvent['text'];
  /** The latest edit; undefined where there is none. */
  readonly edit: Entry | undefined;
  /** Reactions, in the order of the first of each. */
  readonly reactions: readonly Reaction[];
  /** Event that it answers. */
  readonly repliesTo: string | undefined;
};

const author = ({ sender }: Entry): string => (sender.kind === 'person' ? 'person' : sender.id);

function collect(entries: readonly Entry[]) {
  const edits = new Map<string, Entry[]>();
  const reactions = new Map<string, Map<string, Map<string, string>>>();
  for (const entry of entries) {
    const { replaces, annotates, key } = relationOf(entry.content);
    if (replaces !== undefined && entry.type === 'm.room.message') edits.set(replaces, [...(edits.get(replaces) ?? []), entry]);
    if (annotates !== undefined && key !== undefined && entry.type === 'm.reaction') {
      const ofMessage = reactions.get(annotates) ?? new Map<string, Map<string, string>>();
      // Two of the same by one person count once.
      ofMessage.set(key, (ofMessage.get(key) ?? new Map<string, string>()).set(author(entry), entry.eventId));
      reactions.set(annotates, ofMessage);
    }
  }
  return { edits, reactions };
}

/**
 * The messages among the events, in their order: the latest edit by the same author stands for the message, reactions are
 * counted. Says the same in whatever order the events became known.
 */
export function shownMessages(entries: readonly Entry[]): readonly ShownMessage[] {
  const { edits, reactions } = collect(entries);
  return entries
    .filter((entry) => isMessage(entry) && !entry.wasEdit)
    .map((entry) => {
      const edit = entry.isRedacted ? undefined : edits.get(entry.eventId)?.findLast((other) => author(other) === author(entry));
      const given = entry.isRedacted ? [] : [...(reactions.get(entry.eventId) ?? [])];
      return {
        entry,
        content: edit ? (Object(edit.content['m.new_content'] ?? edit.content) as Entry['content']) : entry.content,
        text: edit ? edit.text : entry.text,
        edit,
        reactions: given.map(([key, by]) => ({ key, count: by.size, own: by.get('person') })),
        repliesTo: relationOf(entry.content).repliesTo,
      };
    });
}
