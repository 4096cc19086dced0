import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { EventId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { createAvailabilityStore } from './availability-store.ts';
import { availabilityOf } from './business-hours.ts';
import { createDepartmentStore } from './department-store.ts';
import { createInboxStore } from './inbox-store.ts';
import type { Inbox } from './inbox.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

/** Who answers a conversation; all in the caller's transaction. */
export type Assignment = {
  /**
   * Gives a conversation to a member, who is invited unless they are there; false when somebody else got it meanwhile. `claim` is the
   * reaction that asked for it.
   */
  assign(
    transaction: Database,
    conversation: Conversation,
    member: CompanyMember,
    options?: { claim?: EventId; present?: boolean },
  ): Promise<boolean>;
  /** Takes it from whoever has it. */
  unassign(transaction: Database, conversation: Conversation): Promise<void>;
  /** Members to whom a conversation may be given: of its department, or of the whole company. */
  listCandidates(transaction: Database, conversation: Conversation): Promise<CompanyMember[]>;
  /** Routing `round-robin`: gives it to the next available member; false where nobody is. */
  assignNext(transaction: Database, company: Company, conversation: Conversation): Promise<boolean>;
  /** As `assignNext`, for all conversations of the company that nobody has, the oldest first. Answers how many were given. */
  assignWaiting(transaction: Database, company: Company): Promise<number>;
};

type Dependencies = {
  readonly neighbours: TeamNeighbours;
  readonly inbox: Inbox;
  readonly addToOutbox: AddToOutbox;
  readonly now: () => Date;
};

/** Most conversations that are given in one transaction; the rest follows within a minute. */
const BATCH = 50;

/** See `Assignment`. */
export function createAssignment({ neighbours, inbox, addToOutbox, now }: Dependencies): Assignment {
  const assign: Assignment['assign'] = async (transaction, conversation, member, { claim, present = false } = {}) => {
    const { id, roomId, assignee } = conversation;
    if (!(await neighbours.conversations(transaction).changeAssignee(id, assignee, member.id))) return false;
    await createInboxStore(transaction).setClaim(id, claim ?? null);
    const payload = { conversationId: id };
    await addToOutbox(transaction, [
      { lane: roomId, action: 'publishConversation', payload },
      ...(present ? [] : ([{ lane: roomId, action: 'inviteToConversation', payload: { ...payload, memberId: member.id } }] as const)),
    ]);
    await inbox.changed(transaction, conversation);
    return true;
  };

  const listCandidates: Assignment['listCandidates'] = async (transaction, { companyId, department }) => {
    const current = await neighbours.members(transaction).listCurrent(companyId);
    const humans = current.filter(({ userId }) => !neighbours.isBot(userId));
    if (department === null) return humans;
    const ids = await createDepartmentStore(transaction).listMemberIds(department);
    return humans.filter(({ id }) => ids.includes(id));
  };

  /** The turns of the company are locked by the caller. */
  async function giveToNext(transaction: Database, conversation: Conversation): Promise<boolean> {
    const candidates = await listCandidates(transaction, conversation);
    const availability = createAvailabilityStore(transaction);
    const [next] = await availability.listHere(candidates.map(({ id }) => id));
    const member = candidates.find(({ id }) => id === next);
    if (member === undefined || !(await assign(transaction, conversation, member))) return false;
    await availability.noteTurn(member.id);
    return true;
  }

  const takesTurns = (company: Company): boolean => company.settings.routing === 'round-robin' && availabilityOf(company, now()).open;

  return {
    assign,
    listCandidates,
    async unassign(transaction, conversation) {
      const { id, roomId, assignee } = conversation;
      if (assignee === null || !(await neighbours.conversations(transaction).changeAssignee(id, assignee, null))) return;
      await createInboxStore(transaction).setClaim(id, null);
      await addToOutbox(transaction, [{ lane: roomId, action: 'publishConversation', payload: { conversationId: id } }]);
      await inbox.changed(transaction, conversation);
    },
    async assignNext(transaction, company, conversation) {
      if (!takesTurns(company)) return false;
      await createAvailabilityStore(transaction).lockTurns(company.id);
      return giveToNext(transaction, conversation);
    },
    async assignWaiting(transaction, company) {
      if (!takesTurns(company)) return 0;
      await createAvailabilityStore(transaction).lockTurns(company.id);
      let given = 0;
      for (const conversation of await neighbours.conversations(transaction).listUnassigned(company.id, BATCH)) {
        if (await giveToNext(transaction, conversation)) given += 1;
      }
      return given;
    },
  };
}
