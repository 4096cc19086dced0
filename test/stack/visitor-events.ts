import type { SendEventResponse } from '../../appservice/conversations/conversation-wire.ts';
import type { JsonAnswer } from './stack-access.ts';
import { newTxnId, type Visitor } from './visitor-client.ts';

/** Sends any event as a visitor; whatever the status is, it is answered. */
export function trySend(
  visitor: Visitor,
  type: string,
  content: Readonly<Record<string, unknown>>,
  { txnId = newTxnId(), ...to }: { conversationId?: string; newConversation?: true; txnId?: string } = {},
): Promise<JsonAnswer> {
  return visitor.call('POST', '/events', { ...to, type, content, txnId });
}

/** Sends any event as a visitor; throws on refusal. */
export async function sendEvent(...request: Parameters<typeof trySend>): Promise<SendEventResponse> {
  const answer = await trySend(...request);
  if (answer.status !== 200) throw new Error(`the event was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as SendEventResponse;
}

/** Content that answers an event. */
export const replyTo = (eventId: string, body: string) => ({
  msgtype: 'm.text',
  body,
  'm.relates_to': { 'm.in_reply_to': { event_id: eventId } },
});

/** Content that gives a text message new words. */
export const editOf = (eventId: string, body: string) => ({
  msgtype: 'm.text',
  body,
  'm.new_content': { msgtype: 'm.text', body },
  'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
});

/** Content that reacts to an event. */
export const reactionTo = (eventId: string, key: string) => ({
  'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key },
});
