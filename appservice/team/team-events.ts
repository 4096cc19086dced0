import type { Company, CompanyMember } from '../companies/company.ts';
import type { ConversationTeam } from '../conversations/conversation-events.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import type { EventId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import { availabilityOf } from './business-hours.ts';
import { companyText } from './company-text.ts';
import { createDepartmentStore } from './department-store.ts';
import { inboxRoomOf } from './department.ts';
import { createInboxStore } from './inbox-store.ts';
import { announcedRoom } from './inbox-text.ts';
import { readCommand } from './team-command.ts';
import type { TeamCommands } from './team-commands.ts';
import type { TeamNeighbours } from './team-neighbours.ts';
import { readReaction } from './team-reaction.ts';

/** What of an event is indexed. */
type PlacedEvent = Pick<MatrixEvent, 'roomId' | 'eventId' | 'type' | 'sender' | 'mxc' | 'at'>;

/** Applies what happens in team rooms, and what in a conversation concerns the team; rows and outbox only (design 3). */
export type TeamEvents = ConversationTeam & {
  /** An event in a company's team room or in the inbox room of a department: a command, a reaction, a note about a conversation, or nothing to us. */
  applyToTeamRoom(transaction: Database, company: Company, event: MatrixEvent): Promise<Effect[]>;
  /** Notes the announcement of a conversation, once: from then on answers to it belong to the conversation. */
  recordAnnouncement(transaction: Database, conversation: Conversation, event: PlacedEvent): Promise<void>;
};

type Dependencies = {
  readonly neighbours: TeamNeighbours;
  readonly commands: TeamCommands;
  readonly assignment: Assignment;
  readonly addToOutbox: AddToOutbox;
  readonly now: () => Date;
};

/** The event to which one belongs: root of its thread, else what it answers, takes the place of or reacts to. */
function relatedOf({ root, content }: MatrixEvent): EventId | undefined {
  if (root !== undefined) return root;
  const relation = content['m.relates_to'];
  const target = typeof relation === 'object' && relation !== null ? (relation as { event_id?: unknown }).event_id : undefined;
  return typeof target === 'string' ? (target as EventId) : undefined;
}

