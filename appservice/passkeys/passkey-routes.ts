import { z } from 'zod';
import type { BrowserFamily } from '../accounts/browser-family.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { AccountId } from '../ids.ts';
import { newPasskeySchema, passkeyOptionsSchema, passkeysSchema } from './passkey-wire.ts';
import { MOST_PASSKEYS } from './passkey.ts';
import type { Passkeys } from './passkeys.ts';

type Dependencies = {
  readonly passkeys: Passkeys;
  /** What an account is called on the device. */
  readonly nameOf: (id: AccountId) => Promise<string | undefined>;
  /** Which browser asks, as it says. */
  readonly familyOf: (userAgent: string) => BrowserFamily;
};

const PATH = '/api/v1/account/passkeys';

/** The passkeys of somebody's own account. */
export function passkeyRoutes({ passkeys, nameOf, familyOf }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: PATH,
        summary: 'Your passkeys, the oldest first.',
        auth: 'account',
        responses: { 200: { description: 'The passkeys.', schema: passkeysSchema } },
      },
      async ({ auth: { accountId } }) => {
        const all = await passkeys.list(accountId);
        const views = all.map(({ id, browser, system, createdAt, lastUsedAt }) => ({
          id,
          browser,
          system,
          createdAt: createdAt.getTime(),
          lastUsedAt: lastUsedAt?.getTime() ?? null,
        }));
        return { status: 200, body: { passkeys: views, most: MOST_PASSKEYS } };
      },
    ),
    route(
      {
        method: 'post',
        path: `${PATH}/options`,
        summary: 'What the browser needs to make a passkey.',
        auth: 'account',
        limit: 'prove',
        responses: { 200: { description: 'Options for navigator.credentials.create.', schema: passkeyOptionsSchema } },
      },
      async ({ auth: { accountId, sessionId } }) => {
        const name = await nameOf(accountId);
        if (name === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This account is gone.');
        return { status: 200, body: { ...(await passkeys.prepareNew({ id: accountId, name }, sessionId)) } };
      },
    ),
    route(
      {
        method: 'post',
        path: PATH,
        summary: 'Keeps a passkey that the browser has made.',
        auth: 'account',
        body: newPasskeySchema,
        limit: 'prove',
        responses: { 201: { description: 'It can be signed in with.' } },
      },
      async ({ auth: { accountId, sessionId }, body, context }) => {
        await passkeys.add(accountId, sessionId, body, familyOf(context.get('user-agent')));
        return { status: 201 };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${PATH}/:id`,
        summary: 'Takes one of your passkeys away.',
        auth: 'account',
        params: z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/, 'must be the id of one of your passkeys') }),
        responses: { 204: { description: 'It is gone.' } },
      },
      async ({ auth: { accountId }, params }) => {
        await passkeys.remove(accountId, params.id);
        return { status: 204 };
      },
    ),
  ];
}
