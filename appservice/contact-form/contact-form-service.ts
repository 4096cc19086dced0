import { createHash } from 'node:crypto';
import type { Company } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { errorOf, shutFor } from './contact-error.ts';
import type { ContactConversation, ContactError, ContactFault, ContactForm, ContactSent } from './contact-form-wire.ts';
import { ADDRESS_FIELD, CODE_FIELD, FIELD_PREFIX, TRAP_FIELD } from './contact-form-wire.ts';
import type { EventsResponse } from '../conversations/conversation-wire.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { ConversationId, EventId } from '../ids.ts';
import { hashToken } from '../opaque-token.ts';
import type { PreChatField } from '../contact-fields/contact-field-wire.ts';
import type { FormSessionService } from '../visitors/form-session-service.ts';
import type { ContactLink } from './contact-link-store.ts';
import type { ContactLinks } from './contact-links.ts';
import type { ContactNoticeService } from './contact-notice-service.ts';
import { createContactSubmissionStore } from './contact-submission-store.ts';
import type { FormTokens } from './form-token.ts';
import { isProof, PUZZLE_BITS } from './proof-of-work.ts';

type Session = AuthTypes['visitor'];
type Own = { readonly conversation: Conversation; readonly visitor: NonNullable<Session['visitor']> };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A company's form takes so many times the number that counts as an attack; what comes beyond is refused, work or not. */
const REFUSED_TIMES = 10;

const LONGEST_MESSAGE = 10_000;

/** Events that a conversation's page shows. */
const SHOWN_EVENTS = 60;

/** What the form asks of the other nouns. */
export type ContactNeighbours = {
  /** What the company asks beside the message, in the language of the page. */
  readonly fieldsOf: (company: Company, locale: string) => readonly PreChatField[];
  /** Sends a message with values of the company's fields; throws `ApiError` whose `field` names `body.fields.<key>` for a bad one. */
  readonly send: (
    session: Session,
    message: { body: string; txnId: string; fields: Readonly<Record<string, string>> },
  ) => Promise<{ conversationId: ConversationId }>;
  readonly listOwn: (session: Session) => Promise<readonly Conversation[]>;
  readonly getOwn: (session: Session, id: ConversationId) => Promise<Own>;
  readonly markRead: (session: Session, id: ConversationId, eventId: EventId) => Promise<void>;
  readonly listEvents: (own: Own, limit: number) => Promise<EventsResponse>;
};

type Dependencies = {
  readonly database: Database;
  readonly sessions: FormSessionService;
  readonly tokens: FormTokens;
  readonly neighbours: ContactNeighbours;
  readonly links: ContactLinks;
  readonly notices: ContactNoticeService;
  /** More forms of a company than this in a minute are an attack. */
  readonly attackPerMinute: number;
  readonly now: () => Date;
};

/** What a form that was sent came to: the token of the session in which the answer can be read, or what is wrong with it. */
export type Submission =
  { readonly kind: 'sent'; readonly token: string | undefined } | { readonly kind: 'refused'; readonly form: ContactForm };

