import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, UserId } from '../ids.ts';
import type { ConversationRooms } from '../matrix/conversation-rooms.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import type { ConversationEvents } from './conversation-events.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';
import { announcementContent, noticeContent } from './team-texts.ts';

type Dependencies = {
  readonly database: Database;
  readonly rooms: ConversationRooms;
  readonly sending: Sending;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  readonly findMember: (companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
  readonly findMemberById: (companyId: CompanyId, id: string) => Promise<CompanyMember | undefined>;
  readonly listMembers: (companyId: CompanyId) => Promise<CompanyMember[]>;
  readonly serverName: string;
  readonly events: Pick<ConversationEvents, 'recordAnnouncement'>;
};

/** The Matrix calls that follow from a change of conversations; each may be repeated. */
export type ConversationOutbox = Pick<
  OutboxHandlers,
  'publishConversation' | 'announceConversation' | 'grantPower' | 'redact' | 'tellTeam' | 'inviteMembers'
>;

/** See `ConversationOutbox`. */
export function createConversationOutbox(dependencies: Dependencies): ConversationOutbox {
  const { database, rooms, sending, getCompany, findMember, findMemberById, listMembers, serverName, events } = dependencies;
  const conversations = createConversationStore(database);

  /** Runs `work` unless the conversation is gone meanwhile. */
  async function withConversation(
    id: ConversationId,
    work: (conversation: Conversation, company: Company) => Promise<void>,
  ): Promise<void> {
    const conversation = await conversations.findById(id);
    if (conversation !== undefined) await work(conversation, await getCompany(conversation.companyId));
  }

  return {
    publishConversation: ({ conversationId }) =>
      withConversation(conversationId, async ({ status, channel, department, assignee, roomId }, company) => {
        const member = assignee === null ? undefined : await findMemberById(company.id, assignee);
        await rooms.publishState(company, roomId, { status, channel, department, assignee: member?.userId ?? null });
      }),

    announceConversation: ({ conversationId }) =>
      withConversation(conversationId, async (conversation, company) => {
        if (company.teamRoomId === null || conversation.announcementEventId !== null) return;
        const { number, channel, department, roomId } = conversation;
        const link = `matrix:roomid/${roomId.slice(1)}?via=${encodeURIComponent(serverName)}`;
        const content = announcementContent({ locale: company.settings.locale, number, channel, department, link, roomId });
        const message = { roomId: company.teamRoomId, type: 'm.room.message' };
        const eventId = await sending.send({ ...message, as: company, content, txnId: `announce-${conversationId}` });
        const announcement = { ...message, eventId, sender: company.userId, at: Date.now(), mxc: [] };
        await inTransaction(database, (transaction) => events.recordAnnouncement(transaction, conversation, announcement));
      }),

    grantPower: ({ conversationId, userId }) =>
      withConversation(conversationId, async ({ roomId }, company) => {
        const member = await findMember(company.id, userId);
        if (member !== undefined) await rooms.grantPower(company, roomId, userId, member.role);
      }),

    async redact({ companyId, roomId, eventId }) {
      await sending.redact({ as: await getCompany(companyId), roomId, eventId, txnId: `command-${eventId}` });
    },

    tellTeam: ({ conversationId, template, seq }) =>
      withConversation(conversationId, async ({ announcementEventId }, company) => {
        if (company.teamRoomId === null || announcementEventId === null) return;
        const content = noticeContent(company.settings.locale, template, announcementEventId);
        const txnId = `${template}-${conversationId}-${seq}`;
        await sending.send({ as: company, roomId: company.teamRoomId, type: 'm.room.message', content, txnId });
      }),

    inviteMembers: ({ conversationId }) =>
      withConversation(conversationId, async ({ roomId }, company) => {
        for (const { userId } of await listMembers(company.id)) {
          // Asked anew for each: a membership may end while others are invited.
          if ((await findMember(company.id, userId)) !== undefined) await rooms.invite(company, roomId, userId);
        }
      }),
  };
}
