import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { PersonId, RoomId, UserId } from '../ids.ts';
import type { AnswerTemplate } from '../matrix/outbox-store.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import { createAgentInboxStore, type InboxReader } from './agent-inbox-store.ts';
import type { InboxConversation, InboxConversationDetails, InboxWorkplace, PersonFact } from './agent-inbox-wire.ts';
import type { Assignment } from './assignment.ts';
import { createAvailabilityStore } from './availability-store.ts';
import { createDepartmentStore } from './department-store.ts';
import { findDepartment, inboxRoomOf } from './department.ts';
import type { TeamNeighbours } from './team-neighbours.ts';
import type { Outcome, TeamWork } from './team-work.ts';

/** Somebody of a company who asks. */
export type Agent = { readonly company: Company; readonly member: CompanyMember };

type Dependencies = {
  readonly database: Database;
  readonly neighbours: TeamNeighbours;
  readonly work: TeamWork;
  readonly assignment: Pick<Assignment, 'listCandidates'>;
  readonly findByNumber: (database: Database) => Pick<ConversationStore, 'findByNumber'>;
  /** Tells open streams what changed, after the commit. */
  readonly publish: (effects: readonly Effect[]) => void;
  /** Brings a member into the room of a conversation. */
  readonly bring: (company: Company, roomId: RoomId, userId: UserId) => Promise<void>;
  /** What this company may see of a person, with its source. */
  readonly listFacts: (company: Company, conversation: Conversation) => Promise<readonly PersonFact[]>;
  readonly hasAccount: (personId: PersonId) => Promise<boolean>;
  readonly now: () => Date;
};

/** What a command would have answered in the team room. */
const REFUSALS: Partial<Record<AnswerTemplate, string>> = {
  alreadyClosed: 'The conversation is closed.',
  notClosed: 'The conversation is not closed.',
  alreadyClaimed: 'Somebody else has the conversation already.',
  alreadyThere: 'The conversation is there already.',
  labels: 'The conversation has this label already, or had it not.',
  tooManyLabels: 'The conversation has as many labels as there may be.',
};

const noSuchConversation = (): ApiError =>
  new ApiError('M_NOT_FOUND', 'There is no conversation with this number.', { field: 'params.number' });

