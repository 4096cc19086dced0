import type { InboxConversation } from '../../appservice/team/agent-inbox-wire.ts';
import type { Matrix } from '../matrix/matrix.ts';

/**
 * A text that changes when the inbox should be asked for anew. Each change of a conversation edits its announcement in the team room, and
 * what is written shows in the rooms one is in; both come with the sync that runs anyway.
 */
export function liveMark({ client }: Pick<Matrix, 'client'>, teamRooms: readonly string[], shown: readonly InboxConversation[]): string {
  const lastOf = (roomId: string): string => client.getRoom(roomId)?.getLiveTimeline().getEvents().at(-1)?.getId() ?? '';
  const joined = shown.filter(({ isJoined }) => isJoined).map(({ roomId }) => roomId);
  return [...teamRooms, ...joined].map(lastOf).join(' ');
}
