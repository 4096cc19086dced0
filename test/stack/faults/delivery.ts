import type { SendEventResponse } from '../../../appservice/conversations/conversation-wire.ts';
import type { Agent } from '../agents/agent.ts';
import type { OpenConversation } from '../open-conversation.ts';
import { bodyOf, newTxnId, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

/** Sends as the panel's outbox does: again with the same id until it is taken. */
export function sayUntilTaken(visitor: Visitor, body: string, txnId: string = newTxnId()): Promise<SendEventResponse> {
  return eventually(
    `"${body}" to be taken`,
    async () => {
      // No answer at all is a refusal like others.
      const answer = await visitor.trySay(body, { txnId }).catch(() => undefined);
      return answer?.status === 200 ? (answer.body as SendEventResponse) : undefined;
    },
    60_000,
  );
}

/** Everything that is said in a room, as the agent's client has it, oldest first. */
export async function bodiesInRoom(agent: Agent, roomId: string): Promise<string[]> {
  return (await agent.messages(roomId, 500)).flatMap(({ content }) => (typeof content['body'] === 'string' ? [content['body']] : []));
}

/** Everything that is said in a conversation, as its visitor reads it, oldest first. */
export async function bodiesInHistory({ visitor, id }: Pick<OpenConversation, 'visitor' | 'id'>): Promise<string[]> {
  return (await visitor.history(id, 100)).flatMap((event) => bodyOf(event) ?? []);
}
