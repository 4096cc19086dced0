import type { CompanyId, ConversationId, EventId, PersonId, RoomId } from '../ids.ts';
import type { ConversationStatus } from './conversation-wire.ts';

/** Which way a conversation began. */
export type Channel = 'widget' | 'form' | 'matrix';

/** One Matrix room between one person and one company (design, terms). */
export type Conversation = {
  readonly id: ConversationId;
  readonly companyId: CompanyId;
  /** Short number, unique in the company. */
  readonly number: number;
  readonly personId: PersonId;
  readonly roomId: RoomId;
  /** Chosen when the room is made; every feature that would read content asks it (design 14). */
  readonly encrypted: boolean;
  readonly channel: Channel;
  readonly status: ConversationStatus;
  /** Id of the department it is for; null: the whole company. */
  readonly department: string | null;
  /** Id of the member to whom it is assigned. */
  readonly assignee: string | null;
  /** The announcement in the team room; null until it is sent. */
  readonly announcementEventId: EventId | null;
  readonly lastSeq: number;
  readonly readByPersonSeq: number;
  readonly readByCompanySeq: number;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** Whether the present closing was rated; the score is nowhere with it. */
  readonly isRated: boolean;
};

const DAY_MS = 86_400_000;

/** Whether a new message goes into this conversation: it is open, or was closed less than `reopenDays` ago. */
export function takesNewMessages(conversation: Pick<Conversation, 'status' | 'closedAt'>, reopenDays: number, now: Date): boolean {
  if (conversation.status !== 'closed' || conversation.closedAt === null) return true;
  return now.getTime() - conversation.closedAt.getTime() < reopenDays * DAY_MS;
}

/** The conversation a new message goes to: the latest that takes it; undefined: a new one begins. */
export function chooseConversation(latestFirst: readonly Conversation[], reopenDays: number, now: Date): Conversation | undefined {
  return latestFirst.find((conversation) => takesNewMessages(conversation, reopenDays, now));
}
