import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';
import type { ConversationRooms } from '../matrix/conversation-rooms.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import type { Assignment } from './assignment.ts';
import { companyText } from './company-text.ts';
import { createDepartmentStore } from './department-store.ts';
import { createTeamScheduleStore } from './team-schedule-store.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

type Dependencies = {
  readonly database: Database;
  readonly rooms: Pick<ConversationRooms, 'invite' | 'listPresent' | 'takeOut' | 'moveTo'>;
  readonly sending: Sending;
  readonly neighbours: TeamNeighbours;
  readonly assignment: Pick<Assignment, 'listCandidates'>;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** Members of all times. */
  readonly listAllMembers: (id: CompanyId) => Promise<CompanyMember[]>;
  /** When each member who is in a conversation came. */
  readonly listJoined: (id: ConversationId) => Promise<ReadonlyMap<UserId, Date>>;
  readonly getLocale: (id: PersonId) => Promise<string>;
  readonly now: () => Date;
};

/** What the team does in rooms of conversations after commit; each may be repeated. */
export type ConversationActions = Pick<
  OutboxHandlers,
  'inviteMembers' | 'inviteToConversation' | 'sendCompanyText' | 'releaseAgents' | 'moveConversation'
>;

const DAY_MS = 86_400_000;

/** Why somebody was taken out, as their client shows it. */
const REASONS = {
  de: {
    released: 'Seit Langem geschlossen. Über den Link in der Ankündigung kommen Sie wieder hinein.',
    moved: 'An eine andere Abteilung übergeben.',
  },
  en: { released: 'Closed long ago. The link in the announcement leads back in.', moved: 'Handed over to another department.' },
} as const;

/** See `ConversationActions`. */
export function createConversationActions(dependencies: Dependencies): ConversationActions {
  const { database, rooms, sending, neighbours, assignment, getCompany, listAllMembers, listJoined, getLocale, now } = dependencies;

  /** Runs `work` unless the conversation is gone meanwhile. */
  async function withConversation(
    id: ConversationId,
    work: (conversation: Conversation, company: Company) => Promise<void>,
  ): Promise<void> {
    const conversation = await neighbours.conversations(database).findById(id);
    if (conversation !== undefined) await work(conversation, await getCompany(conversation.companyId));
  }

  /** Members of the company, former ones too, who are in the room or invited. */
  async function listAgentsIn({ roomId }: Conversation, company: Company): Promise<UserId[]> {
    const members = new Set((await listAllMembers(company.id)).map(({ userId }) => userId));
    return (await rooms.listPresent(company, roomId)).filter((userId) => members.has(userId));
  }

  return {
    inviteMembers: ({ conversationId }) =>
      withConversation(conversationId, async (conversation, company) => {
        const members =
          conversation.department === null
            ? await neighbours.members(database).listCurrent(company.id)
            : await assignment.listCandidates(database, conversation);
        for (const { userId } of members) {
          // Asked anew for each: a membership may end while others are invited.
          const member = await neighbours.members(database).findCurrent(company.id, userId);
          if (member !== undefined) await rooms.invite(company, conversation.roomId, userId);
        }
      }),

    inviteToConversation: ({ conversationId, memberId }) =>
      withConversation(conversationId, async ({ roomId, assignee }, company) => {
        // Somebody else may have got it meanwhile.
        const member = assignee === memberId ? await neighbours.members(database).findById(company.id, memberId) : undefined;
        if (member !== undefined && member.endedAt === null) await rooms.invite(company, roomId, member.userId);
      }),

    sendCompanyText: ({ conversationId, text, cause }) =>
      withConversation(conversationId, async ({ roomId, encrypted, personId }, company) => {
        const body = encrypted ? undefined : companyText(company, text, await getLocale(personId));
        if (body === undefined) return;
        // What goes out by itself is a notice, so that no bot answers it; a canned reply is an answer like any other.
        const content = { msgtype: text.kind === 'reply' ? 'm.text' : 'm.notice', body };
        await sending.send({ as: company, roomId, type: 'm.room.message', content, txnId: `${text.kind}-${conversationId}-${cause}` });
      }),

    releaseAgents: ({ conversationId }) =>
      withConversation(conversationId, async (conversation, company) => {
        if (conversation.status !== 'closed') return;
        const since = now().getTime() - company.settings.leaveDays * DAY_MS;
        const joined = await listJoined(conversation.id);
        for (const userId of await listAgentsIn(conversation, company)) {
          // Who came back to read stays as long again.
          if ((joined.get(userId)?.getTime() ?? 0) > since) continue;
          await rooms.takeOut(company, conversation.roomId, userId, REASONS[company.settings.locale].released);
        }
        await createTeamScheduleStore(database).noteReleased(conversation.id);
      }),

    moveConversation: ({ conversationId }) =>
      withConversation(conversationId, async (conversation, company) => {
        const { department, roomId } = conversation;
        const found = department === null ? undefined : await createDepartmentStore(database).find(department);
        const space = found === undefined ? company.spaceRoomId : found.spaceRoomId;
        if (space === null) throw new Error('the department has no space yet');
        await rooms.moveTo(company, roomId, space);
        if (found === undefined) return;
        const current = await neighbours.members(database).listCurrent(company.id);
        const admins = current.filter(({ role }) => role === 'admin');
        const bots = current.filter(({ userId }) => neighbours.isBot(userId));
        const staying = new Set(
          [...(await assignment.listCandidates(database, conversation)), ...admins, ...bots].map(({ userId }) => userId),
        );
        for (const userId of await listAgentsIn(conversation, company)) {
          if (!staying.has(userId)) await rooms.takeOut(company, roomId, userId, REASONS[company.settings.locale].moved);
        }
      }),
  };
}
