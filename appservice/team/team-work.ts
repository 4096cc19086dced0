import type { Company, CompanyMember } from '../companies/company.ts';
import type { ChangeStatus } from '../conversations/conversation-status.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import type { EventId } from '../ids.ts';
import type { AnswerTemplate } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import { createAvailabilityStore } from './availability-store.ts';
import type { Department } from './department.ts';
import type { HandOver } from './handover.ts';
import { createInboxStore } from './inbox-store.ts';
import type { Inbox } from './inbox.ts';

/** What came of what somebody of the company asked for; `answer` says why nothing was done. */
export type Outcome = { readonly effects: readonly Effect[]; readonly answer?: AnswerTemplate };

/** What the people of a company do with conversations, from whichever side they ask; rows and outbox only, in the caller's transaction. */
export type TeamWork = {
  /** Takes it, unless somebody who may answer it has it; `reaction` is the one that asked. */
  claim(transaction: Database, conversation: Conversation, member: CompanyMember, reaction?: EventId): Promise<Outcome>;
  /** Gives it to one of `Assignment.listCandidates`, or to nobody. */
  assign(transaction: Database, conversation: Conversation, member: CompanyMember | null): Promise<Outcome>;
  handOver(transaction: Database, company: Company, conversation: Conversation, department: Department | undefined): Promise<Outcome>;
  close(transaction: Database, conversation: Conversation): Promise<Outcome>;
  reopen(transaction: Database, conversation: Conversation): Promise<Outcome>;
  /** Gives a label or takes it away; one that is there already, or not, answers the list. */
  label(transaction: Database, conversation: Conversation, label: { readonly text: string; readonly taken: boolean }): Promise<Outcome>;
  /** Notes whether a member takes conversations, as they said it `at` a time; false when they have said something later. */
  setAway(
    transaction: Database,
    company: Company,
    member: CompanyMember,
    said: { readonly away: boolean; readonly at: Date },
  ): Promise<boolean>;
};

type Dependencies = {
  readonly assignment: Assignment;
  readonly changeStatus: ChangeStatus;
  readonly handOver: HandOver;
  readonly inbox: Inbox;
};

/** Most labels of one conversation. */
const LABEL_LIMIT = 10;

const DONE: Outcome = { effects: [] };
const refused = (answer: AnswerTemplate): Outcome => ({ effects: [], answer });

/** See `TeamWork`. */
export function createTeamWork({ assignment, changeStatus, handOver, inbox }: Dependencies): TeamWork {
  return {
    async claim(transaction, conversation, member, reaction) {
      if (conversation.status === 'closed') return refused('alreadyClosed');
      if (conversation.assignee === member.id) return DONE;
      const candidates = await assignment.listCandidates(transaction, conversation);
      const isTaken = candidates.some(({ id }) => id === conversation.assignee);
      const options = reaction === undefined ? {} : { claim: reaction };
      const isClaimed = !isTaken && (await assignment.assign(transaction, conversation, member, options));
      return isClaimed ? DONE : refused('alreadyClaimed');
    },
    async assign(transaction, conversation, member) {
      if (conversation.status === 'closed') return refused('alreadyClosed');
      if (member === null) await assignment.unassign(transaction, conversation);
      else if (member.id !== conversation.assignee) await assignment.assign(transaction, conversation, member);
      return DONE;
    },
    async handOver(transaction, company, conversation, department) {
      if ((department?.id ?? null) === conversation.department) return refused('alreadyThere');
      await handOver(transaction, company, conversation, department);
      return DONE;
    },
    async close(transaction, conversation) {
      const effects = await changeStatus(transaction, conversation, { from: ['waiting', 'open'], to: 'closed', template: 'closed' });
      return effects.length > 0 ? { effects } : refused('alreadyClosed');
    },
    async reopen(transaction, conversation) {
      const effects = await changeStatus(transaction, conversation, { from: ['closed'], to: 'waiting', template: 'reopened' });
      return effects.length > 0 ? { effects } : refused('notClosed');
    },
    async label(transaction, conversation, { text, taken }) {
      const store = createInboxStore(transaction);
      if (!taken && (await store.listLabels(conversation.id)).length >= LABEL_LIMIT) return refused('tooManyLabels');
      const isChange = taken ? await store.removeLabel(conversation.id, text) : await store.addLabel(conversation.id, text);
      if (!isChange) return refused('labels');
      await inbox.changed(transaction, conversation);
      return DONE;
    },
    async setAway(transaction, company, member, { away, at }) {
      const isNews = await createAvailabilityStore(transaction).set(member.id, away, at);
      if (isNews && !away) await assignment.assignWaiting(transaction, company);
      return isNews;
    },
  };
}
