import type { Company } from '../companies/company.ts';
import type { GivenFields } from '../contact-fields/contact-field.ts';
import type { ContactFields } from '../contact-fields/contact-fields.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, ConversationId, EventId, RoomId } from '../ids.ts';
import type { OwnSends } from '../matrix/own-sends.ts';
import type { Sending, SendingGhost } from '../matrix/sending.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationOpening } from './conversation-opening.ts';
import type { ConversationPublisher } from './conversation-publisher.ts';
import { createConversationStore } from './conversation-store.ts';
import { chooseConversation, takesNewMessages, type Conversation } from './conversation.ts';
import { conversationChanged } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';
import type { EventPreparation } from './event-preparation.ts';
import type { SentEvent } from './sent-event-wire.ts';

type Session = AuthTypes['visitor'];
type Content = Readonly<Record<string, unknown>>;

/** Where a message stands. */
export type PlacedMessage = {
  readonly eventId: EventId;
  readonly conversationId: ConversationId;
  readonly seq: number;
  readonly at: number;
};

/** A conversation and the ghost and device as which its person writes there. */
export type OwnConversation = { readonly conversation: Conversation; readonly visitor: NonNullable<Session['visitor']> };

/** What a visitor does in conversations. */
export type ConversationService = {
  /**
   * Sends an event once, however often it is repeated with the same `txnId`: to the conversation of what it relates to, to the
   * one named, else to the latest that takes it, else to a new one. Throws COM_SMOOPE_COMPANY_NOT_OPEN,
   * COM_SMOOPE_BLOCKED, COM_SMOOPE_IDENTITY_REQUIRED, M_NOT_FOUND, M_FORBIDDEN, and M_MISSING_PARAM or M_INVALID_PARAM for fields.
   */
  send(session: Session, event: SentEvent): Promise<PlacedMessage>;
  /**
   * The conversation to which a message would go now, begun where there is none, and who writes there. Nobody is told of it
   * before the first event. Throws COM_SMOOPE_COMPANY_NOT_OPEN, M_NOT_FOUND.
   */
  openForMessage(session: Session, id: ConversationId | undefined, isNew: boolean): Promise<OwnConversation>;
  /** The visitor's own conversation; M_NOT_FOUND for anything else, so that a stranger learns nothing. */
  getOwn(session: Session, id: ConversationId): Promise<OwnConversation>;
  listOwn(session: Session): Promise<Conversation[]>;
  setTyping(session: Session, id: ConversationId, typing: boolean): Promise<void>;
  /** Marks all up to an event as read, here and in Matrix. */
  markRead(session: Session, id: ConversationId, eventId: EventId): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly sending: Sending;
  readonly ownSends: Pick<OwnSends, 'during'>;
  readonly opening: ConversationOpening;
  readonly preparation: EventPreparation;
  readonly events: ConversationEvents;
  readonly publisher: ConversationPublisher;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly fillPool: (company: Company) => void;
  /** Throws where the company takes no messages of this session: blocked, not identified. */
  readonly admit: (session: Session, company: Company) => Promise<void>;
  /** What the company asks people about themselves. */
  readonly fields: Pick<ContactFields, 'check' | 'hasRequired' | 'requireAll' | 'keep'>;
  readonly processId: string;
  readonly now: () => Date;
};

/** How long others see the visitor writing unless it is said again, in milliseconds. */
const TYPING_MS = 8_000;

