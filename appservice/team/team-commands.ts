import type { Company, CompanyMember } from '../companies/company.ts';
import type { ChangeStatus } from '../conversations/conversation-status.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import type { EventId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox, AnswerTemplate, CommandAnswer } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import { createAvailabilityStore } from './availability-store.ts';
import { createDepartmentStore } from './department-store.ts';
import { findDepartment } from './department.ts';
import { findMember, mentionsOf } from './find-member.ts';
import type { HandOver } from './handover.ts';
import { createInboxStore } from './inbox-store.ts';
import type { Inbox } from './inbox.ts';
import type { TeamCommand, TypedCommand } from './team-command.ts';
import type { ReactionMeaning } from './team-reaction.ts';

/** Who typed what about what. */
export type CommandScene = {
  readonly company: Company;
  readonly member: CompanyMember;
  readonly event: MatrixEvent;
  /** Undefined outside any thread of an announcement. */
  readonly conversation: Conversation | undefined;
  /** The thread is one that the conversation has left for another department. */
  readonly isElsewhere: boolean;
};

type OnConversation = CommandScene & { readonly conversation: Conversation };

/** Most labels of one conversation. */
const LABEL_LIMIT = 10;

type Dependencies = {
  readonly addToOutbox: AddToOutbox;
  readonly assignment: Assignment;
  readonly changeStatus: ChangeStatus;
  readonly handOver: HandOver;
  readonly inbox: Inbox;
};

