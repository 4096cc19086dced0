import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, DeviceId, UserId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { createVisitorSessionStore } from '../visitors/visitor-session-store.ts';
import type { OpenedSession } from './identity-service.ts';
import { createSessionCodeStore } from './session-code-store.ts';
import type { SessionCodePurpose } from './session-code-wire.ts';

/** Life of a code in milliseconds: a window opens at once, a person walks to another device. */
const LIFE_MS: Record<SessionCodePurpose, number> = { popout: 30_000, app: 600_000, resume: 600_000 };

/** Open codes of one person. */
const MAX_OPEN = 5;

const DAY_MS = 86_400_000;

type Dependencies = {
  readonly database: Database;
  readonly sessions: typeof createVisitorSessionStore;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly addDevice: (userId: UserId, deviceId: DeviceId) => Promise<void>;
  readonly newDeviceId: () => DeviceId;
  readonly sessionDays: number;
  readonly now: () => Date;
};

/** One answer for a code that was used, is too old, belongs to another company or never was: who tries learns nothing. */
const noSuchCode = (): ApiError =>
  new ApiError('COM_SMOOPE_CODE_USED', 'The code was used or is too old; ask for a new one.', { field: 'body.code' });

/** Codes with which a session goes on in another window or on another device. */
export function createSessionCodes(dependencies: Dependencies) {
  const { database, sessions, findCompany, addDevice, newDeviceId, sessionDays, now } = dependencies;
  return {
    /** Makes a code of the session's person; throws M_LIMIT_EXCEEDED while five are open. */
    issue: (session: AuthTypes['visitor'], purpose: SessionCodePurpose): Promise<{ code: string; expiresAt: number }> =>
      inTransaction(database, async (transaction) => {
        const codes = createSessionCodeStore(transaction);
        // Held until the end, so that many requests at once do not all see few codes.
        if ((await sessions(transaction).lock(session.id)) === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This session has ended.');
        const open = await codes.listOpen(session.id, now());
        const [first] = open;
        if (first !== undefined && open.length >= MAX_OPEN) {
          const retryAfterMs = Math.max(1_000, first.expiresAt.getTime() - now().getTime());
          throw new ApiError('M_LIMIT_EXCEEDED', 'Too many codes are open; use one of them or wait.', { retryAfterMs });
        }
        const code = newToken('c');
        const expiresAt = new Date(now().getTime() + LIFE_MS[purpose]);
        await codes.add({ hash: hashToken(code), sessionId: session.id, purpose, expiresAt });
        return { code, expiresAt: expiresAt.getTime() };
      }),

    /** Opens a further session of the same person with a code, under a device of its own; throws COM_SMOOPE_CODE_USED. */
    async redeem(code: string, { locale, slug }: { locale: string; slug: string | undefined }): Promise<OpenedSession> {
      const hash = hashToken(code);
      const known = await createSessionCodeStore(database).find(hash, now());
      const usedAfter = new Date(now().getTime() - sessionDays * DAY_MS);
      // One that leads into the app moves the conversation; it opens no second session of the visitor.
      const issuer = known === undefined || known.purpose === 'app' ? undefined : await sessions(database).find(known.sessionId, usedAfter);
      if (issuer === undefined) throw noSuchCode();
      const { companyId, channel, identity } = issuer;
      const company = await findCompany(companyId);
      if (company === undefined || (slug !== undefined && slug !== company.slug)) throw noSuchCode();
      if (company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
      const visitor = issuer.visitor === null ? null : { ...issuer.visitor, deviceId: newDeviceId() };
      // Before the code is used up: while the homeserver is away it stays good.
      if (visitor !== null) await addDevice(visitor.userId, visitor.deviceId);
      const token = newToken('v');
      await inTransaction(database, async (transaction) => {
        if (!(await createSessionCodeStore(transaction).take(hash))) throw noSuchCode();
        // It may have ended meanwhile, because its person was proven or deleted.
        if ((await sessions(transaction).lock(issuer.id)) === undefined) throw noSuchCode();
        await sessions(transaction).create({ companyId, channel, locale, tokenHash: hashToken(token), visitor, identity });
      });
      return { token, expiresAt: now().getTime() + sessionDays * DAY_MS };
    },
    /** Deletes codes that nobody used. */
    deleteExpired: (): Promise<void> => createSessionCodeStore(database).deleteExpired(now()),
  };
}

/** See `createSessionCodes`. */
export type SessionCodes = ReturnType<typeof createSessionCodes>;