/** See `TeamEvents`. */
export function createTeamEvents({ neighbours, commands, assignment, addToOutbox, now }: Dependencies): TeamEvents {
  /** What is written about a person is indexed with them, so that access and erasure find it (design 5). False when it was before. */
  async function indexAbout(transaction: Database, conversation: Conversation, event: PlacedEvent): Promise<boolean> {
    const { roomId, eventId, type, sender, mxc, at } = event;
    const entry = { roomId, eventId, type, sender, mxc, at: new Date(at), aboutPerson: conversation.personId };
    return (await neighbours.events(transaction).add(conversation, entry)) !== undefined;
  }

  async function recordAnnouncement(transaction: Database, conversation: Conversation, event: PlacedEvent): Promise<void> {
    await neighbours.conversations(transaction).setAnnouncement(conversation.id, event.eventId);
    await indexAbout(transaction, conversation, event);
  }

  async function isAnnouncedIn(transaction: Database, company: Company, conversation: Conversation, event: MatrixEvent): Promise<boolean> {
    const { department } = conversation;
    const found = department === null ? undefined : await createDepartmentStore(transaction).find(department);
    return inboxRoomOf(company, found) === event.roomId;
  }

  /** The conversation that something in a team room is about; answers to answers lead to it too. */
  async function findSubject(transaction: Database, company: Company, event: MatrixEvent): Promise<Conversation | undefined> {
    const related = relatedOf(event);
    const known = related === undefined ? undefined : await neighbours.events(transaction).findByEventId(related);
    if (known === undefined || known.aboutPerson === null || known.roomId !== event.roomId) return undefined;
    const conversation = await neighbours.conversations(transaction).findById(known.conversationId);
    return conversation?.companyId === company.id ? conversation : undefined;
  }

  /** What our own ghost wrote comes back: the announcement comes before any answer to it, the answer of the call that sent it may not. */
  async function applyOwn(transaction: Database, company: Company, event: MatrixEvent): Promise<void> {
    const subject = await findSubject(transaction, company, event);
    if (subject !== undefined) return void (await indexAbout(transaction, subject, event));
    const roomId = announcedRoom(event.content);
    const conversation = roomId === undefined ? undefined : await neighbours.conversations(transaction).findByRoom(roomId);
    if (conversation?.companyId !== company.id || conversation.announcementEventId !== null) return;
    if (await isAnnouncedIn(transaction, company, conversation, event)) await recordAnnouncement(transaction, conversation, event);
  }

  /** Whoever takes back the reaction by which a conversation was claimed gives the conversation back. */
  async function undoClaim(transaction: Database, { id }: Company, redacted: EventId): Promise<Effect[]> {
    const claimed = await createInboxStore(transaction).findClaimed(redacted);
    const conversation = claimed === undefined ? undefined : await neighbours.conversations(transaction).findById(claimed);
    if (conversation?.companyId === id) await assignment.unassign(transaction, conversation);
    return [];
  }

  async function applyAbout(
    transaction: Database,
    scene: { company: Company; member: CompanyMember; event: MatrixEvent; conversation: Conversation },
  ): Promise<Effect[]> {
    const { company, event, conversation } = scene;
    if (!(await indexAbout(transaction, conversation, event))) return [];
    const isElsewhere = !(await isAnnouncedIn(transaction, company, conversation, event));
    const reaction = event.type === 'm.reaction' ? readReaction(event.content) : undefined;
    if (reaction?.meaning !== undefined && reaction.target === conversation.announcementEventId) {
      return commands.react(transaction, { ...scene, isElsewhere }, reaction.meaning);
    }
    const typed = event.type === 'm.room.message' ? readCommand(event.content) : undefined;
    return typed === undefined ? [] : commands.obey(transaction, { ...scene, isElsewhere }, typed);
  }

  return {
    recordAnnouncement,

    async applyToTeamRoom(transaction, company, event) {
      if (event.stateKey !== undefined) return [];
      if (event.sender === company.userId) return applyOwn(transaction, company, event).then(() => []);
      const member = await neighbours.members(transaction).findCurrent(company.id, event.sender);
      if (member === undefined) return [];
      if (event.redacts !== undefined) return undoClaim(transaction, company, event.redacts);
      const conversation = await findSubject(transaction, company, event);
      if (conversation !== undefined) return applyAbout(transaction, { company, member, event, conversation });
      const typed = event.type === 'm.room.message' ? readCommand(event.content) : undefined;
      if (typed === undefined) return [];
      return commands.obey(transaction, { company, member, event, conversation: undefined, isElsewhere: false }, typed);
    },

    async begun(transaction, conversation) {
      const { id, roomId, companyId } = conversation;
      const company = await neighbours.findCompany(transaction, companyId);
      await createInboxStore(transaction).setWaiting(id, now());
      if (company === undefined) return [];
      const payload = { conversationId: id };
      const hasWelcome = companyText(company, { kind: 'welcome' }, company.settings.locale) !== undefined;
      await addToOutbox(transaction, [
        ...(hasWelcome
          ? ([{ lane: roomId, action: 'sendCompanyText', payload: { ...payload, text: { kind: 'welcome' }, cause: 'begun' } }] as const)
          : []),
        { lane: roomId, action: 'publishConversation', payload },
        { lane: companyId, action: 'announceConversation', payload },
        ...(company.settings.routing === 'everyone' ? ([{ lane: roomId, action: 'inviteMembers', payload }] as const) : []),
      ]);
      await assignment.assignNext(transaction, company, conversation);
      return [];
    },

    async personSpoke(transaction, { id, roomId, encrypted }, company) {
      if (encrypted) return;
      const { open, opensAt } = availabilityOf(company, now());
      if (open || companyText(company, { kind: 'outOfHours' }, company.settings.locale) === undefined) return;
      if (!(await createInboxStore(transaction).noteAbsence(id, now(), opensAt ?? null))) return;
      const payload = { conversationId: id, text: { kind: 'outOfHours' }, cause: String(opensAt?.getTime() ?? 0) } as const;
      await addToOutbox(transaction, [{ lane: roomId, action: 'sendCompanyText', payload }]);
    },

    async answered(transaction, conversation, member) {
      if (conversation.assignee !== null || neighbours.isBot(member.userId)) return;
      await assignment.assign(transaction, conversation, member, { present: true });
    },

    isCommand: ({ type, content }) => type === 'm.room.message' && readCommand(content) !== undefined,

    async obey(transaction, conversation, member, event) {
      const typed = readCommand(event.content);
      const company = await neighbours.findCompany(transaction, conversation.companyId);
      if (typed === undefined || company === undefined) return [];
      return commands.obey(transaction, { company, member, event, conversation, isElsewhere: false }, typed);
    },
  };
}
