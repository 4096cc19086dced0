import { listRows } from '../message-list/rows.ts';
import type { PanelClient } from '../panel-view.ts';
import type { ShownMessage } from '../shown-messages.ts';

/** A message that the next one refers to. */
export type Target = { readonly kind: 'reply' | 'edit'; readonly message: ShownMessage };

/** Whether the server has the message, so that others can refer to it. */
export const isDelivered = ({ entry }: ShownMessage): boolean => entry.eventId.startsWith('$');

/** Whether the person may change the message: their own, and words. */
export const canEdit = (message: ShownMessage): boolean =>
  message.entry.sender.kind === 'person' && message.content['msgtype'] === 'm.text' && !message.entry.isRedacted && isDelivered(message);

/** The message that arrow up in an empty field changes. */
export function lastEditable(client: PanelClient): ShownMessage | undefined {
  const { thread, outbox } = client.view();
  return listRows(thread, outbox)
    .flatMap((row) => (row.kind === 'message' && canEdit(row.message) ? [row.message] : []))
    .at(-1);
}

const inReplyTo = (target: Target | undefined) =>
  target?.kind === 'reply' && { 'm.relates_to': { 'm.in_reply_to': { event_id: target.message.entry.eventId } } };

/** Content of a text message: new, an answer, or an edit (https://spec.matrix.org/v1.15/client-server-api/#event-replacements). */
export function textContent(body: string, target: Target | undefined): Readonly<Record<string, unknown>> {
  if (target?.kind !== 'edit') return { msgtype: 'm.text', body, ...inReplyTo(target) };
  return {
    msgtype: 'm.text',
    body,
    'm.new_content': { msgtype: 'm.text', body },
    'm.relates_to': { rel_type: 'm.replace', event_id: target.message.entry.eventId },
  };
}

/** Gives a reaction, or takes back the person's own. */
export function react(client: PanelClient, { entry, reactions }: ShownMessage, key: string): void {
  const own = reactions.find((reaction) => reaction.key === key)?.own;
  const { conversationId, eventId } = entry;
  // A reaction that is still on its way has no event to take back yet.
  if (own && !own.startsWith('$')) return;
  client.send(
    own
      ? { type: 'm.room.redaction', content: { redacts: own }, conversationId }
      : { type: 'm.reaction', content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key } }, conversationId },
  );
}

/** Takes a message back. */
export function takeBack(client: PanelClient, { entry }: ShownMessage): void {
  client.send({ type: 'm.room.redaction', content: { redacts: entry.eventId }, conversationId: entry.conversationId });
}
