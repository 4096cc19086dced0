import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { PersonIdentity } from '../persons/person.ts';
import { isCarried } from './carried-content.ts';
import type { Conversation } from './conversation.ts';
import { createConversationAgentsStore } from './conversation-agents-store.ts';
import type { ChangeStatus } from './conversation-status.ts';
import { conversationChanged, eventAdded, type Effect } from './effect.ts';
import { createEventIndexStore, type Place } from './event-index-store.ts';
import { isEdit, relationOf, type EventRelation } from './event-relation.ts';
import { saysSomething } from './shown-message.ts';

/** Who wrote an event of a conversation. */
export type Author =
  | { readonly kind: 'company' | 'stranger' }
  | { readonly kind: 'person'; readonly identity: PersonIdentity }
  | { readonly kind: 'member'; readonly member: CompanyMember };

/** What the other nouns tell us; each takes the transaction in which it is asked. */
export type ConversationNeighbours = {
  findCompany(database: Database, id: CompanyId): Promise<Company | undefined>;
  /** A current member only. */
  findMember(database: Database, companyId: CompanyId, userId: UserId): Promise<CompanyMember | undefined>;
  findIdentity(database: Database, userId: UserId): Promise<PersonIdentity | undefined>;
  /** Whether the company takes no messages of a customer. Visitors were asked before their ghost wrote. */
  isRefused(database: Database, company: Company, customer: UserId): Promise<boolean>;
};

/** What the team does with what happens in a conversation; each runs in the transaction in which the event is applied. */
export type ConversationTeam = {
  /** The first event came: the team is told. */
  begun(transaction: Database, conversation: Conversation): Promise<Effect[]>;
  /** The person said something. */
  personSpoke(transaction: Database, conversation: Conversation, company: Company): Promise<void>;
  /** A member answered a conversation that waited. */
  answered(transaction: Database, conversation: Conversation, member: CompanyMember): Promise<void>;
  /** Whether a member's event is a command: no visitor ever sees it, and a customer on Matrix until it is taken back. */
  isCommand(event: MatrixEvent): boolean;
  /** Carries out a command that was typed into the conversation. */
  obey(transaction: Database, conversation: Conversation, member: CompanyMember, event: MatrixEvent): Promise<Effect[]>;
};