/** See `ConversationService`. */
export function createConversationService(dependencies: Dependencies): ConversationService {
  const { database, sending, ownSends, opening, preparation, events, publisher, findCompany, fillPool, admit, fields, processId, now } =
    dependencies;
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);

  /** The session's company, where it takes messages of the session now. */
  async function getOpenCompany(session: Session): Promise<Company> {
    const company = await findCompany(session.companyId);
    if (company === undefined || company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
    await admit(session, company);
    return company;
  }

  /** The conversation that would take the message; undefined where one would begin. */
  async function findTaking(session: Session, company: Company, id: ConversationId | undefined): Promise<Conversation | undefined> {
    const { reopenDays } = company.settings;
    const named = id === undefined ? undefined : (await getOwn(session, id)).conversation;
    if (named !== undefined && takesNewMessages(named, reopenDays, now())) return named;
    if (session.visitor === null) return undefined;
    return chooseConversation(await conversations.listOfPerson(session.visitor.personId, company.id), reopenDays, now());
  }

  /** Nothing begins before the company has what it asks for first. */
  async function requireFields(
    session: Session,
    company: Company,
    id: ConversationId | 'new' | undefined,
    given: GivenFields,
  ): Promise<void> {
    if (!fields.hasRequired(company)) return;
    const taking = id === 'new' ? undefined : await findTaking(session, company, id);
    if (taking === undefined || taking.lastSeq === 0) await fields.requireAll(company, session.visitor?.personId, given);
  }

  /** The conversation that takes the message, and who writes there. */
  async function choose(session: Session, company: Company, id: ConversationId | undefined, isNew = false): Promise<OwnConversation> {
    const { reopenDays } = company.settings;
    if (id !== undefined) {
      const own = await getOwn(session, id);
      if (takesNewMessages(own.conversation, reopenDays, now())) return own;
    }
    let visitor = session.visitor;
    if (visitor === null) {
      const opened = await opening.openFirst(session, company);
      if (opened.conversation !== undefined) return { conversation: opened.conversation, visitor: opened.visitor };
      visitor = opened.visitor;
    }
    const latest = isNew ? [] : await conversations.listOfPerson(visitor.personId, company.id);
    const chosen = chooseConversation(latest, reopenDays, now());
    return { conversation: chosen ?? (await opening.openNext(session, visitor, company, isNew)), visitor };
  }

  async function getOwn(session: Session, id: ConversationId): Promise<OwnConversation> {
    const { visitor, companyId } = session;
    const conversation = visitor === null ? undefined : await conversations.findOfPerson(id, visitor.personId, companyId);
    if (visitor === null || conversation === undefined) throw new ApiError('M_NOT_FOUND', 'There is no such conversation.');
    return { conversation, visitor };
  }

  async function deliver(sent: SentEvent, content: Content, roomId: RoomId, as: SendingGhost): Promise<EventId> {
    const { type, txnId } = sent;
    if (type !== 'm.room.redaction') return sending.send({ as, roomId, type, content, txnId });
    const eventId = await sending.redact({ as, roomId, eventId: sent.content.redacts as EventId, txnId });
    if (eventId === undefined) throw new ApiError('M_NOT_FOUND', 'The event is gone already.', { field: 'body.content.redacts' });
    return eventId;
  }

  return {
    getOwn,
    async send(session, sent) {
      const { type, txnId } = sent;
      const company = await getOpenCompany(session);
      const given = fields.check(company, sent.fields ?? {});
      const { conversationId, isBound } = await preparation.findDestination(session, sent);
      const isNew = conversationId === undefined && sent.newConversation;
      if (!isBound) await requireFields(session, company, isNew ? 'new' : conversationId, given);
      const { conversation, visitor } =
        isBound && conversationId !== undefined
          ? await getOwn(session, conversationId)
          : await choose(session, company, conversationId, isNew);
      const content = await preparation.contentFor(sent, conversation, visitor.personId);
      const { roomId } = conversation;
      const { eventId, at, seq, effects } = await ownSends.during({ roomId, sender: visitor.userId }, async (isSent) => {
        const id = await deliver(sent, content, roomId, visitor);
        isSent(id);
        const event = {
          eventId: id,
          roomId,
          sender: visitor.userId,
          type,
          content,
          at: now().getTime(),
          txnId,
          mxc: typeof content['url'] === 'string' ? [content['url']] : [],
          stateKey: undefined,
          redacts: type === 'm.room.redaction' ? (sent.content.redacts as EventId) : undefined,
          root: undefined,
        };
        const recorded = await inTransaction(database, async (transaction) => {
          await fields.keep(transaction, company, { id: visitor.personId, locale: session.locale }, given);
          return events.recordPersonEvent(transaction, conversation, event, company);
        });
        return { eventId: id, at: event.at, ...recorded };
      });
      publisher.publish(effects);
      // Not before: the homeserver would make the next room while the message waits.
      if (session.visitor === null) fillPool(company);
      return { eventId, conversationId: conversation.id, seq, at };
    },
    async openForMessage(session, id, isNew) {
      return choose(session, await getOpenCompany(session), id, isNew);
    },
    async listOwn({ visitor, companyId }) {
      return visitor === null ? [] : conversations.listOfPerson(visitor.personId, companyId);
    },
    async setTyping(session, id, typing) {
      const { conversation, visitor } = await getOwn(session, id);
      await sending.setTyping({ as: visitor.userId, roomId: conversation.roomId, typing, timeoutMs: TYPING_MS });
    },
    async markRead(session, id, eventId) {
      const { conversation, visitor } = await getOwn(session, id);
      const read = await index.findByEventId(eventId);
      if (read?.conversationId !== conversation.id || read.roomId !== conversation.roomId) {
        throw new ApiError('M_NOT_FOUND', 'There is no such event in this conversation.', { field: 'body.eventId' });
      }
      if (read.seq <= conversation.readByPersonSeq) return;
      // Matrix first: a mark of ours that Matrix does not know would keep the repetition from telling the company.
      await sending.markRead({ as: visitor.userId, roomId: conversation.roomId, eventId });
      if (!(await conversations.markRead(conversation.id, 'person', read.seq))) return;
      await index.notifyChange(conversation);
      publisher.publish([conversationChanged(conversation)]);
    },
  };
}
