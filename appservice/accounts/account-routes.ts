import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { Account } from './account.ts';
import type { AccountService } from './account-service.ts';
import type { AccountSession } from './account-session-store.ts';
import type { AccountSessions } from './account-sessions.ts';
import { accountSchema, accountSessionSchema, type AccountSessionView, type AccountView } from './account-wire.ts';

type Dependencies = { readonly accounts: AccountService; readonly sessions: AccountSessions };

/** The account as its owner reads it. */
export function accountView({ id, firstName, lastName, alias, locale }: Account, { userIdOf }: AccountService): AccountView {
  return { id, userId: userIdOf(id), firstName, lastName, alias, locale };
}

const sessionView = ({ id, browser, system, signedInAt, lastUsedAt }: AccountSession, current: string): AccountSessionView => ({
  id,
  browser,
  system,
  signedInAt: signedInAt.getTime(),
  lastUsedAt: lastUsedAt.getTime(),
  current: id === current,
});

/** Somebody's own account and the browsers it is signed in with. */
export function accountRoutes({ accounts, sessions }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/v1/account',
        summary: 'Your account.',
        auth: 'account',
        responses: { 200: { description: 'The account.', schema: accountSchema } },
      },
      async ({ auth }) => {
        const account = await accounts.find(auth.accountId);
        if (account === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This account is gone.');
        return { status: 200, body: accountView(account, accounts) };
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/account/sessions',
        summary: 'Browsers in which you are signed in, the latest used first.',
        auth: 'account',
        responses: { 200: { description: 'The sessions.', schema: z.object({ sessions: z.array(accountSessionSchema) }) } },
      },
      async ({ auth }) => {
        const all = await sessions.list(auth.accountId);
        return { status: 200, body: { sessions: all.map((session) => sessionView(session, auth.sessionId)) } };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/account/sessions/:id',
        summary: 'Signs one of your browsers out; Matrix clients that were signed in by it are signed out too.',
        auth: 'account',
        params: z.object({ id: z.uuid('must be the id of one of your sessions') }),
        responses: { 204: { description: 'It is signed out.' } },
      },
      async ({ auth, params, context }) => {
        await sessions.end(auth.accountId, params.id);
        if (params.id === auth.sessionId) sessions.forget(context);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/account/session',
        summary: 'Signs this browser out; Matrix clients that were signed in by it are signed out too.',
        auth: 'account',
        responses: { 204: { description: 'It is signed out.' } },
      },
      async ({ auth, context }) => {
        await sessions.end(auth.accountId, auth.sessionId);
        sessions.forget(context);
        return { status: 204 };
      },
    ),
  ];
}
