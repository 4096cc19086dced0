import type { Agent, AgentEvent } from '../../stack/agents/agent.ts';
import { roomOfAnnouncement } from '../../stack/conversation-facts.ts';

/** A conversation as the agent's client has it. */
export type AgentSide = {
  readonly room: string;
  readonly announcement: AgentEvent;
  /** Waits for the visitor's words. */
  hear(words: string): Promise<AgentEvent>;
  /** Closes the conversation by a reply to its announcement. */
  close(): Promise<void>;
};

/** Finds the conversation with this number in the team room and joins it, as an agent does in any Matrix client. */
export async function takeConversation(
  agent: Agent,
  { teamRoomId, userId }: { readonly teamRoomId: string; readonly userId: string },
  number: number,
): Promise<AgentSide> {
  const announcement = await agent.waitForEvent(
    teamRoomId,
    `the announcement of conversation ${number}`,
    ({ sender, content }) => sender === userId && new RegExp(`^\\D+ ${number} · `).test(String(content['body'])),
  );
  const room = roomOfAnnouncement(announcement);
  await agent.join(room);
  return {
    room,
    announcement,
    hear: (words) => agent.waitForEvent(room, `"${words}"`, ({ content }) => content['body'] === words),
    async close() {
      await agent.say(teamRoomId, '!close', { 'm.relates_to': { 'm.in_reply_to': { event_id: announcement.event_id } } });
    },
  };
}
