import type { Company } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, EventId, PersonId, RoomId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import type { VisitedRooms } from '../matrix/visited-rooms.ts';
import type { Refusal } from './customer-admission.ts';
import { CARRIED_EVENTS, isSaidType, JOINED_MS, type FrontDoor } from './front-door.ts';
import { createFrontDoorStore } from './front-door-store.ts';
import { frontDoorContent, roomLink, type FrontDoorText } from './front-door-texts.ts';

type Content = Readonly<Record<string, unknown>>;

/** What the other nouns do for the front door. */
export type FrontDoorWork = {
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** See `FindRefusal`. */
  readonly findRefusal: (company: Company, userId: UserId) => Promise<Refusal | undefined>;
  /** Remembers that somebody who is blocked knows it. */
  readonly noteTold: (company: Company, userId: UserId) => Promise<void>;
  /** A current member only. */
  readonly isMember: (company: Company, userId: UserId) => Promise<boolean>;
  readonly findConversation: (id: ConversationId) => Promise<Conversation | undefined>;
  /** The conversation of a customer that takes a message now; made where there is none. */
  readonly openConversation: (company: Company, personId: PersonId) => Promise<Conversation>;
  /** Invites the customer to it; `joined` where they are there already. */
  readonly invite: (company: Company, roomId: RoomId, userId: UserId) => Promise<'invited' | 'joined'>;
  /** See `carriedContent` and `correctedContent` of the conversations. */
  readonly repeat: (content: Content, eventId: EventId, locale: 'de' | 'en') => Content | undefined;
  readonly correct: (repeated: Content, carriedEventId: EventId) => Content;
};

type Dependencies = {
  readonly database: Database;
  readonly visited: VisitedRooms;
  readonly sending: Sending;
  readonly work: FrontDoorWork;
  readonly serverName: string;
  readonly now: () => Date;
};

/** The Matrix calls of the front door; each may be repeated. */
export type FrontDoorOutbox = Pick<OutboxHandlers, 'declineInvitation' | 'openFrontDoor' | 'carryEvent' | 'leaveFrontDoor'>;

