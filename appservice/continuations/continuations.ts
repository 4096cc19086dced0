import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { AccountId, CompanyId, ConversationId, PersonId, SessionId, UserId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { hashToken } from '../opaque-token.ts';
import { createContinuationStore } from './continuation-store.ts';
import type { ContinuationRequest, ContinuationView } from './continuation-wire.ts';

type Session = AuthTypes['visitor'];
type Visitor = NonNullable<Session['visitor']>;

/** What the other nouns tell and do; each takes the transaction it belongs to. */
export type ContinuationNeighbours = {
  /** The session that asked for a code of the kind that leads into the app, and is open still. */
  readonly findIssuer: (database: Database, hash: string) => Promise<Session | undefined>;
  /** Uses a code up; false where it was used already. */
  readonly takeCode: (database: Database, hash: string) => Promise<boolean>;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly countConversations: (database: Database, personId: PersonId, companyId: CompanyId) => Promise<number>;
  /** The person of an account; undefined where it is gone. */
  readonly findPerson: (database: Database, id: AccountId) => Promise<PersonId | undefined>;
  readonly userIdOf: (id: AccountId) => UserId;
  /** Whether the Matrix user of an account is there: the homeserver makes it at the first sign-in. */
  readonly userExists: (userId: UserId) => Promise<boolean>;
  readonly lockPerson: (database: Database, id: PersonId) => Promise<void>;
  /** The session as it is now, locked. */
  readonly lockSession: (database: Database, id: SessionId) => Promise<Session | undefined>;
  readonly isBlocked: (database: Database, companyId: CompanyId, personId: PersonId) => Promise<boolean>;
  readonly isMember: (database: Database, companyId: CompanyId, userId: UserId) => Promise<boolean>;
  /** Ends what a visitor has at a company: sessions, codes, and what its signature said of them. */
  readonly endVisitor: (database: Database, personId: PersonId, companyId: CompanyId) => Promise<void>;
  /** Gives one person all that is another's, Matrix ids included, and removes the other; answers the conversations. */
  readonly mergePersons: (database: Database, from: PersonId, to: PersonId) => Promise<readonly ConversationId[]>;
};

type Dependencies = {
  readonly database: Database;
  readonly neighbours: ContinuationNeighbours;
  readonly addToOutbox: AddToOutbox;
  readonly now: () => Date;
};

/** One answer for a code that was used, is too old, is another company's or never was: who tries learns nothing. */
const noSuchCode = (): ApiError =>
  new ApiError('COM_SMOOPE_CODE_USED', 'The code was used or is too old; ask for a new one in the chat.', { field: 'body.code' });

/** Lets a visitor become a customer (§6): their conversations go on in an account of theirs. */
export function createContinuations({ database, neighbours, addToOutbox, now }: Dependencies) {
  /** Whose code it is; where nothing was said yet, there is nothing to take along. */
  async function findIssuer({
    code,
    company: slug,
  }: ContinuationRequest): Promise<{ session: Session; visitor: Visitor; company: Company }> {
    const session = await neighbours.findIssuer(database, hashToken(code));
    const company = session === undefined ? undefined : await neighbours.findCompany(session.companyId);
    if (session === undefined || session.visitor === null || company === undefined || company.slug !== slug) throw noSuchCode();
    if (company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
    return { session, visitor: session.visitor, company };
  }

  async function requirePossible(
    transaction: Database,
    { company, visitor, userId }: { company: Company; visitor: Visitor; userId: UserId },
  ): Promise<void> {
    if (await neighbours.isBlocked(transaction, company.id, visitor.personId))
      throw new ApiError('COM_SMOOPE_BLOCKED', 'The company takes no more messages from you here.');
    if (await neighbours.isMember(transaction, company.id, userId))
      throw new ApiError('COM_SMOOPE_CONFLICT', 'You answer for this company; use an account of your own as a customer.');
  }

  return {
    /** What a code would take along; it stays good. Throws as `continueIn`. */
    async preview(request: ContinuationRequest): Promise<ContinuationView> {
      const { visitor, company } = await findIssuer(request);
      const conversations = await neighbours.countConversations(database, visitor.personId, company.id);
      return { company: { slug: company.slug, name: company.name }, conversations };
    },

    /**
     * Moves the visitor's conversations to an account: from now on account and ghost are one person, the visitor's sessions are over,
     * and the rooms follow from the outbox. Throws COM_SMOOPE_CODE_USED, COM_SMOOPE_COMPANY_NOT_OPEN, COM_SMOOPE_BLOCKED, COM_SMOOPE_CONFLICT.
     */
    async continueIn(accountId: AccountId, request: ContinuationRequest): Promise<ContinuationView> {
      const { session, visitor, company } = await findIssuer(request);
      const userId = neighbours.userIdOf(accountId);
      if (!(await neighbours.userExists(userId)))
        throw new ApiError('COM_SMOOPE_CONFLICT', 'Sign in to the app once, then open the link again.');
      const moved = await inTransaction(database, async (transaction) => {
        const personId = await neighbours.findPerson(transaction, accountId);
        if (personId === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This account is gone.');
        // Persons before sessions, as whoever begins a conversation; in one order, so that two moves do not wait for each other.
        for (const id of [visitor.personId, personId].toSorted()) await neighbours.lockPerson(transaction, id);
        const locked = await neighbours.lockSession(transaction, session.id);
        if (locked?.visitor?.personId !== visitor.personId || personId === visitor.personId) throw noSuchCode();
        if (!(await neighbours.takeCode(transaction, hashToken(request.code)))) throw noSuchCode();
        await requirePossible(transaction, { company, visitor, userId });
        await neighbours.endVisitor(transaction, visitor.personId, company.id);
        const conversations = await neighbours.mergePersons(transaction, visitor.personId, personId);
        const store = createContinuationStore(transaction);
        for (const conversationId of conversations) {
          await store.add({ conversationId, ghost: visitor.userId, userId }, now());
          // A lane of its own: it waits for the person to come, and nobody else in the room has to.
          await addToOutbox(transaction, [{ lane: `${conversationId}/app`, action: 'continueInApp', payload: { conversationId } }]);
        }
        return conversations;
      });
      return { company: { slug: company.slug, name: company.name }, conversations: moved.length };
    },
  };
}

/** See `createContinuations`. */
export type Continuations = ReturnType<typeof createContinuations>;
