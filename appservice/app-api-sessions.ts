import { createAccountStore } from './accounts/account-store.ts';
import { apiSessionRoutes } from './api-sessions/api-session-routes.ts';
import { createApiSessions } from './api-sessions/api-sessions.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { createMemberAccess } from './companies/member-access.ts';
import { memberRoutes } from './companies/member-routes.ts';
import type { Route } from './http/route.ts';
import type { AccountId } from './ids.ts';
import { localpart } from './matrix/names.ts';
import { createOpenidTokens } from './matrix/openid-tokens.ts';

/** Sessions of our API for people in a Matrix client, and what members of companies do with them. */
export function wireApiSessions({ config }: AppSettings, { database, homeserver }: Connections, companies: Companies) {
  const { members, isReserved, memberService } = companies;
  const { findHolder, listDevices } = createOpenidTokens(homeserver);
  const accounts = createAccountStore(database);
  const sessions = createApiSessions({
    database,
    serverName: config.homeserver.serverName,
    findHolder,
    listDevices,
    isReserved,
    // The id of an account is the local part of its Matrix id.
    findAccount: async (userId) => (await accounts.find(localpart(userId) as AccountId))?.id,
    isMember: async (userId) => (await members.listCompaniesOf(userId)).length > 0,
    now: () => new Date(),
  });
  const access = createMemberAccess({ companies: companies.companies, members });
  const routes: Route[] = [
    ...apiSessionRoutes({ sessions, listCompanies: members.listCompaniesOf }),
    ...memberRoutes({ access, members, memberService }),
  ];
  return { sessions, access, routes, authenticators: { api: sessions.authenticate } };
}

/** See `wireApiSessions`. */
export type ApiSessionWork = ReturnType<typeof wireApiSessions>;
