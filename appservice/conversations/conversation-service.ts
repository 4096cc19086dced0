import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, ConversationId, EventId } from '../ids.ts';
import type { Sending } from '../matrix/sending.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationOpening } from './conversation-opening.ts';
import type { ConversationPublisher } from './conversation-publisher.ts';
import { createConversationStore } from './conversation-store.ts';
import { chooseConversation, takesNewMessages, type Conversation } from './conversation.ts';
import { conversationChanged } from './effect.ts';
import { createEventIndexStore } from './event-index-store.ts';

type Session = AuthTypes['visitor'];

/** A message of a visitor, decoded. */
export type VisitorMessage = {
  readonly conversationId: ConversationId | undefined;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly txnId: string;
};

/** Where a message stands. */
export type PlacedMessage = {
  readonly eventId: EventId;
  readonly conversationId: ConversationId;
  readonly seq: number;
  readonly at: number;
};

/** What a visitor does in conversations. */
export type ConversationService = {
  /**
   * Sends a message once, however often it is repeated with the same `txnId`: to the conversation named, else to the latest
   * that takes it, else to a new one. Throws COM_SMOOPE_COMPANY_NOT_OPEN, M_NOT_FOUND.
   */
  send(session: Session, message: VisitorMessage): Promise<PlacedMessage>;
  /** The visitor's own conversation; M_NOT_FOUND for anything else, so that a stranger learns nothing. */
  getOwn(session: Session, id: ConversationId): Promise<{ conversation: Conversation; visitor: NonNullable<Session['visitor']> }>;
  listOwn(session: Session): Promise<Conversation[]>;
  setTyping(session: Session, id: ConversationId, typing: boolean): Promise<void>;
  /** Marks all up to an event as read, here and in Matrix. */
  markRead(session: Session, id: ConversationId, eventId: EventId): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly sending: Sending;
  readonly opening: ConversationOpening;
  readonly events: ConversationEvents;
  readonly publisher: ConversationPublisher;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly fillPool: (company: Company) => void;
  readonly processId: string;
  readonly now: () => Date;
};

/** How long others see the visitor writing unless it is said again, in milliseconds. */
const TYPING_MS = 8_000;

/** See `ConversationService`. */
export function createConversationService(dependencies: Dependencies): ConversationService {
  const { database, sending, opening, events, publisher, findCompany, fillPool, processId, now } = dependencies;
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);

  async function getLiveCompany(id: CompanyId): Promise<Company> {
    const company = await findCompany(id);
    if (company === undefined || company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
    return company;
  }

  /** The conversation that takes the message, and who writes there. */
  async function choose(session: Session, company: Company, id: ConversationId | undefined) {
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
    const latest = await conversations.listOfPerson(visitor.personId, company.id);
    const conversation = chooseConversation(latest, reopenDays, now()) ?? (await opening.openNext(session, visitor, company));
    return { conversation, visitor };
  }

  async function getOwn(session: Session, id: ConversationId) {
    const { visitor, companyId } = session;
    const conversation = visitor === null ? undefined : await conversations.findOfPerson(id, visitor.personId, companyId);
    if (visitor === null || conversation === undefined) throw new ApiError('M_NOT_FOUND', 'There is no such conversation.');
    return { conversation, visitor };
  }

  return {
    getOwn,
    async send(session, { conversationId, type, content, txnId }) {
      const company = await getLiveCompany(session.companyId);
      const { conversation, visitor } = await choose(session, company, conversationId);
      const { roomId } = conversation;
      const eventId = await sending.send({ as: visitor, roomId, type, content, txnId });
      const at = now().getTime();
      const event = {
        eventId,
        roomId,
        sender: visitor.userId,
        type,
        content,
        at,
        txnId,
        mxc: [],
        stateKey: undefined,
        redacts: undefined,
        root: undefined,
      };
      const { seq, effects } = await inTransaction(database, (transaction) => events.recordPersonEvent(transaction, conversation, event));
      publisher.publish(effects);
      // Not before: the homeserver would make the next room while the message waits.
      if (session.visitor === null) fillPool(company);
      return { eventId, conversationId: conversation.id, seq, at };
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
