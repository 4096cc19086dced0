import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { bearerToken, type AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { CompanyId, DeviceId, UserId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createPanelTicketStore } from './panel-ticket-store.ts';
import { createSessionCodeStore, type CodePurpose } from './session-code-store.ts';
import { createVisitorSessionStore } from './visitor-session-store.ts';

/** A panel that is written in later than this fetches its page again for a fresh ticket. */
const TICKET_MS = 30 * 60_000;

/** Moving the last use on each request would be a write per read. */
const TOUCH_MS = 60 * 60_000;

const DAY_MS = 86_400_000;

/** Time for a window to open, and to take a picture of a code or send oneself a link. */
const POPOUT_MS = 30_000;
const DEVICE_MS = 10 * 60_000;

type Dependencies = {
  readonly database: Database;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  /** Makes one more device of a ghost: each session is one (design 4). */
  readonly addDevice: (userId: UserId) => Promise<DeviceId>;
  readonly sessionDays: number;
  readonly now: () => Date;
};

/** How a visitor without account is known again: tickets of a panel page, sessions, their tokens. */
export function createVisitorSessionService({ database, findCompany, addDevice, sessionDays, now }: Dependencies) {
  const sessions = createVisitorSessionStore(database);
  const tickets = createPanelTicketStore(database);
  const codes = createSessionCodeStore(database);

  async function getLive(id: CompanyId): Promise<void> {
    const company = await findCompany(id);
    if (company === undefined || company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
  }

  return {
    /** A single-use ticket for a panel page that is being answered. */
    async issueTicket(companyId: CompanyId, channel: 'widget' | 'form'): Promise<string> {
      const ticket = newToken('t');
      await tickets.create({ hash: hashToken(ticket), companyId, channel, expiresAt: new Date(now().getTime() + TICKET_MS) });
      return ticket;
    },
    /** A single-use code with which the session goes on elsewhere. */
    async issueCode(session: AuthTypes['visitor'], purpose: CodePurpose): Promise<{ code: string; expiresAt: number }> {
      const code = newToken('c');
      const expiresAt = new Date(now().getTime() + (purpose === 'popout' ? POPOUT_MS : DEVICE_MS));
      await codes.create({ hash: hashToken(code), sessionId: session.id, purpose, expiresAt });
      return { code, expiresAt: expiresAt.getTime() };
    },
    /** Opens a further session of the same person, as a device of its own; throws COM_SMOOPE_TICKET_USED, whatever is wrong with the code. */
    async openByCode(code: string, locale: string): Promise<{ token: string; expiresAt: number }> {
      const id = await codes.take(hashToken(code), now());
      const session = id === undefined ? undefined : await sessions.find(id);
      if (session === undefined) {
        throw new ApiError('COM_SMOOPE_TICKET_USED', 'The code was used, or is too old.', { field: 'body.code' });
      }
      const { companyId, channel, visitor } = session;
      await getLive(companyId);
      const token = newToken('v');
      const opened = await sessions.create({ companyId, channel, locale, tokenHash: hashToken(token) });
      if (visitor !== null) {
        const deviceId = await addDevice(visitor.userId);
        await sessions.bind(opened, { ...visitor, deviceId });
      }
      return { token, expiresAt: now().getTime() + sessionDays * DAY_MS };
    },
    /** Opens a session with a ticket; throws COM_SMOOPE_TICKET_USED or COM_SMOOPE_COMPANY_NOT_OPEN. */
    async open(ticket: string, locale: string): Promise<{ token: string; expiresAt: number }> {
      const taken = await tickets.take(hashToken(ticket), now());
      if (taken === undefined)
        throw new ApiError('COM_SMOOPE_TICKET_USED', 'The ticket was used, or is too old; load the panel page again.', {
          field: 'body.ticket',
        });
      await getLive(taken.companyId);
      const token = newToken('v');
      await sessions.create({ ...taken, locale, tokenHash: hashToken(token) });
      return { token, expiresAt: now().getTime() + sessionDays * DAY_MS };
    },
    /** Who asks, by bearer token; throws M_UNKNOWN_TOKEN for one that ended or was not used for `sessionDays`. */
    async authenticate(context: HttpContext): Promise<AuthTypes['visitor']> {
      const usedAfter = new Date(now().getTime() - sessionDays * DAY_MS);
      const session = await sessions.findByTokenHash(hashToken(bearerToken(context)), usedAfter);
      if (session === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This session has ended.');
      if (now().getTime() - session.lastUsedAt.getTime() > TOUCH_MS) await sessions.touch(session.id, now());
      return session;
    },
    /** Ends a session; its token is worth nothing afterwards. */
    async end(session: AuthTypes['visitor']): Promise<void> {
      await sessions.end(session.id);
    },
    /** Deletes tickets nobody used, and sessions that ended or were not used for `sessionDays`. */
    async deleteExpired(): Promise<void> {
      await tickets.deleteExpired(now());
      await codes.deleteExpired(now());
      await sessions.deleteUnused(new Date(now().getTime() - sessionDays * DAY_MS));
    },
  };
}

/** See `createVisitorSessionService`. */
export type VisitorSessionService = ReturnType<typeof createVisitorSessionService>;
