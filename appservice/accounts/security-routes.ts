import { z } from 'zod';
import { localeOf } from '../http/page-locale.ts';
import { truncateAddress } from '../http/rate-limit.ts';
import { route, type Route } from '../http/route.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { AccountEmails } from './account-emails.ts';
import type { AccountNumbers } from './account-numbers.ts';
import type { AccountPasswords } from './account-passwords.ts';
import type { AccountRestrictions } from './account-restrictions.ts';
import { accountDeviceSchema, codeSentSchema, securitySchema, type AccountDeviceView } from './security-wire.ts';

type Dependencies = {
  readonly numbers: AccountNumbers;
  readonly emails: AccountEmails;
  readonly passwords: AccountPasswords;
  readonly restrictions: Pick<AccountRestrictions, 'find'>;
  readonly canMail: boolean;
  readonly parseNumber: (entered: string) => MobileNumber;
  /** Codes that prove a new number; `flowId` is the session. */
  readonly codes: {
    ask(
      id: AccountId,
      number: MobileNumber,
      flow: { flowId: string; network: string; locale: string },
    ): Promise<{ expiresAt: number; resendAt: number }>;
    prove(number: MobileNumber, flowId: string, code: string): Promise<void>;
  };
  /** Tells the old number of a change. */
  readonly tellFormer: (id: AccountId, former: { number: MobileNumber }) => Promise<void>;
  /** Matrix clients of the account. */
  readonly devices: { list(id: AccountId): Promise<AccountDeviceView[]>; end(id: AccountId, deviceId: string): Promise<void> };
};

const phone = z.string().min(1).max(80);
const password = z.string().max(2000);

/** How somebody gets into their own account, and the Matrix clients that are in it. */
export function securityRoutes(parts: Dependencies): Route[] {
  const { numbers, emails, passwords, restrictions, canMail, parseNumber, codes, tellFormer, devices } = parts;
  return [
    route(
      {
        method: 'get',
        path: '/api/v1/account/security',
        summary: 'How you get into your account.',
        auth: 'account',
        responses: { 200: { description: 'The ways.', schema: securitySchema } },
      },
      async ({ auth: { accountId } }) => {
        const number = await numbers.find(accountId);
        const email = await emails.find(accountId);
        const closesAt = (await restrictions.find(accountId))?.closesAt.getTime() ?? null;
        const body = {
          number: number === undefined ? null : `…${number.value.slice(-3)}`,
          email: email === undefined ? null : { address: email.address, isProved: email.provedAt !== null },
          hasPassword: await passwords.has(accountId),
          canMail,
          closesAt,
        };
        return { status: 200, body };
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/v1/account/password',
        summary: 'Sets or changes your password; all other browsers and their Matrix clients are signed out.',
        auth: 'account',
        body: z.object({ current: password.optional().describe('The password until now, where there is one.'), password }),
        limit: 'prove',
        responses: { 204: { description: 'It is set.' } },
      },
      async ({ auth: { accountId, sessionId }, body }) => {
        await passwords.change(accountId, sessionId, body);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/account/number/code',
        summary: 'Sends a code to the number that shall be yours.',
        auth: 'account',
        body: z.object({ phone }),
        limit: 'ask-code',
        responses: { 200: { description: 'It was sent.', schema: codeSentSchema } },
      },
      async ({ auth: { accountId, sessionId }, body, context }) => {
        const flow = { flowId: sessionId, network: truncateAddress(context.ip), locale: localeOf(context) };
        return { status: 200, body: await codes.ask(accountId, parseNumber(body.phone), flow) };
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/v1/account/number',
        summary: 'Changes your number to the one that the code was sent to; the old one is told.',
        auth: 'account',
        body: z.object({ phone, code: z.string().min(1).max(40) }),
        limit: 'prove',
        responses: { 204: { description: 'It is changed.' } },
      },
      async ({ auth: { accountId, sessionId }, body }) => {
        const number = parseNumber(body.phone);
        await codes.prove(number, sessionId, body.code);
        const former = await numbers.change(accountId, number);
        if (former !== undefined && former !== number) await tellFormer(accountId, { number: former });
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/v1/account/email',
        summary: 'Sends a link to the address that shall be yours; it is once the link was followed.',
        auth: 'account',
        body: z.object({ email: z.string().min(1).max(320) }),
        limit: 'ask-code',
        responses: { 202: { description: 'A link is on its way.' } },
      },
      async ({ auth: { accountId }, body }) => {
        await emails.propose(accountId, body.email);
        return { status: 202 };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/account/email',
        summary: 'Takes your mail address away.',
        auth: 'account',
        responses: { 204: { description: 'It is gone.' } },
      },
      async ({ auth: { accountId } }) => {
        await emails.remove(accountId);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'post',
        path: '/account/email',
        summary: 'Proves a mail address by the token of the link that was sent to it.',
        auth: 'page',
        body: z.object({ token: z.string().min(1).max(100) }),
        limit: 'prove',
        responses: { 204: { description: 'It is proved.' } },
      },
      async ({ body }) => {
        await emails.prove(body.token);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/account/devices',
        summary: 'Matrix clients in which you are signed in.',
        auth: 'account',
        responses: { 200: { description: 'The clients.', schema: z.object({ devices: z.array(accountDeviceSchema) }) } },
      },
      async ({ auth: { accountId } }) => ({ status: 200, body: { devices: await devices.list(accountId) } }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/account/devices/:id',
        summary: 'Signs one of your Matrix clients out.',
        auth: 'account',
        params: z.object({ id: z.string().min(1).max(255) }),
        responses: { 204: { description: 'It is signed out.' } },
      },
      async ({ auth: { accountId }, params }) => {
        await devices.end(accountId, params.id);
        return { status: 204 };
      },
    ),
  ];
}