/** Carries out what agents ask for; rows and outbox only, in the caller's transaction. */
export function createTeamCommands({ addToOutbox, assignment, changeStatus, handOver, inbox }: Dependencies) {
  async function answer(
    transaction: Database,
    { company, conversation, event }: CommandScene,
    template: AnswerTemplate,
    more: Pick<CommandAnswer, 'command' | 'memberIds'> = {},
  ): Promise<Effect[]> {
    const { roomId, eventId } = event;
    const payload = { companyId: company.id, conversationId: conversation?.id ?? null, roomId, eventId, template, ...more };
    await addToOutbox(transaction, [{ lane: company.id, action: 'answerCommand', payload }]);
    return [];
  }

  async function claim(transaction: Database, scene: OnConversation, reaction?: EventId): Promise<Effect[]> {
    const { conversation, member } = scene;
    if (conversation.status === 'closed') return answer(transaction, scene, 'alreadyClosed');
    if (conversation.assignee === member.id) return [];
    const candidates = await assignment.listCandidates(transaction, conversation);
    const isTaken = candidates.some(({ id }) => id === conversation.assignee);
    const claimed =
      !isTaken && (await assignment.assign(transaction, conversation, member, reaction === undefined ? {} : { claim: reaction }));
    return claimed ? [] : answer(transaction, scene, 'alreadyClaimed');
  }

  async function assign(transaction: Database, scene: OnConversation, who: string): Promise<Effect[]> {
    const { conversation, member: self, event } = scene;
    if (conversation.status === 'closed') return answer(transaction, scene, 'alreadyClosed');
    const members = await assignment.listCandidates(transaction, conversation);
    const found = findMember(who, { members, self, mentions: mentionsOf(event.content) });
    if (found.kind === 'one') {
      if (found.member.id !== conversation.assignee) await assignment.assign(transaction, conversation, found.member);
      return [];
    }
    const several = found.kind === 'several';
    const memberIds = (several ? found.members : members).slice(0, 20).map(({ id }) => id);
    return answer(transaction, scene, several ? 'severalMembers' : 'noSuchMember', { memberIds });
  }

  async function handover(transaction: Database, scene: OnConversation, typed: string | null): Promise<Effect[]> {
    const { company, conversation } = scene;
    const departments = await createDepartmentStore(transaction).list(company.id);
    const department = typed === null ? undefined : findDepartment(typed, departments);
    if (typed !== null && department === undefined) return answer(transaction, scene, 'noSuchDepartment');
    if ((department?.id ?? null) === conversation.department) return answer(transaction, scene, 'alreadyThere');
    await handOver(transaction, company, conversation, department);
    return [];
  }

  async function close(transaction: Database, scene: OnConversation): Promise<Effect[]> {
    const effects = await changeStatus(transaction, scene.conversation, { from: ['waiting', 'open'], to: 'closed', template: 'closed' });
    return effects.length > 0 ? effects : answer(transaction, scene, 'alreadyClosed');
  }

  async function reopen(transaction: Database, scene: OnConversation): Promise<Effect[]> {
    const effects = await changeStatus(transaction, scene.conversation, { from: ['closed'], to: 'waiting', template: 'reopened' });
    return effects.length > 0 ? effects : answer(transaction, scene, 'notClosed');
  }

  async function label(
    transaction: Database,
    scene: OnConversation,
    wanted: Extract<TeamCommand, { name: 'label' }>['label'],
  ): Promise<Effect[]> {
    const { conversation } = scene;
    const store = createInboxStore(transaction);
    if (wanted === null) return answer(transaction, scene, 'labels');
    if (!wanted.taken && (await store.listLabels(conversation.id)).length >= LABEL_LIMIT)
      return answer(transaction, scene, 'tooManyLabels');
    const changed = wanted.taken
      ? await store.removeLabel(conversation.id, wanted.text)
      : await store.addLabel(conversation.id, wanted.text);
    if (!changed) return answer(transaction, scene, 'labels');
    await inbox.changed(transaction, conversation);
    return [];
  }

  async function reply(transaction: Database, scene: OnConversation, name: string | null): Promise<Effect[]> {
    const { company, conversation, member, event } = scene;
    if (name === null) return answer(transaction, scene, 'replies');
    if (!Object.hasOwn(company.settings.cannedReplies, name)) return answer(transaction, scene, 'noSuchReply');
    if (conversation.encrypted) return answer(transaction, scene, 'encrypted');
    if (conversation.status === 'closed') return answer(transaction, scene, 'alreadyClosed');
    const payload = { conversationId: conversation.id, text: { kind: 'reply', name }, cause: event.eventId } as const;
    await addToOutbox(transaction, [{ lane: conversation.roomId, action: 'sendCompanyText', payload }]);
    const effects = await changeStatus(transaction, conversation, { from: ['waiting'], to: 'open' });
    if (conversation.assignee === null) await assignment.assign(transaction, conversation, member);
    return effects;
  }

  async function setAway(transaction: Database, scene: CommandScene, away: boolean): Promise<Effect[]> {
    const { company, member, event } = scene;
    const isNews = await createAvailabilityStore(transaction).set(member.id, away, new Date(event.at));
    if (!isNews) return [];
    await answer(transaction, scene, away ? 'away' : 'here');
    if (!away) await assignment.assignWaiting(transaction, company);
    return [];
  }

  async function onConversation(transaction: Database, scene: OnConversation, command: TeamCommand): Promise<Effect[]> {
    switch (command.name) {
      case 'claim':
        return claim(transaction, scene);
      case 'assign':
        return assign(transaction, scene, command.who);
      case 'handover':
        return handover(transaction, scene, command.department);
      case 'close':
        return close(transaction, scene);
      case 'reopen':
        return reopen(transaction, scene);
      case 'label':
        return label(transaction, scene, command.label);
      case 'reply':
        return reply(transaction, scene, command.reply);
      case 'who':
      case 'help':
        return answer(transaction, scene, command.name);
      case 'away':
      case 'here':
        return setAway(transaction, scene, command.name === 'away');
    }
  }

  return {
    /** Carries out what was typed, or answers why not. Words that are not even near a command of ours get no answer outside a thread: another bot may be meant. */
    async obey(transaction: Database, scene: CommandScene, typed: TypedCommand): Promise<Effect[]> {
      const { conversation } = scene;
      if (typed.kind === 'unknown') {
        if (typed.nearest !== null) return answer(transaction, scene, 'unknownCommand', { command: typed.nearest });
        return conversation === undefined ? [] : answer(transaction, scene, 'unknownCommand');
      }
      if (typed.kind === 'malformed') return answer(transaction, scene, 'malformed', { command: typed.name });
      const { command } = typed;
      if (command.name === 'away' || command.name === 'here') return setAway(transaction, scene, command.name === 'away');
      if (command.name === 'help') return answer(transaction, scene, 'help');
      if (conversation === undefined) return answer(transaction, scene, 'notHere', { command: command.name });
      if (scene.isElsewhere) return answer(transaction, scene, 'elsewhere');
      return onConversation(transaction, { ...scene, conversation }, command);
    },

    /** Carries out a reaction to the announcement. */
    async react(transaction: Database, scene: OnConversation, meaning: ReactionMeaning): Promise<Effect[]> {
      if (meaning === 'claim') return claim(transaction, scene, scene.event.eventId);
      return changeStatus(transaction, scene.conversation, { from: ['waiting', 'open'], to: 'closed', template: 'closed' });
    },
  };
}

/** See `createTeamCommands`. */
export type TeamCommands = ReturnType<typeof createTeamCommands>;
