import type { Company } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import { createDepartmentStore } from './department-store.ts';
import type { Department } from './department.ts';
import { createInboxStore } from './inbox-store.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

type Dependencies = {
  readonly neighbours: TeamNeighbours;
  readonly assignment: Assignment;
  readonly addToOutbox: AddToOutbox;
};

/** Hands a conversation over to a department, or back to the whole company; in the caller's transaction. */
export type HandOver = (
  transaction: Database,
  company: Company,
  conversation: Conversation,
  department: Department | undefined,
) => Promise<void>;

/**
 * See `HandOver`. The announcement moves to the other room; who is not of the new department loses the conversation, admins keep
 * what they are in.
 */
export function createHandOver({ neighbours, assignment, addToOutbox }: Dependencies): HandOver {
  return async (transaction, company, conversation, department) => {
    const { id, roomId, companyId, number, announcementEventId } = conversation;
    const store = neighbours.conversations(transaction);
    const before = conversation.department === null ? undefined : await createDepartmentStore(transaction).find(conversation.department);
    const from = conversation.department === null ? company.teamRoomId : (before?.inboxRoomId ?? null);
    const departmentId = department?.id ?? null;
    await store.setDepartment(id, departmentId);
    await store.clearAnnouncement(id);
    const payload = { conversationId: id };
    const revision = await createInboxStore(transaction).nextRevision(id);
    await addToOutbox(transaction, [
      ...(announcementEventId === null || from === null
        ? []
        : ([
            {
              lane: companyId,
              action: 'retireAnnouncement',
              payload: { ...payload, roomId: from, eventId: announcementEventId, departmentId },
            },
          ] as const)),
      { lane: companyId, action: 'announceConversation', payload: { ...payload, revision } },
      { lane: roomId, action: 'moveConversation', payload },
      { lane: roomId, action: 'publishConversation', payload },
      ...((before?.retentionDays ?? null) === (department?.retentionDays ?? null)
        ? []
        : ([{ lane: roomId, action: 'publishConversations', payload: { companyId, after: number - 1, last: number } }] as const)),
      ...(company.settings.routing === 'everyone' ? ([{ lane: roomId, action: 'inviteMembers', payload }] as const) : []),
    ]);
    const moved = { ...conversation, department: departmentId };
    const candidates = await assignment.listCandidates(transaction, moved);
    if (moved.assignee !== null && !candidates.some((member) => member.id === moved.assignee)) {
      await assignment.unassign(transaction, moved);
    }
    if (conversation.status === 'closed') return;
    const now = await store.findById(id);
    if (now?.assignee === null) await assignment.assignNext(transaction, company, now);
  };
}
