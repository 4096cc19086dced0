import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, EventId, RoomId } from '../ids.ts';
import type { CommandAnswer } from '../matrix/outbox-store.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import { answerText, noticeContent, toldText, type AnswerValues } from './answer-texts.ts';
import { createDepartmentStore } from './department-store.ts';
import { inboxRoomOf } from './department.ts';
import { createInboxStore } from './inbox-store.ts';
import { announcementContent, replacementContent, retiredContent } from './inbox-text.ts';
import { COMMAND_NAMES } from './team-command.ts';
import type { TeamEvents } from './team-events.ts';
import type { TeamNeighbours } from './team-neighbours.ts';

/** A contact field of a person, as `!who` shows it. */
export type ShownField = { readonly label: string; readonly value: string; readonly purpose: string };

type Dependencies = {
  readonly database: Database;
  readonly sending: Sending;
  readonly neighbours: TeamNeighbours;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** What the person gave this company, in the language of the team. */
  readonly listContactFields: (conversation: Conversation, locale: 'de' | 'en') => Promise<readonly ShownField[]>;
  /** Notes an event that holds such fields, so that it is taken back when they change. */
  readonly noteFieldAnswer: (answer: { eventId: EventId; roomId: RoomId; conversationId: ConversationId }) => Promise<void>;
  readonly serverName: string;
  readonly events: Pick<TeamEvents, 'recordAnnouncement'>;
};

/** What is said in team rooms after commit; each may be repeated. */
export type TeamOutbox = Pick<
  OutboxHandlers,
  'announceConversation' | 'updateAnnouncement' | 'retireAnnouncement' | 'tellTeam' | 'answerCommand'
>;

/** Zone in which times are shown to a team that has set none. */
const HOME_ZONE = 'Europe/Berlin';

/** Name of a member among colleagues. */
export function nameOfMember({ displayName, userId }: Pick<CompanyMember, 'displayName' | 'userId'>): string {
  return displayName ?? userId.slice(1, userId.indexOf(':'));
}

