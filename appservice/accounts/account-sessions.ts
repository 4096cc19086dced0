import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import type { AccountId, AccountSessionId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { AccountCookie } from './account-cookie.ts';
import { createAccountSessionStore, type AccountSession } from './account-session-store.ts';
import { browserFamily } from './browser-family.ts';

/** Moving the last use on each request would be a write per read. */
const TOUCH_MS = 60 * 60_000;

const DAY_MS = 86_400_000;

/** Unused sessions that one look ends. */
const BATCH = 200;

type Dependencies = {
  readonly database: Database;
  readonly cookie: AccountCookie;
  /** Days for which a browser stays signed in after its last use. */
  readonly sessionDays: number;
  /** Ends the provider's session of the same browser, in the transaction in which ours ends. */
  readonly endProviderSession: (transaction: Database, name: string) => Promise<void>;
  /** Notes that the account is used, so that it is not taken for forgotten. */
  readonly noteUse: (transaction: Database, id: AccountId) => Promise<void>;
  readonly now: () => Date;
};

/** Browsers in which somebody is signed in. */
export function createAccountSessions({ database, cookie, sessionDays, endProviderSession, noteUse, now }: Dependencies) {
  const usedAfter = (): Date => new Date(now().getTime() - sessionDays * DAY_MS);

  async function endIn(transaction: Database, id: AccountSessionId): Promise<void> {
    const ended = await createAccountSessionStore(transaction).remove(id);
    if (ended !== undefined && ended.providerSession !== null) await endProviderSession(transaction, ended.providerSession);
  }

  /** The session whose token the browser shows; a token that we have not made is worth nothing. */
  async function find(context: HttpContext): Promise<AccountSession | undefined> {
    const token = cookie.read(context);
    if (token === undefined) return undefined;
    return createAccountSessionStore(database).findByTokenHash(hashToken(token), usedAfter());
  }

  return {
    find,
    /** Who asks; throws M_MISSING_TOKEN or M_UNKNOWN_TOKEN. */
    async authenticate(context: HttpContext): Promise<AccountSession> {
      if (cookie.read(context) === undefined) throw new ApiError('M_MISSING_TOKEN', 'Nobody is signed in here.');
      const session = await find(context);
      if (session === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This session has ended; sign in again.');
      if (now().getTime() - session.lastUsedAt.getTime() > TOUCH_MS) {
        await createAccountSessionStore(database).touch(session.id, now());
        await noteUse(database, session.accountId);
        cookie.write(context, cookie.read(context) ?? '');
      }
      return session;
    },
    /**
     * Signs the browser in under a new token; the old one is worth nothing afterwards. Where somebody else was signed in, their
     * session ends with its Matrix devices; the same person goes on.
     */
    async begin(context: HttpContext, accountId: AccountId): Promise<AccountSessionId> {
      const before = await find(context);
      const token = newToken('a');
      const id = await inTransaction(database, async (transaction) => {
        const sessions = createAccountSessionStore(transaction);
        const isSame = before?.accountId === accountId;
        if (isSame) await sessions.remove(before.id);
        else if (before !== undefined) await endIn(transaction, before.id);
        const providerSession = isSame ? before.providerSession : null;
        await noteUse(transaction, accountId);
        const family = browserFamily(context.get('user-agent'));
        return sessions.create({ ...family, accountId, providerSession, tokenHash: hashToken(token), at: now() });
      });
      cookie.write(context, token);
      return id;
    },
    list: (accountId: AccountId): Promise<AccountSession[]> => createAccountSessionStore(database).list(accountId, usedAfter()),
    /** Ends one session of the account; throws M_NOT_FOUND for any other. */
    async end(accountId: AccountId, id: string): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const own = await createAccountSessionStore(transaction).list(accountId, new Date(0));
        const session = own.find((each) => each.id === id);
        if (session === undefined) throw new ApiError('M_NOT_FOUND', 'There is no such session.', { field: 'params.id' });
        await endIn(transaction, session.id);
      });
    },
    /** Ends every session of an account but one: after a new password, or when somebody else had the old; in the caller's transaction or one of its own. */
    async endOthers(accountId: AccountId, kept: AccountSessionId | null, on: Database = database): Promise<void> {
      await inTransaction(on, async (transaction) => {
        const all = await createAccountSessionStore(transaction).list(accountId, new Date(0));
        for (const { id } of all) if (id !== kept) await endIn(transaction, id);
      });
    },
    /** Takes the cookie from the browser. */
    forget: (context: HttpContext): void => cookie.clear(context),
    /** Keeps which session of the provider the browser has besides ours. */
    async noteProviderSession(context: HttpContext, name: string): Promise<void> {
      const session = await find(context);
      if (session === undefined || session.providerSession === name) return;
      await inTransaction(database, async (transaction) => {
        await createAccountSessionStore(transaction).noteProviderSession(session.id, name);
        // An earlier one whose cookie the browser has lost must not outlive ours.
        if (session.providerSession !== null) await endProviderSession(transaction, session.providerSession);
      });
    },
    /** Ends sessions that were not used for `sessionDays`, with their Matrix devices. */
    async endUnused(): Promise<void> {
      const unused = await createAccountSessionStore(database).listUnused(usedAfter(), BATCH);
      for (const id of unused) await inTransaction(database, (transaction) => endIn(transaction, id));
    },
  };
}

/** See `createAccountSessions`. */
export type AccountSessions = ReturnType<typeof createAccountSessions>;
