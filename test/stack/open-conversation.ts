import { roomOfAnnouncement, waitForAnnouncement } from './conversation-facts.ts';
import type { StackAccess } from './stack-access.ts';
import { CANARY, type CompanyAgent, type TestCompany } from './test-company.ts';
import { openVisitor, type Visitor } from './visitor-client.ts';
import type { AgentEvent } from './agents/agent.ts';

/** A conversation in which visitor and agent are, as both see it. */
export type OpenConversation = {
  readonly visitor: Visitor;
  readonly id: string;
  readonly number: number;
  readonly roomId: string;
  readonly announcement: AgentEvent;
};

/** A new visitor writes, and nobody comes. */
export async function beginConversation(
  stack: StackAccess,
  company: TestCompany,
  firstWords: string = `${CANARY} Hallo`,
): Promise<Pick<OpenConversation, 'visitor' | 'id'>> {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId: id } = await visitor.say(firstWords);
  return { visitor, id };
}

/** A new visitor writes, and the agent comes by the link of the announcement. */
export async function openConversation(
  stack: StackAccess,
  company: TestCompany,
  agent: CompanyAgent,
  firstWords: string = `${CANARY} Hallo`,
): Promise<OpenConversation> {
  const { visitor, id } = await beginConversation(stack, company, firstWords);
  return joinConversation(company, agent, visitor, id);
}

/** The agent comes to a conversation that a visitor has begun. */
export async function joinConversation(company: TestCompany, agent: CompanyAgent, visitor: Visitor, id: string): Promise<OpenConversation> {
  const number = (await visitor.conversations()).find((conversation) => conversation.id === id)?.number ?? 0;
  const announcement = await waitForAnnouncement(agent, company, number);
  const roomId = roomOfAnnouncement(announcement);
  await agent.join(roomId);
  return { visitor, id, number, roomId, announcement };
}
