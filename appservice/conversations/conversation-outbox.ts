import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, UserId } from '../ids.ts';
import type { ConversationRooms } from '../matrix/conversation-rooms.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';

type Dependencies = {
  readonly database: Database;
  readonly rooms: ConversationRooms;
  readonly sending: Sending;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  readonly findMember: (companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
  readonly findMemberById: (companyId: CompanyId, id: string) => Promise<CompanyMember | undefined>;
  /** Key of a department, by its row id. */
  readonly findDepartmentKey: (id: string) => Promise<string | undefined>;
};

/** The Matrix calls that follow from a change of conversations; each may be repeated. */
export type ConversationOutbox = Pick<OutboxHandlers, 'publishConversation' | 'grantPower' | 'redact'>;

/** See `ConversationOutbox`. */
export function createConversationOutbox(dependencies: Dependencies): ConversationOutbox {
  const { database, rooms, sending, getCompany, findMember, findMemberById, findDepartmentKey } = dependencies;
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
        const key = department === null ? null : ((await findDepartmentKey(department)) ?? null);
        await rooms.publishState(company, roomId, { status, channel, department: key, assignee: member?.userId ?? null });
      }),

    grantPower: ({ conversationId, userId }) =>
      withConversation(conversationId, async ({ roomId }, company) => {
        const member = await findMember(company.id, userId);
        if (member !== undefined) await rooms.grantPower(company, roomId, userId, member.role);
      }),

    async redact({ companyId, roomId, eventId }) {
      await sending.redact({ as: await getCompany(companyId), roomId, eventId, txnId: `command-${eventId}` });
    },
  };
}