/** Applies events of conversations to rows: index, status, agents, outbox. No Matrix call happens here (design 3). */
export type ConversationEvents = {
  /** An event in the room of a conversation. */
  applyToConversation(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<Effect[]>;
  /** Indexes an event that the person sent; the first one makes a conversation known, and a message takes a closed one up again. Answers its place, old or new. */
  recordPersonEvent(
    transaction: Database,
    conversation: Conversation,
    event: MatrixEvent,
    /** Whose conversation it is, where the caller has it. */
    company?: Company,
  ): Promise<{ seq: number; effects: Effect[] }>;
};

/** Whether an event says something new; others (edits, reactions, redactions) do not answer or reopen a conversation. */
const isSaid = ({ type, content }: Pick<MatrixEvent, 'type' | 'content'>): boolean => saysSomething(type) && !isEdit(content);

/** How an event hangs on another one, for the index. */
function relationFor({ content, redacts }: MatrixEvent): EventRelation | undefined {
  return redacts === undefined ? relationOf(content) : { type: null, eventId: redacts };
}

type Dependencies = {
  readonly neighbours: ConversationNeighbours;
  readonly team: ConversationTeam;
  readonly changeStatus: ChangeStatus;
  readonly addToOutbox: AddToOutbox;
  /** Names this process in notices to the others. */
  readonly processId: string;
};

/** See `ConversationEvents`. */
export function createConversationEvents(dependencies: Dependencies): ConversationEvents {
  const { neighbours, team, changeStatus, addToOutbox, processId } = dependencies;

  async function authorOf(transaction: Database, conversation: Conversation, sender: UserId): Promise<Author> {
    const identity = await neighbours.findIdentity(transaction, sender);
    if (identity !== undefined && identity.personId === conversation.personId) return { kind: 'person', identity };
    const member = await neighbours.findMember(transaction, conversation.companyId, sender);
    if (member !== undefined) return { kind: 'member', member };
    const company = await neighbours.findCompany(transaction, conversation.companyId);
    return { kind: company?.userId === sender ? 'company' : 'stranger' };
  }

  /** Whose words an event is. A notice is a machine's: it answers nobody. */
  function spokenBy(event: MatrixEvent, { kind }: Pick<Author, 'kind'>): { spokenBy?: 'person' | 'company' } {
    if (!isSaid(event)) return {};
    if (kind === 'person') return { spokenBy: 'person' };
    return event.content['msgtype'] === 'm.notice' ? {} : { spokenBy: 'company' };
  }

  /** Gives an event its place. What was taken back loses its edits and its file as well, wherever the redaction came from. */
  async function index(
    transaction: Database,
    conversation: Conversation,
    event: MatrixEvent,
    { aboutPerson, ...spoken }: { aboutPerson: Conversation['personId'] | null; spokenBy?: 'person' | 'company' },
  ): Promise<Place | undefined> {
    const { roomId, eventId, type, sender, mxc, redacts } = event;
    const place = await createEventIndexStore(transaction, processId).add(conversation, {
      ...spoken,
      roomId,
      eventId,
      type,
      sender,
      aboutPerson,
      mxc,
      relation: relationFor(event),
      at: new Date(event.at),
    });
    if (place !== undefined && redacts !== undefined) {
      const { companyId } = conversation;
      await addToOutbox(transaction, [{ lane: roomId, action: 'clearRedacted', payload: { companyId, roomId, eventId: redacts } }]);
    }
    return place;
  }

  async function applyMembership(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<Effect[]> {
    const userId = event.stateKey as UserId;
    const agents = createConversationAgentsStore(transaction);
    if (event.content['membership'] !== 'join') {
      await agents.left(conversation.id, userId, new Date(event.at));
      await createEventIndexStore(transaction, processId).notifyChange(conversation);
      return [conversationChanged(conversation)];
    }
    if ((await neighbours.findMember(transaction, conversation.companyId, userId)) === undefined) {
      // Somebody whose membership ended while an invitation was on its way; the person and the ghost belong here.
      if ((await authorOf(transaction, conversation, userId)).kind !== 'stranger') return [];
      const { companyId } = conversation;
      await addToOutbox(transaction, [{ lane: `${companyId}/${userId}`, action: 'removeMember', payload: { companyId, userId } }]);
      return [];
    }
    await agents.joined(conversation.id, userId, new Date(event.at));
    await createEventIndexStore(transaction, processId).notifyChange(conversation);
    await addToOutbox(transaction, [
      { lane: conversation.roomId, action: 'grantPower', payload: { conversationId: conversation.id, userId } },
    ]);
    return [conversationChanged(conversation)];
  }

  /** The first event came: the team is told, and streams that are open already learn the number of the conversation. */
  async function begin(transaction: Database, conversation: Conversation): Promise<Effect[]> {
    await createEventIndexStore(transaction, processId).notifyChange(conversation);
    return [...(await team.begun(transaction, conversation)), conversationChanged(conversation)];
  }

  async function recordPersonEvent(
    transaction: Database,
    conversation: Conversation,
    event: MatrixEvent,
    known?: Company,
  ): Promise<{ seq: number; effects: Effect[] }> {
    const speaks = spokenBy(event, { kind: 'person' });
    const place = await index(transaction, conversation, event, { aboutPerson: null, ...speaks });
    if (place === undefined) {
      const indexed = await createEventIndexStore(transaction, processId).findByEventId(event.eventId);
      if (indexed === undefined) throw new Error('an event that has a place was not found');
      return { seq: indexed.seq, effects: [] };
    }
    const begun = place.seq === 1 ? await begin(transaction, conversation) : [];
    const reopened =
      place.status === 'closed' && speaks.spokenBy !== undefined
        ? await changeStatus(transaction, conversation, { from: ['closed'], to: 'waiting', template: 'reopened' })
        : [];
    const company =
      speaks.spokenBy === undefined ? undefined : (known ?? (await neighbours.findCompany(transaction, conversation.companyId)));
    if (company !== undefined) await team.personSpoke(transaction, conversation, company);
    return { seq: place.seq, effects: [eventAdded(conversation, place.seq, event), ...begun, ...reopened] };
  }

  /** What is typed for the team alone: indexed like a note about the person, so that it is carried out once and never shown to them. */
  async function applyCommand(
    transaction: Database,
    conversation: Conversation,
    member: CompanyMember,
    event: MatrixEvent,
  ): Promise<Effect[]> {
    const { companyId, roomId, personId } = conversation;
    if ((await index(transaction, conversation, event, { aboutPerson: personId })) === undefined) return [];
    await addToOutbox(transaction, [{ lane: roomId, action: 'redact', payload: { companyId, roomId, eventId: event.eventId } }]);
    return team.obey(transaction, conversation, member, event);
  }

  /** Whether an event takes back what the person never saw (a command), or what is not known. */
  async function isNothingToPerson(transaction: Database, { id }: Conversation, event: MatrixEvent): Promise<boolean> {
    if (event.redacts === undefined) return false;
    const taken = await createEventIndexStore(transaction, processId).findByEventId(event.redacts);
    return taken?.conversationId !== id || taken.aboutPerson !== null;
  }

  /** Whether a customer wrote whom the room should have kept from it: the block was not there yet, or the power to write came back. */
  async function isRefused(transaction: Database, { companyId }: Conversation, author: Author): Promise<boolean> {
    if (author.kind !== 'person' || author.identity.kind !== 'customer') return false;
    const company = await neighbours.findCompany(transaction, companyId);
    return company !== undefined && neighbours.isRefused(transaction, company, author.identity.userId);
  }

  /** What such a customer wrote is indexed like all that stands in the room; it begins nothing and reopens nothing. */
  async function applyRefused(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<Effect[]> {
    const place = await index(transaction, conversation, event, { aboutPerson: null });
    if (place === undefined) return [];
    const { id: conversationId, roomId } = conversation;
    await addToOutbox(transaction, [{ lane: roomId, action: 'bringWriting', payload: { conversationId } }]);
    return [eventAdded(conversation, place.seq, event)];
  }

  return {
    recordPersonEvent,

    async applyToConversation(transaction, conversation, event) {
      if (event.type === 'm.room.member' && event.stateKey !== undefined) return applyMembership(transaction, conversation, event);
      if (event.stateKey !== undefined) return [];
      const author = await authorOf(transaction, conversation, event.sender);
      if (author.kind === 'stranger') return [];
      if (await isRefused(transaction, conversation, author)) return applyRefused(transaction, conversation, event);
      // What the ghost repeats counts as said by the person: it begins the conversation, and takes it up again.
      if (author.kind === 'person' || (author.kind === 'company' && isCarried(event.content)))
        return (await recordPersonEvent(transaction, conversation, event)).effects;
      const member = author.kind === 'member' ? author.member : undefined;
      if (member !== undefined && !conversation.encrypted && team.isCommand(event))
        return applyCommand(transaction, conversation, member, event);
      if (await isNothingToPerson(transaction, conversation, event)) return [];
      const speaks = spokenBy(event, author);
      const place = await index(transaction, conversation, event, { aboutPerson: null, ...speaks });
      if (place === undefined) return [];
      if (member === undefined || speaks.spokenBy === undefined || place.status !== 'waiting')
        return [eventAdded(conversation, place.seq, event)];
      const opened = await changeStatus(transaction, conversation, { from: ['waiting'], to: 'open' });
      await team.answered(transaction, conversation, member);
      return [eventAdded(conversation, place.seq, event), ...opened];
    },
  };
}
