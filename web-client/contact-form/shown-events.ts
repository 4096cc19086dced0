import type { ConversationEvent, TextNode } from '../../appservice/conversations/conversation-wire.ts';

/** A message as a page shows it, with what came later taken into account. */
export type ShownMessage = {
  readonly event: ConversationEvent;
  readonly state: 'as sent' | 'edited' | 'deleted';
  readonly text: readonly TextNode[] | undefined;
};

const relationOf = ({ content }: ConversationEvent): { rel_type?: unknown; event_id?: unknown } => {
  const relation = content['m.relates_to'];
  return typeof relation === 'object' && relation !== null ? relation : {};
};

/** The messages of a conversation, oldest first: edits in place of what they edit, what was deleted without its content. */
export function shownMessages(events: readonly ConversationEvent[]): ShownMessage[] {
  const deleted = new Set(events.flatMap(({ type, redacts }) => (type === 'm.room.redaction' && redacts !== undefined ? [redacts] : [])));
  const edits = new Map<string, ConversationEvent>();
  for (const event of events) {
    const { rel_type: kind, event_id: target } = relationOf(event);
    if (kind === 'm.replace' && typeof target === 'string' && !deleted.has(event.eventId)) edits.set(target, event);
  }
  return events
    .filter((event) => event.type === 'm.room.message' && relationOf(event).rel_type !== 'm.replace')
    .map((event) => {
      const edit = edits.get(event.eventId);
      if (deleted.has(event.eventId) || Object.keys(event.content).length === 0) return { event, state: 'deleted', text: undefined };
      // An edit counts only where it is the author's own.
      if (edit === undefined || edit.sender.id !== event.sender.id) return { event, state: 'as sent', text: event.text };
      return { event, state: 'edited', text: edit.text };
    });
}
