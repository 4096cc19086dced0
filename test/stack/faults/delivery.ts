import { setTimeout as wait } from 'node:timers/promises';
import type { SendEventResponse } from '../../../appservice/conversations/conversation-wire.ts';
import type { Agent } from '../agents/agent.ts';
import type { OpenConversation } from '../open-conversation.ts';
import { bodyOf, newTxnId, type Visitor } from '../visitor-client.ts';

/** Starting the service again, several times, takes a machine that does much else a minute and more. */
const TAKEN_BOUND_MS = 150_000;

/** Sends as the panel's outbox does: again with the same id until it is taken. */
export async function sayUntilTaken(visitor: Visitor, body: string, txnId: string = newTxnId()): Promise<SendEventResponse> {
  const tooLate = new Error(`waited ${TAKEN_BOUND_MS} ms in vain for "${body}" to be taken`);
  // Not ever more seldom: a service that is killed again and again lives for moments only.
  for (const deadline = Date.now() + TAKEN_BOUND_MS; Date.now() < deadline; await wait(50)) {
    // No answer at all is a refusal like others.
    const answer = await visitor.trySay(body, { txnId }).catch(() => undefined);
    if (answer?.status === 200) return answer.body as SendEventResponse;
  }
  throw tooLate;
}

/** Everything that is said in a room, as the agent's client has it, oldest first. */
export async function bodiesInRoom(agent: Agent, roomId: string): Promise<string[]> {
  return (await agent.messages(roomId, 500)).flatMap(({ content }) => (typeof content['body'] === 'string' ? [content['body']] : []));
}

/** Everything that is said in a conversation, as its visitor reads it, oldest first. */
export async function bodiesInHistory({ visitor, id }: Pick<OpenConversation, 'visitor' | 'id'>): Promise<string[]> {
  return (await visitor.history(id, 100)).flatMap((event) => bodyOf(event) ?? []);
}
