import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { bearerToken, type AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { CompanyId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createPanelTicketStore } from './panel-ticket-store.ts';
import { createVisitorSessionStore } from './visitor-session-store.ts';

/** A panel that is written in later than this fetches its page again for a fresh ticket. */
const TICKET_MS = 30 * 60_000;

/** Moving the last use on each request would be a write per read. */
const TOUCH_MS = 60 * 60_000;

const DAY_MS = 86_400_000;

type Dependencies = {
  readonly database: Database;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly sessionDays: number;
  readonly now: () => Date;
};

/** How a visitor without account is known again: tickets of a panel page, sessions, their tokens. */
export function createVisitorSessionService({ database, findCompany, sessionDays, now }: Dependencies) {
  const sessions = createVisitorSessionStore(database);
  const tickets = createPanelTicketStore(database);

  return {
    /** A single-use ticket for a panel page that is being answered. */
    async issueTicket(companyId: CompanyId, channel: 'widget' | 'form'): Promise<string> {
      const ticket = newToken('t');
      await tickets.create({ hash: hashToken(ticket), companyId, channel, expiresAt: new Date(now().getTime() + TICKET_MS) });
      return ticket;
    },
    /** Opens a session with a ticket; throws COM_SMOOPE_TICKET_USED or COM_SMOOPE_COMPANY_NOT_OPEN, and what `admit` throws. */
    async open(
      ticket: string,
      locale: string,
      admit: (companyId: CompanyId) => Promise<void>,
    ): Promise<{ token: string; expiresAt: number }> {
      const taken = await tickets.take(hashToken(ticket), now());
      if (taken === undefined)
        throw new ApiError('COM_SMOOPE_TICKET_USED', 'The ticket was used, or is too old; load the panel page again.', {
          field: 'body.ticket',
        });
      const company = await findCompany(taken.companyId);
      if (company === undefined || company.status !== 'live') throw new ApiError('COM_SMOOPE_COMPANY_NOT_OPEN', 'The company is not open.');
      await admit(company.id);
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
      await sessions.deleteUnused(new Date(now().getTime() - sessionDays * DAY_MS));
    },
  };
}

/** See `createVisitorSessionService`. */
export type VisitorSessionService = ReturnType<typeof createVisitorSessionService>;