/** What a company's form does; pages without script stand before it. */
export function createContactFormService(dependencies: Dependencies) {
  const { database, sessions, tokens, neighbours, links, notices, attackPerMinute, now } = dependencies;
  const submissions = createContactSubmissionStore(database);
  const ago = (ms: number): Date => new Date(now().getTime() - ms);

  const countLately = (company: Company): Promise<number> => submissions.countSince(company.id, ago(MINUTE_MS));

  async function formOf(
    company: Company,
    locale: string,
    { values = {}, errors = [], token }: { values?: ContactForm['values']; errors?: ContactForm['errors']; token?: string } = {},
  ): Promise<ContactForm> {
    const puzzleBits = (await countLately(company)) >= attackPerMinute ? PUZZLE_BITS : null;
    const { [TRAP_FIELD]: _trap, ...kept } = values;
    const fields = neighbours.fieldsOf(company, locale);
    return { token: token ?? tokens.issue(company.slug), puzzleBits, fields, noticeWays: notices.ways, values: kept, errors };
  }

  function faultOfMessage(message: string): ContactFault | undefined {
    if (message === '') return 'empty';
    if (message.length > LONGEST_MESSAGE) return 'tooLong';
    return message.isWellFormed() && !message.includes('\u0000') ? undefined : 'unreadable';
  }

  /** What holds off programs; each is told to whoever is taken for one by mistake. */
  async function errorOfSender(company: Company, values: ContactForm['values']): Promise<ContactError | undefined> {
    const token = values['token'] ?? '';
    const verdict = tokens.judge(company.slug, token);
    if (verdict !== 'good') return { field: null, fault: verdict };
    if (values[TRAP_FIELD] !== undefined && values[TRAP_FIELD] !== '') return { field: TRAP_FIELD, fault: 'trap' };
    const count = await countLately(company);
    if (count >= attackPerMinute * REFUSED_TIMES) return untilFewerThan(company, attackPerMinute * REFUSED_TIMES, 'busy');
    if (count < attackPerMinute || isProof(token, values['proof'] ?? '', PUZZLE_BITS)) return undefined;
    return untilFewerThan(company, attackPerMinute, 'puzzle');
  }

  /** Says when the form has been sent fewer times in a minute than it was now. */
  async function untilFewerThan(company: Company, count: number, fault: ContactFault): Promise<ContactError> {
    const sentAt = (await submissions.sentAt(company.id, count))?.getTime() ?? 0;
    return { field: null, fault, retryAfterMs: Math.max(0, sentAt + MINUTE_MS - now().getTime()) };
  }

  /** The session in which this form is, or was, sent. A form that is sent twice at once finds the session of the first. */
  async function sessionFor(
    company: Company,
    locale: string,
    tokenHash: string,
    known: Session | undefined,
  ): Promise<{ session: Session; token: string | undefined }> {
    const begun = await inTransaction(database, async (transaction) => {
      const { id, token } =
        known === undefined ? await sessions.begin(transaction, { companyId: company.id, locale }) : { id: known.id, token: undefined };
      return (await createContactSubmissionStore(transaction).add(tokenHash, company.id, id)) ? { id, token } : undefined;
    });
    const id = begun?.id ?? (await submissions.findSession(tokenHash));
    const session = id === undefined ? undefined : await sessions.find(id);
    if (session === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'The session of this form has ended.');
    if (begun !== undefined || session.id === known?.id) return { session, token: begun?.token };
    return { session, token: await sessions.renew(session.id) };
  }

  async function deliver(
    company: Company,
    values: ContactForm['values'],
    known: Session | undefined,
    locale: string,
  ): Promise<{ token: string | undefined }> {
    const token = values['token'] ?? '';
    const body = (values['message'] ?? '').trim();
    const { session, token: sessionToken } = await sessionFor(company, locale, hashToken(token), known);
    const fields = Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        name.startsWith(FIELD_PREFIX) && value.trim() !== '' ? [[name.slice(FIELD_PREFIX.length), value] as const] : [],
      ),
    );
    // A changed text is another message: the id of the one before would hide it.
    const txnId = createHash('sha256').update(`${token}\n${body}`).digest('base64url');
    const { conversationId } = await neighbours.send(session, { body, txnId, fields });
    const address = addressIn(values);
    const visitor = address === '' ? null : (await sessions.find(session.id))?.visitor;
    // The message has arrived; what is wrong with the address by now is said where it can be given again.
    if (visitor) await notices.ask({ conversationId, personId: visitor.personId, userId: visitor.userId }, address, locale);
    return { token: sessionToken };
  }

  const addressIn = (values: ContactForm['values']): string => (notices.ways.length === 0 ? '' : (values[ADDRESS_FIELD] ?? '').trim());

  /** The latest conversation of a session, and who comes back to it by a link. */
  async function latestOf(session: Session): Promise<{ conversation: Conversation; link: ContactLink } | undefined> {
    const [conversation] = await neighbours.listOwn(session);
    if (conversation === undefined || session.visitor === null) return undefined;
    const { personId, userId } = session.visitor;
    return { conversation, link: { conversationId: conversation.id, personId, userId } };
  }

  return {
    formOf,

    /** Takes a form that was sent; what went wrong comes back as a form with what was entered. Throws what is no matter of the form. */
    async submit(
      company: Company,
      values: ContactForm['values'],
      { known, locale }: { known: Session | undefined; locale: string },
    ): Promise<Submission> {
      const refuse = async (error: ContactError): Promise<Submission> => {
        // The token stays, so that a message that did arrive is not sent twice; one that is too old is made anew.
        const keeps = error.fault === 'expired' ? {} : { token: values['token'] ?? '' };
        return { kind: 'refused', form: await formOf(company, locale, { values, errors: [error], ...keeps }) };
      };
      const shut = shutFor(company);
      if (shut !== undefined) return refuse({ field: null, fault: shut });
      const faulty = faultOfMessage((values['message'] ?? '').trim());
      if (faulty !== undefined) return refuse({ field: 'message', fault: faulty });
      const address = addressIn(values);
      if (address !== '' && !notices.isAddress(address)) return refuse({ field: ADDRESS_FIELD, fault: 'invalid' });
      const held = await errorOfSender(company, values);
      if (held !== undefined) return refuse(held);
      try {
        return { kind: 'sent', ...(await deliver(company, values, known, locale)) };
      } catch (error) {
        const named = errorOf(error);
        if (named === undefined) throw error;
        return refuse(named);
      }
    },

    /** Whose cookie it is: a session with this company. */
    async use(company: Company, token: string | undefined): Promise<Session | undefined> {
      const session = token === undefined ? undefined : await sessions.use(token);
      return session?.companyId === company.id ? session : undefined;
    },

    /** What is said after sending; undefined where nothing was sent in this session. Makes a link each time, of which the last twenty are good. */
    async describeSent(
      company: Company,
      session: Session,
      { values = {}, errors = [] }: Partial<Pick<ContactForm, 'values' | 'errors'>> = {},
    ): Promise<ContactSent | undefined> {
      const latest = await latestOf(session);
      if (latest === undefined) return undefined;
      const { number, id } = latest.conversation;
      const link = await links.make(company, latest.link);
      return { number, link, linkDays: links.days, notice: await notices.stateOf(id), form: { values, errors } };
    },

    /** Does something about the notices of a session's latest conversation; undefined where it is done, else what is wrong. */
    async changeNotice(
      session: Session,
      change: 'ask' | 'prove' | 'stop',
      values: ContactForm['values'],
      locale: string,
    ): Promise<ContactError | undefined> {
      const latest = await latestOf(session);
      if (latest === undefined) return { field: null, fault: 'expired' };
      const { link } = latest;
      if (change === 'stop') {
        await notices.stop(link.conversationId);
        return undefined;
      }
      const field = change === 'ask' ? ADDRESS_FIELD : CODE_FIELD;
      const entered = values[field] ?? '';
      const fault = change === 'ask' ? await notices.ask(link, entered, locale) : await notices.prove(link.conversationId, entered);
      return fault === undefined ? undefined : { field, fault };
    },

    /** Uses a link up; answers the token of a session that it opens, undefined for a link that is good no more. */
    async openLink(company: Company, code: string, locale: string): Promise<string | undefined> {
      const link = await links.take(company, code);
      return link === undefined ? undefined : sessions.openFor(link, { companyId: company.id, locale });
    },

    /** The latest conversation as a page; what is shown counts as read. Undefined where there is none. */
    async describeConversation(
      company: Company,
      session: Session,
      form: Partial<Pick<ContactForm, 'values' | 'errors' | 'token'>> = {},
    ): Promise<ContactConversation | undefined> {
      const [latest] = await neighbours.listOwn(session);
      if (latest === undefined) return undefined;
      const own = await neighbours.getOwn(session, latest.id);
      const { events, before } = await neighbours.listEvents(own, SHOWN_EVENTS);
      const last = events.at(-1);
      if (last !== undefined) await neighbours.markRead(session, latest.id, last.eventId as EventId);
      const { token = tokens.issue(company.slug), values = {}, errors = [] } = form;
      return {
        number: latest.number,
        isClosed: latest.status === 'closed',
        events,
        hasOlder: before !== null,
        form: { token, values, errors },
        notice: await notices.stateOf(latest.id),
        timeZone: company.settings.businessHours?.timeZone ?? 'Europe/Berlin',
      };
    },

    /** Sends an answer; undefined where it was taken, else what is wrong with it. */
    async answer(company: Company, session: Session, values: ContactForm['values']): Promise<ContactError | undefined> {
      const body = (values['message'] ?? '').trim();
      const fault = faultOfMessage(body);
      if (fault !== undefined) return { field: 'message', fault };
      const token = values['token'] ?? '';
      if (tokens.judge(company.slug, token) === 'expired') return { field: null, fault: 'expired' };
      try {
        const txnId = createHash('sha256').update(`${token}\n${body}`).digest('base64url');
        await neighbours.send(session, { body, txnId, fields: {} });
        return undefined;
      } catch (error) {
        const named = errorOf(error);
        if (named === undefined) throw error;
        return named;
      }
    },

    /** Ends the session, for who sits at somebody else's computer. */
    leave: (session: Session): Promise<void> => sessions.end(session.id),

    /** Deletes links that are good no more, and what is known of forms that were sent long ago. */
    async deleteExpired(): Promise<void> {
      await links.deleteExpired();
      await notices.deleteExpired();
      await submissions.deleteOlder(ago(DAY_MS));
    },
  };
}

/** See `createContactFormService`. */
export type ContactFormService = ReturnType<typeof createContactFormService>;
