import type { Database } from '../database/database.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, DeviceId, PersonId, SessionId, UserId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createVisitorSessionStore } from './visitor-session-store.ts';

type Session = AuthTypes['visitor'];

/** A session of a page without script ends by itself after this time without use, in seconds: it may be anybody's browser. */
export const FORM_SESSION_SECONDS = 3_600;

type Dependencies = {
  readonly database: Database;
  /** Makes one more device of a ghost: each session is one (design 4). */
  readonly addDevice: (userId: UserId) => Promise<DeviceId>;
  readonly now: () => Date;
};

/** Sessions of the contact form's pages, whose token lies in a cookie that no script can read. */
export function createFormSessionService({ database, addDevice, now }: Dependencies) {
  const sessions = createVisitorSessionStore(database);
  const usedAfter = (): Date => new Date(now().getTime() - FORM_SESSION_SECONDS * 1000);

  return {
    /** Begins a session in the caller's transaction; nobody is bound to it yet. */
    async begin(
      transaction: Database,
      { companyId, locale }: { companyId: CompanyId; locale: string },
    ): Promise<{ id: SessionId; token: string }> {
      const token = newToken('v');
      const created = { companyId, channel: 'form', locale, tokenHash: hashToken(token) } as const;
      return { id: await createVisitorSessionStore(transaction).create(created), token };
    },
    /** Opens a further session of a visitor, as a device of its own; answers its token. */
    async openFor(
      visitor: { personId: PersonId; userId: UserId },
      { companyId, locale }: { companyId: CompanyId; locale: string },
    ): Promise<string> {
      const token = newToken('v');
      const deviceId = await addDevice(visitor.userId);
      const id = await sessions.create({ companyId, channel: 'form', locale, tokenHash: hashToken(token) });
      await sessions.bind(id, { ...visitor, deviceId });
      return token;
    },
    /** The session of a token that was used within the last hour, which is now used again. */
    async use(token: string): Promise<Session | undefined> {
      const session = await sessions.findByTokenHash(hashToken(token), usedAfter());
      if (session !== undefined) await sessions.touch(session.id, now());
      return session;
    },
    find: (id: SessionId): Promise<Session | undefined> => sessions.find(id, usedAfter()),
    /** Gives a session another token: the one before is worth nothing any more. */
    async renew(id: SessionId): Promise<string> {
      const token = newToken('v');
      await sessions.setToken(id, hashToken(token));
      return token;
    },
    end: (id: SessionId): Promise<void> => sessions.end(id),
  };
}

/** See `createFormSessionService`. */
export type FormSessionService = ReturnType<typeof createFormSessionService>;
