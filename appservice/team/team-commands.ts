import type { Company, CompanyMember } from '../companies/company.ts';
import type { ChangeStatus } from '../conversations/conversation-status.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import type { EventId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox, AnswerTemplate, CommandAnswer } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import { createDepartmentStore } from './department-store.ts';
import { findDepartment } from './department.ts';
import { findMember, mentionsOf } from './find-member.ts';
import type { TeamCommand, TypedCommand } from './team-command.ts';
import type { ReactionMeaning } from './team-reaction.ts';
import type { Outcome, TeamWork } from './team-work.ts';

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

type Dependencies = {
  readonly addToOutbox: AddToOutbox;
  readonly assignment: Assignment;
  readonly changeStatus: ChangeStatus;
  readonly work: TeamWork;
};

/** Carries out what agents ask for; rows and outbox only, in the caller's transaction. */
export function createTeamCommands({ addToOutbox, assignment, changeStatus, work }: Dependencies) {
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

  /** Answers why nothing was done. */
  async function settle(transaction: Database, scene: CommandScene, { effects, answer: template }: Outcome): Promise<Effect[]> {
    return template === undefined ? [...effects] : answer(transaction, scene, template);
  }

  async function claim(transaction: Database, scene: OnConversation, reaction?: EventId): Promise<Effect[]> {
    return settle(transaction, scene, await work.claim(transaction, scene.conversation, scene.member, reaction));
  }

  async function assign(transaction: Database, scene: OnConversation, who: string): Promise<Effect[]> {
    const { conversation, member: self, event } = scene;
    if (conversation.status === 'closed') return answer(transaction, scene, 'alreadyClosed');
    const members = await assignment.listCandidates(transaction, conversation);
    const found = findMember(who, { members, self, mentions: mentionsOf(event.content) });
    if (found.kind === 'one') return settle(transaction, scene, await work.assign(transaction, conversation, found.member));
    const several = found.kind === 'several';
    const memberIds = (several ? found.members : members).slice(0, 20).map(({ id }) => id);
    return answer(transaction, scene, several ? 'severalMembers' : 'noSuchMember', { memberIds });
  }

  async function handover(transaction: Database, scene: OnConversation, typed: string | null): Promise<Effect[]> {
    const { company, conversation } = scene;
    const departments = await createDepartmentStore(transaction).list(company.id);
    const department = typed === null ? undefined : findDepartment(typed, departments);
    if (typed !== null && department === undefined) return answer(transaction, scene, 'noSuchDepartment');
    return settle(transaction, scene, await work.handOver(transaction, company, conversation, department));
  }

  async function label(
    transaction: Database,
    scene: OnConversation,
    wanted: Extract<TeamCommand, { name: 'label' }>['label'],
  ): Promise<Effect[]> {
    if (wanted === null) return answer(transaction, scene, 'labels');
    return settle(transaction, scene, await work.label(transaction, scene.conversation, wanted));
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
    const isNews = await work.setAway(transaction, company, member, { away, at: new Date(event.at) });
    return isNews ? answer(transaction, scene, away ? 'away' : 'here') : [];
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
        return settle(transaction, scene, await work.close(transaction, scene.conversation));
      case 'reopen':
        return settle(transaction, scene, await work.reopen(transaction, scene.conversation));
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
      return [...(await work.close(transaction, scene.conversation)).effects];
    },
  };
}

/** See `createTeamCommands`. */
export type TeamCommands = ReturnType<typeof createTeamCommands>;
