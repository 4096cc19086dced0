import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import { bearerToken, type AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { AccountId, ApiSessionId, UserId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createApiSessionStore } from './api-session-store.ts';
import type { MatrixOpenIdToken, OpenedApiSession } from './api-session-wire.ts';

/** Life of a session; the client opens the next one with a new token of the homeserver. */
const LIFE_MS = 60 * 60_000;

/** Longer than the homeserver knows an OpenID token (an hour at Synapse). */
const TOKEN_KEPT_MS = 2 * 60 * 60_000;

type Dependencies = {
  readonly database: Database;
  readonly serverName: string;
  /** Whose token of our homeserver it is; undefined where it is none. */
  readonly findHolder: (token: string) => Promise<UserId | undefined>;
  /** Matrix devices that a user of our server is signed in with; none where there is no such user. */
  readonly listDevices: (userId: UserId) => Promise<readonly string[]>;
  /** Ghosts, bots and the service itself have no sessions. */
  readonly isReserved: (userId: UserId) => boolean;
  readonly findAccount: (userId: UserId) => Promise<AccountId | undefined>;
  /** Whether somebody is a member of any company now. */
  readonly isMember: (userId: UserId) => Promise<boolean>;
  readonly now: () => Date;
};

const forbidden = (message: string, field?: string): ApiError => new ApiError('M_FORBIDDEN', message, field === undefined ? {} : { field });

/** One answer for a token that was used, is too old, was made up, or is not a person's. */
const badToken = (): ApiError =>
  forbidden('body.access_token: was used, is too old or was never given; ask the homeserver for a new one.', 'body.access_token');

const ended = (): ApiError => new ApiError('M_UNKNOWN_TOKEN', 'This session has ended; open a new one with an OpenID token.');

/**
 * Sessions of our API for people in a Matrix client (design 9): customers, agents, admins. A session ends after an hour, with the
 * account, with a membership, and with any Matrix device that the user had when it was opened: the OpenID token does not say from
 * which device it comes, so the sign-out of each counts.
 */
export function createApiSessions(dependencies: Dependencies) {
  const { database, serverName, findHolder, listDevices, isReserved, findAccount, isMember, now } = dependencies;
  const sessions = createApiSessionStore(database);

  return {
    /** Opens a session for whom our homeserver names; throws M_FORBIDDEN. No other server is ever asked. */
    async open({ access_token: matrixToken, matrix_server_name: server }: MatrixOpenIdToken): Promise<OpenedApiSession> {
      if (server !== serverName)
        throw forbidden(`body.matrix_server_name: only tokens of ${serverName} are taken.`, 'body.matrix_server_name');
      const userId = await findHolder(matrixToken);
      if (userId === undefined || !userId.endsWith(`:${serverName}`) || isReserved(userId)) throw badToken();
      // An OpenID token outlives the Matrix session with which it was asked for.
      const devices = await listDevices(userId);
      if (devices.length === 0) throw badToken();
      const accountId = (await findAccount(userId)) ?? null;
      if (accountId === null && !(await isMember(userId)))
        throw forbidden('Only people with an account here and members of companies have sessions.');
      const at = now();
      const token = newToken('m');
      const expiresAt = new Date(at.getTime() + LIFE_MS);
      await inTransaction(database, async (transaction) => {
        const store = createApiSessionStore(transaction);
        if (!(await store.useMatrixToken(hashToken(matrixToken), new Date(at.getTime() + TOKEN_KEPT_MS)))) throw badToken();
        await store.create({ userId, accountId, devices, tokenHash: hashToken(token), at, expiresAt });
      });
      return { token, expiresAt: expiresAt.getTime(), userId };
    },

    /** Who asks, by bearer token; throws M_UNKNOWN_TOKEN. The homeserver is asked each time, because it tells nobody of a sign-out. */
    async authenticate(context: HttpContext): Promise<AuthTypes['api']> {
      const session = await sessions.findByTokenHash(hashToken(bearerToken(context)), now());
      if (session === undefined) throw ended();
      const { id, userId, accountId, expiresAt } = session;
      const present = new Set(await listDevices(userId));
      if (!session.devices.every((device) => present.has(device))) {
        await sessions.remove(id);
        throw ended();
      }
      return { sessionId: id, userId, accountId, expiresAt };
    },

    /** Ends a session; its token is worth nothing afterwards. */
    end: (id: ApiSessionId): Promise<void> => sessions.remove(id),
    deleteExpired: (): Promise<void> => sessions.deleteExpired(now()),
  };
}

/** See `createApiSessions`. */
export type ApiSessions = ReturnType<typeof createApiSessions>;