/** What an agent does with the conversations of their company from our web client; the same work as the commands of the team room. */
export function createAgentInbox(dependencies: Dependencies) {
  const { database, neighbours, work, assignment, findByNumber, publish, bring, listFacts, hasAccount, now } = dependencies;
  const store = createAgentInboxStore(database);

  /** An admin sees all conversations, an agent those of the whole company and of their departments. */
  async function readerOf({ company, member }: Agent): Promise<InboxReader> {
    const departments = member.role === 'admin' ? null : await createDepartmentStore(database).listIdsOf(member.id);
    return { companyId: company.id, memberId: member.id, userId: member.userId, departments };
  }

  async function get(agent: Agent, number: number): Promise<InboxConversation> {
    const found = await store.find(await readerOf(agent), number);
    if (found === undefined) throw noSuchConversation();
    return found;
  }

  /**
   * Carries out `act` for a conversation that the agent may see, and answers the conversation as it is afterwards; undefined where they
   * see it no more, because it went to a department that is not theirs.
   */
  async function change(
    agent: Agent,
    number: number,
    act: (transaction: Database, conversation: Conversation) => Promise<Outcome>,
  ): Promise<InboxConversation | undefined> {
    await get(agent, number);
    const effects = await inTransaction(database, async (transaction) => {
      const conversation = await findByNumber(transaction).findByNumber(agent.company.id, number);
      if (conversation === undefined) throw noSuchConversation();
      const outcome = await act(transaction, conversation);
      if (outcome.answer !== undefined) throw new ApiError('COM_SMOOPE_CONFLICT', REFUSALS[outcome.answer] ?? 'This cannot be done now.');
      return outcome.effects;
    });
    publish(effects);
    return store.find(await readerOf(agent), number);
  }

  return {
    readerOf,

    async list(agent: Agent, query: Parameters<typeof store.list>[1]) {
      const reader = await readerOf(agent);
      const [page, counts] = await Promise.all([store.list(reader, query), store.count(reader)]);
      return { ...page, counts };
    },

    count: async (agent: Agent) => store.count(await readerOf(agent)),

    async show(agent: Agent, number: number): Promise<InboxConversationDetails> {
      const reader = await readerOf(agent);
      const shown = await get(agent, number);
      const conversation = await findByNumber(database).findByNumber(agent.company.id, number);
      if (conversation === undefined) throw noSuchConversation();
      const { department, announcementEventId: eventId, personId } = conversation;
      const found = department === null ? undefined : await createDepartmentStore(database).find(department);
      const roomId = inboxRoomOf(agent.company, found);
      const [facts, account, others] = await Promise.all([
        listFacts(agent.company, conversation),
        hasAccount(personId),
        store.listOfPerson(reader, personId, number),
      ]);
      return {
        ...shown,
        announcement: roomId === null || eventId === null ? null : { roomId, eventId },
        person: { hasAccount: account, facts: [...facts] },
        others,
      };
    },

    async describe({ company, member }: Agent): Promise<InboxWorkplace> {
      const departmentStore = createDepartmentStore(database);
      const [members, departments, labels, away] = await Promise.all([
        neighbours.members(database).listCurrent(company.id),
        departmentStore.list(company.id),
        store.listLabels(company.id),
        createAvailabilityStore(database).isAway(member.id),
      ]);
      const shown = await Promise.all(
        departments
          .filter(({ archivedAt, inboxRoomId }) => archivedAt === null && inboxRoomId !== null)
          .map(async ({ id, key, name, inboxRoomId }) => {
            const ids = await departmentStore.listMemberIds(id);
            return { key, name, inboxRoomId, isMine: ids.includes(member.id), members: ids };
          }),
      );
      const { slug, name, userId, teamRoomId, settings } = company;
      return {
        company: { slug, name, userId },
        me: { id: member.id, role: member.role, away },
        members: members.map((each) => ({
          id: each.id,
          userId: each.userId,
          name: each.displayName ?? each.userId,
          isBot: neighbours.isBot(each.userId),
        })),
        departments: shown,
        labels,
        cannedReplies: Object.entries(settings.cannedReplies)
          .map(([key, texts]) => ({ name: key, texts }))
          .toSorted((one, other) => one.name.localeCompare(other.name)),
        locale: settings.locale,
        teamRooms: [teamRoomId, ...shown.filter(({ isMine }) => isMine).map(({ inboxRoomId }) => inboxRoomId)].filter((id) => id !== null),
      };
    },

    claim: (agent: Agent, number: number) =>
      change(agent, number, (transaction, conversation) => work.claim(transaction, conversation, agent.member)),
    close: (agent: Agent, number: number) => change(agent, number, work.close),
    reopen: (agent: Agent, number: number) => change(agent, number, work.reopen),
    label: (agent: Agent, number: number, label: { readonly text: string; readonly taken: boolean }) =>
      change(agent, number, (transaction, conversation) => work.label(transaction, conversation, label)),

    /** Throws M_NOT_FOUND for somebody to whom it cannot be given. */
    assign: (agent: Agent, number: number, memberId: string | null) =>
      change(agent, number, async (transaction, conversation) => {
        const candidates = memberId === null ? [] : await assignment.listCandidates(transaction, conversation);
        const member = candidates.find(({ id }) => id === memberId);
        if (memberId !== null && member === undefined)
          throw new ApiError('M_NOT_FOUND', 'body.member: nobody of this id may answer the conversation.', { field: 'body.member' });
        return work.assign(transaction, conversation, member ?? null);
      }),

    /** Throws M_INVALID_PARAM for a department that there is not. */
    handOver: (agent: Agent, number: number, key: string | null) =>
      change(agent, number, async (transaction, conversation) => {
        const departments = await createDepartmentStore(transaction).list(agent.company.id);
        const department = key === null ? undefined : findDepartment(key, departments);
        if (key !== null && department === undefined)
          throw new ApiError('M_INVALID_PARAM', 'body.department: there is no such department.', { field: 'body.department' });
        return work.handOver(transaction, agent.company, conversation, department);
      }),

    /** Brings the agent into the room; who may see a conversation may read it. */
    async join(agent: Agent, number: number): Promise<InboxConversation> {
      const { roomId } = await get(agent, number);
      await bring(agent.company, roomId as RoomId, agent.member.userId);
      return get(agent, number);
    },

    isAway: ({ member }: Agent): Promise<boolean> => createAvailabilityStore(database).isAway(member.id),
    setAway: ({ company, member }: Agent, away: boolean): Promise<void> =>
      inTransaction(database, async (transaction) => {
        await work.setAway(transaction, company, member, { away, at: now() });
      }),
  };
}

/** See `createAgentInbox`. */
export type AgentInbox = ReturnType<typeof createAgentInbox>;
