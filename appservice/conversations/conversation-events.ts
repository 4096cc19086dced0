import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox, TeamTemplate } from '../matrix/outbox-store.ts';
import type { PersonIdentity } from '../persons/person.ts';
import { isCarried } from './carried-content.ts';
import { parseCommand, type AgentCommand } from './agent-command.ts';
import type { Conversation } from './conversation.ts';
import { createConversationAgentsStore } from './conversation-agents-store.ts';
import { createConversationStore } from './conversation-store.ts';
import { conversationChanged, eventAdded, type Effect } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';
import { announcedRoom } from './team-texts.ts';

/** Who wrote an event of a conversation. */
export type Author = 'person' | 'member' | 'company' | 'stranger';

/** What the other nouns tell us; each takes the transaction in which it is asked. */
export type ConversationNeighbours = {
  findCompany(database: Database, id: CompanyId): Promise<Company | undefined>;
  /** A current member only. */
  findMember(database: Database, companyId: CompanyId, userId: UserId): Promise<CompanyMember | undefined>;
  findIdentity(database: Database, userId: UserId): Promise<PersonIdentity | undefined>;
};

/** Applies events of conversations and team rooms to rows: index, status, agents, outbox. No Matrix call happens here (design 3). */
export type ConversationEvents = {
  /** An event in the room of a conversation. */
  applyToConversation(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<Effect[]>;
  /** An event in a company's team room: a command or a note about a conversation, or nothing to us. */
  applyToTeamRoom(transaction: Database, company: Company, event: MatrixEvent): Promise<Effect[]>;
  /** Indexes an event that the person sent; the first one makes a conversation known, and a message takes a closed one up again. Answers its place, old or new. */
  recordPersonEvent(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<{ seq: number; effects: Effect[] }>;
  /** Notes the announcement of a conversation, once: from then on answers to it belong to the conversation. */
  recordAnnouncement(transaction: Database, conversation: Conversation, event: PlacedEvent): Promise<void>;
};

/** What of an event is indexed. */
type PlacedEvent = Pick<MatrixEvent, 'roomId' | 'eventId' | 'type' | 'sender' | 'mxc' | 'at'>;

/** Events by which somebody says something; others (reactions, redactions) do not answer or reopen a conversation. */
const MESSAGES: ReadonlySet<string> = new Set(['m.room.message', 'm.room.encrypted', 'm.sticker', 'm.poll.start']);

type Dependencies = {
  readonly neighbours: ConversationNeighbours;
  readonly addToOutbox: AddToOutbox;
  /** Names this process in notices to the others. */
  readonly processId: string;
};

/** See `ConversationEvents`. */
export function createConversationEvents({ neighbours, addToOutbox, processId }: Dependencies): ConversationEvents {
  async function authorOf(transaction: Database, conversation: Conversation, sender: UserId): Promise<Author> {
    const identity = await neighbours.findIdentity(transaction, sender);
    if (identity !== undefined && identity.personId === conversation.personId) return 'person';
    if ((await neighbours.findMember(transaction, conversation.companyId, sender)) !== undefined) return 'member';
    const company = await neighbours.findCompany(transaction, conversation.companyId);
    return company?.userId === sender ? 'company' : 'stranger';
  }

  const index = (transaction: Database, conversation: Conversation, event: PlacedEvent, aboutPerson: Conversation['personId'] | null) =>
    createEventIndexStore(transaction, processId).add(conversation, {
      roomId: event.roomId,
      eventId: event.eventId,
      type: event.type,
      sender: event.sender,
      aboutPerson,
      mxc: event.mxc,
      at: new Date(event.at),
    });

  /** Changes the status, where it is one of `from`, with all that follows from it. */
  async function changeStatus(
    transaction: Database,
    conversation: Conversation,
    { from, to, template }: { from: readonly Conversation['status'][]; to: Conversation['status']; template?: TeamTemplate },
  ): Promise<Effect[]> {
    if (!(await createConversationStore(transaction).changeStatus(conversation.id, from, to))) return [];
    await createEventIndexStore(transaction, processId).notifyChange(conversation);
    await addToOutbox(transaction, [
      { lane: conversation.roomId, action: 'publishConversation', payload: { conversationId: conversation.id } },
      ...(template === undefined
        ? []
        : ([
            {
              lane: conversation.companyId,
              action: 'tellTeam',
              payload: { conversationId: conversation.id, template, seq: conversation.lastSeq },
            },
          ] as const)),
    ]);
    return [conversationChanged(conversation)];
  }

  async function carryOut(transaction: Database, conversation: Conversation, command: AgentCommand): Promise<Effect[]> {
    switch (command.name) {
      case 'close':
        return changeStatus(transaction, conversation, { from: ['waiting', 'open'], to: 'closed', template: 'closed' });
    }
  }

  async function applyMembership(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<Effect[]> {
    const userId = event.stateKey as UserId;
    const agents = createConversationAgentsStore(transaction);
    if (event.content['membership'] !== 'join') {
      await agents.left(conversation.id, userId, new Date(event.at));
      await createEventIndexStore(transaction, processId).notifyChange(conversation);
      return [conversationChanged(conversation)];
    }
    if ((await neighbours.findMember(transaction, conversation.companyId, userId)) === undefined) return [];
    await agents.joined(conversation.id, userId, new Date(event.at));
    await createEventIndexStore(transaction, processId).notifyChange(conversation);
    await addToOutbox(transaction, [
      { lane: conversation.roomId, action: 'grantPower', payload: { conversationId: conversation.id, userId } },
    ]);
    return [conversationChanged(conversation)];
  }

  /**
   * Makes a new conversation known: its state in its room, the announcement, the invites. With the first event and not before,
   * because nobody should be called to a conversation in which nothing was said, and the homeserver has the first message to itself.
   */
  async function begin(transaction: Database, { id, roomId, companyId }: Conversation): Promise<void> {
    const company = await neighbours.findCompany(transaction, companyId);
    const payload = { conversationId: id };
    await addToOutbox(transaction, [
      { lane: roomId, action: 'publishConversation', payload },
      { lane: companyId, action: 'announceConversation', payload },
      ...(company?.settings.routing === 'everyone' ? ([{ lane: roomId, action: 'inviteMembers', payload }] as const) : []),
    ]);
  }

  async function recordPersonEvent(
    transaction: Database,
    conversation: Conversation,
    event: MatrixEvent,
  ): Promise<{ seq: number; effects: Effect[] }> {
    const place = await index(transaction, conversation, event, null);
    if (place === undefined) {
      const known = await createEventIndexStore(transaction, processId).findByEventId(event.eventId);
      if (known === undefined) throw new Error('an event that has a place was not found');
      return { seq: known.seq, effects: [] };
    }
    if (place.seq === 1) await begin(transaction, conversation);
    const reopened =
      place.status === 'closed' && MESSAGES.has(event.type)
        ? await changeStatus(transaction, conversation, { from: ['closed'], to: 'waiting', template: 'reopened' })
        : [];
    return { seq: place.seq, effects: [eventAdded(conversation, place.seq, event), ...reopened] };
  }

  async function recordAnnouncement(transaction: Database, conversation: Conversation, event: PlacedEvent): Promise<void> {
    await createConversationStore(transaction).setAnnouncement(conversation.id, event.eventId);
    await index(transaction, conversation, event, conversation.personId);
  }

  /** The announcement as the homeserver gives it back: it comes before any answer to it, the answer of the call that sent it may not. */
  async function applyAnnouncement(transaction: Database, company: Company, event: MatrixEvent): Promise<void> {
    const roomId = announcedRoom(event.content);
    const conversation = roomId === undefined ? undefined : await createConversationStore(transaction).findByRoom(roomId);
    if (conversation?.companyId === company.id && conversation.announcementEventId === null)
      await recordAnnouncement(transaction, conversation, event);
  }

  return {
    recordPersonEvent,
    recordAnnouncement,

    async applyToConversation(transaction, conversation, event) {
      if (event.type === 'm.room.member' && event.stateKey !== undefined) return applyMembership(transaction, conversation, event);
      if (event.stateKey !== undefined) return [];
      const author = await authorOf(transaction, conversation, event.sender);
      if (author === 'stranger') return [];
      // What the ghost repeats counts as said by the person: it begins the conversation, and takes it up again.
      if (author === 'person' || (author === 'company' && isCarried(event.content)))
        return (await recordPersonEvent(transaction, conversation, event)).effects;
      const command = author === 'member' && !conversation.encrypted ? parseCommand(event.content) : undefined;
      if (command !== undefined) {
        const { companyId, roomId, personId } = conversation;
        // Indexed like a note about the person, so that it is carried out once however often it is read, and never shown to them.
        if ((await index(transaction, conversation, event, personId)) === undefined) return [];
        await addToOutbox(transaction, [{ lane: roomId, action: 'redact', payload: { companyId, roomId, eventId: event.eventId } }]);
        return carryOut(transaction, conversation, command);
      }
      // Taking back what the person never saw (a command) is nothing to the person.
      const taken =
        event.redacts === undefined ? undefined : await createEventIndexStore(transaction, processId).findByEventId(event.redacts);
      if (event.redacts !== undefined && (taken === undefined || taken.aboutPerson !== null)) return [];
      const place = await index(transaction, conversation, event, null);
      if (place === undefined) return [];
      const answers = author === 'member' && MESSAGES.has(event.type) && place.status === 'waiting';
      const opened = answers ? await changeStatus(transaction, conversation, { from: ['waiting'], to: 'open' }) : [];
      return [eventAdded(conversation, place.seq, event), ...opened];
    },

    async applyToTeamRoom(transaction, company, event) {
      if (event.stateKey !== undefined) return [];
      if (event.sender === company.userId) await applyAnnouncement(transaction, company, event);
      if (event.sender === company.userId || event.root === undefined) return [];
      const conversation = await createConversationStore(transaction).findByAnnouncement(event.root);
      if (conversation?.companyId !== company.id) return [];
      if ((await neighbours.findMember(transaction, company.id, event.sender)) === undefined) return [];
      // What is written about a person is indexed with them, so that access and erasure find it (design 5).
      if ((await index(transaction, conversation, event, conversation.personId)) === undefined) return [];
      const command = parseCommand(event.content);
      return command === undefined ? [] : carryOut(transaction, conversation, command);
    },
  };
}