/** See `TeamOutbox`. */
export function createTeamOutbox(dependencies: Dependencies): TeamOutbox {
  const { database, sending, neighbours, getCompany, listContactFields, noteFieldAnswer, serverName, events } = dependencies;
  const inbox = createInboxStore(database);
  const departments = createDepartmentStore(database);

  /** Runs `work` unless the conversation is gone meanwhile, or there is no room for it yet. */
  async function withInbox(
    id: ConversationId,
    work: (conversation: Conversation, company: Company, roomId: RoomId) => Promise<void>,
  ): Promise<void> {
    const conversation = await neighbours.conversations(database).findById(id);
    if (conversation === undefined) return;
    const company = await getCompany(conversation.companyId);
    const department = conversation.department === null ? undefined : await departments.find(conversation.department);
    const roomId = inboxRoomOf(company, department);
    if (roomId !== null) await work(conversation, company, roomId);
  }

  const nameOf = async (companyId: CompanyId, memberId: string): Promise<string | undefined> => {
    const member = await neighbours.members(database).findById(companyId, memberId);
    return member === undefined ? undefined : nameOfMember(member);
  };

  /** The announcement as the rows are now. */
  async function render(conversation: Conversation, { id, settings }: Company) {
    const { labels, waitingSince } = await inbox.find(conversation.id);
    const { number, status, channel, department, assignee, roomId } = conversation;
    return announcementContent({
      locale: settings.locale,
      number,
      status,
      channel,
      department: department === null ? null : ((await departments.find(department))?.name ?? null),
      assignee: assignee === null ? null : ((await nameOf(id, assignee)) ?? null),
      labels,
      waitingSince,
      timeZone: settings.businessHours?.timeZone ?? HOME_ZONE,
      link: `matrix:roomid/${roomId.slice(1)}?via=${encodeURIComponent(serverName)}`,
      roomId,
    });
  }

  async function valuesOf(conversation: Conversation | undefined, company: Company, answer: CommandAnswer): Promise<AnswerValues> {
    const { template, command, memberIds = [] } = answer;
    const holder = conversation?.assignee ?? undefined;
    const named = template === 'alreadyClaimed' && holder !== undefined ? [holder] : memberIds;
    const members = await Promise.all(
      named.map(async (id) => {
        const member = await neighbours.members(database).findById(company.id, id);
        return member === undefined ? [] : `${nameOfMember(member)} (${member.userId})`;
      }),
    );
    const all = await departments.list(company.id);
    const shown = all.filter(({ id, archivedAt }) => (template === 'elsewhere' ? id === conversation?.department : archivedAt === null));
    const fields = template === 'who' && conversation !== undefined ? await listContactFields(conversation, company.settings.locale) : [];
    return {
      command: COMMAND_NAMES.find((name) => name === command),
      members: members.flat(),
      departments: shown.map(({ key, name }) => (key === name.toLowerCase() ? name : `${name} (${key})`)),
      labels: conversation === undefined ? [] : await inbox.listLabels(conversation.id),
      replies: Object.keys(company.settings.cannedReplies).toSorted(),
      fields: fields.map(({ label, value, purpose }) => `${label}: ${value} (${purpose})`),
    };
  }

  return {
    async announceConversation({ conversationId, revision: after = 0 }) {
      // Before all other rows: what changes while they are read is shown at the latest by its own entry.
      const { revision } = await inbox.find(conversationId);
      await withInbox(conversationId, async (conversation, company, roomId) => {
        if (conversation.announcementEventId !== null) return;
        const content = await render(conversation, company);
        const message = { roomId, type: 'm.room.message' };
        const eventId = await sending.send({ ...message, as: company, content, txnId: `announce-${conversationId}-${after}` });
        const announcement = { ...message, eventId, sender: company.userId, at: Date.now(), mxc: [] };
        await inTransaction(database, (transaction) => events.recordAnnouncement(transaction, conversation, announcement));
        await inbox.noteShown(conversationId, revision);
      });
    },

    async updateAnnouncement({ conversationId, revision: wanted }) {
      // As above; a change that came before this look is in it, and its own entry then finds nothing left to do.
      const { revision, shownRevision } = await inbox.find(conversationId);
      if (shownRevision >= wanted) return;
      await withInbox(conversationId, async (conversation, company, roomId) => {
        const { announcementEventId } = conversation;
        if (announcementEventId === null) return;
        const content = await render(conversation, company);
        const txnId = `inbox-${conversationId}-${revision}`;
        await sending.send({
          as: company,
          roomId,
          type: 'm.room.message',
          content: replacementContent(announcementEventId, content),
          txnId,
        });
        await inbox.noteShown(conversationId, revision);
      });
    },

    retireAnnouncement: ({ conversationId, roomId, eventId, departmentId }) =>
      withInbox(conversationId, async ({ number }, company) => {
        const department = departmentId === null ? null : ((await departments.find(departmentId))?.name ?? null);
        const content = replacementContent(eventId, retiredContent({ locale: company.settings.locale, number, department }));
        await sending.send({ as: company, roomId, type: 'm.room.message', content, txnId: `retire-${eventId}` });
      }),

    tellTeam: ({ conversationId, template, revision }) =>
      withInbox(conversationId, async ({ announcementEventId: root }, company, roomId) => {
        if (root === null) return;
        const content = noticeContent(toldText(company.settings.locale, template), { root, repliesTo: root });
        const txnId = `${template}-${conversationId}-${revision}`;
        await sending.send({ as: company, roomId, type: 'm.room.message', content, txnId });
      }),

    async answerCommand(answer) {
      const { companyId, conversationId, eventId, template } = answer;
      const company = await getCompany(companyId);
      const conversation = conversationId === null ? undefined : await neighbours.conversations(database).findById(conversationId);
      if (conversationId !== null && conversation === undefined) return;
      const values = await valuesOf(conversation, company, answer);
      const text = answerText(company.settings.locale, template, values);
      const send = (roomId: RoomId, root: string | null, repliesTo: string) =>
        sending.send({
          as: company,
          roomId,
          type: 'm.room.message',
          content: noticeContent(text, { root, repliesTo }),
          txnId: `answer-${eventId}`,
        });
      if (conversation === undefined || template === 'elsewhere') return void (await send(answer.roomId, null, eventId));
      await withInbox(conversation.id, async ({ announcementEventId: root }, _company, roomId) => {
        if (root === null) return;
        // What was typed into the conversation itself stands in another room, and is taken back: the thread is where the team reads.
        const answerId = await send(roomId, root, answer.roomId === roomId ? eventId : root);
        if (values.fields.length > 0) await noteFieldAnswer({ eventId: answerId, roomId, conversationId: conversation.id });
      });
    },
  };
}