/** See `FrontDoorOutbox`. */
export function createFrontDoorOutbox({ database, visited, sending, work, serverName, now }: Dependencies): FrontDoorOutbox {
  const doors = createFrontDoorStore(database);

  async function tell(door: FrontDoor, company: Company, text: FrontDoorText, to: RoomId | undefined): Promise<void> {
    // Who is sent away is sent to the company's website.
    const link = to === undefined ? company.settings.origins[0] : roomLink(to, serverName);
    const content = frontDoorContent(text, { locale: company.settings.locale, company: company.name, link });
    // Named by the invitation: who invites again later is told again, a repeated call tells nothing twice.
    await visited.say(company, door.roomId, content, `front-door-${text}-${door.inviteEventId}`);
  }

  async function leave(company: Company, roomId: RoomId): Promise<void> {
    await visited.leave(company, roomId);
    await doors.close(roomId);
  }

  /** Says why nothing is taken, unless the person knows, and goes. */
  async function refuse(door: FrontDoor, company: Company, { reason, wasTold }: Refusal): Promise<void> {
    if (!wasTold) await tell(door, company, reason, undefined);
    if (reason === 'blocked') await work.noteTold(company, door.userId);
    await leave(company, door.roomId);
  }

  /** Sends in the conversation what the person wrote at the door, under an id that follows from their own event; false where it is left out. */
  async function repeat(door: FrontDoor, company: Company, conversation: Conversation, event: MatrixEvent): Promise<boolean> {
    const { locale } = company.settings;
    const replaced = replacedBy(event);
    const carried = replaced === undefined ? undefined : await doors.findCarried(door.roomId, replaced);
    const source = replaced === undefined ? event.content : objectAt(event.content, 'm.new_content');
    const repeated = work.repeat(source, event.eventId, locale);
    if (repeated === undefined || (await doors.countCarried(door.roomId)) >= CARRIED_EVENTS) return false;
    const content = carried === undefined ? repeated : work.correct(repeated, carried);
    const { roomId } = conversation;
    const eventId = await sending.send({ as: company, roomId, type: 'm.room.message', content, txnId: `carried-${event.eventId}` });
    await doors.addCarried(door.roomId, event.eventId, eventId);
    return true;
  }

  /** Carries an event over; answers what the person is to be told because of it. */
  async function carry(
    door: FrontDoor,
    company: Company,
    conversation: Conversation,
    event: MatrixEvent,
  ): Promise<'partly' | 'encrypted' | undefined> {
    if (event.type === 'm.room.encrypted') return 'encrypted';
    if (event.redacts !== undefined) {
      const carried = await doors.findCarried(door.roomId, event.redacts);
      if (carried === undefined) return undefined;
      await sending.redact({ as: company, roomId: conversation.roomId, eventId: carried, txnId: `carried-${event.eventId}` });
      return undefined;
    }
    // Taken back before the ghost came: nothing of it is missed.
    if (!isSaidType(event.type) || Object.keys(event.content).length === 0) return undefined;
    if ((await doors.findCarried(door.roomId, event.eventId)) !== undefined) return undefined;
    return (await repeat(door, company, conversation, event)) ? undefined : 'partly';
  }

  /** Finds or makes the conversation, brings the person and their words there, and tells where it is. */
  async function receive(door: FrontDoor, company: Company, personId: PersonId): Promise<void> {
    const conversation = await work.openConversation(company, personId);
    await doors.setConversation(door.roomId, conversation.id);
    const membership = await work.invite(company, conversation.roomId, door.userId);
    const { isEncrypted, others } = await visited.look(company, door.roomId);
    if (others.some((userId) => userId !== door.userId)) {
      // What is said there is not said to the company alone; nothing of it is ours to repeat.
      await tell(door, company, 'elsewhere', conversation.roomId);
      return leave(company, door.roomId);
    }
    // In the order in which it was written, before anything that came while the ghost was on its way.
    const missing = new Set<FrontDoorText | undefined>(isEncrypted ? ['encrypted'] : []);
    for (const event of await visited.listWritten(company, door.roomId)) {
      if (event.sender === door.userId) missing.add(await carry(door, company, conversation, event));
    }
    const text = (['encrypted', 'partly'] as const).find((reason) => missing.has(reason)) ?? 'here';
    await tell(door, company, text, conversation.roomId);
    if (isEncrypted) return leave(company, door.roomId);
    if (membership === 'joined') await doors.hasten({ roomId: door.roomId }, new Date(now().getTime() + JOINED_MS));
  }

  return {
    declineInvitation: ({ userId, roomId }) => visited.leave({ userId }, roomId),

    async openFrontDoor({ roomId }) {
      const door = await doors.find(roomId);
      if (door === undefined) return;
      const company = await work.getCompany(door.companyId);
      if (company.status !== 'live' || !(await visited.enter(company, roomId))) return leave(company, roomId);
      const refusal = await work.findRefusal(company, door.userId);
      if (refusal !== undefined) return refuse(door, company, refusal);
      if (door.personId !== null) return receive(door, company, door.personId);
      if (company.teamRoomId !== null && (await work.isMember(company, door.userId)))
        await tell(door, company, 'member', company.teamRoomId);
      await leave(company, roomId);
    },

    async carryEvent({ roomId, eventId }) {
      const door = await doors.findLeaving(roomId);
      if (door === undefined || door.conversationId === null) return;
      const company = await work.getCompany(door.companyId);
      const refusal = await work.findRefusal(company, door.userId);
      if (refusal !== undefined) return refuse(door, company, refusal);
      const conversation = await work.findConversation(door.conversationId);
      const event = conversation === undefined ? undefined : await visited.findEvent(company, roomId, eventId);
      if (conversation === undefined || event === undefined || event.sender !== door.userId) return;
      const text = await carry(door, company, conversation, event);
      if (text !== undefined) await tell(door, company, text, conversation.roomId);
    },

    async leaveFrontDoor({ companyId, roomId }) {
      await visited.leave(await work.getCompany(companyId), roomId);
    },
  };
}

/** The event that a message replaces (https://spec.matrix.org/v1.15/client-server-api/#event-replacements). */
function replacedBy({ content }: MatrixEvent): EventId | undefined {
  const relation = objectAt(content, 'm.relates_to');
  const { event_id: eventId } = relation;
  return relation['rel_type'] === 'm.replace' && typeof eventId === 'string' ? (eventId as EventId) : undefined;
}

function objectAt(content: Content, key: string): Content {
  const value = content[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
