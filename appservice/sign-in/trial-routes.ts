import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { AccountId, UserId } from '../ids.ts';

type NewTrialAccount = { firstName: string; lastName: string; alias: string | null; locale: string; phone?: string | undefined };

type Dependencies = {
  /** Makes it, or answers the account that the number has already. */
  readonly ensureAccount: (account: NewTrialAccount) => Promise<{ id: AccountId; userId: UserId }>;
  readonly hasAccount: (id: AccountId) => Promise<boolean>;
  readonly giveCode: (id: AccountId) => string;
  /** Makes a route leave a line in the audit log. */
  readonly audited: (kind: 'reads', action: string, declared: Route) => Route;
};

const name = z.string().trim().min(1).max(80);

/** Accounts for trials and tests, made by the operator in the embedded profile only: elsewhere people make their own. */
export function trialRoutes({ ensureAccount, hasAccount, giveCode, audited }: Dependencies): Route[] {
  return [
    audited(
      'reads',
      'trial.account',
      route(
        {
          method: 'post',
          path: '/api/v1/operator/trial-accounts',
          summary: 'Makes an account for a trial.',
          auth: 'operator',
          body: z.object({
            firstName: name,
            lastName: name,
            alias: name.nullable().default(null),
            locale: z
              .string()
              .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like de or pt-BR (BCP 47)')
              .default('de'),
            phone: z.string().max(80).optional().describe('Mobile number that counts as proved; its account is answered where it has one.'),
          }),
          responses: { 201: { description: 'The account.', schema: z.object({ id: z.string(), userId: z.string() }) } },
        },
        async ({ body }) => ({ status: 201, body: await ensureAccount(body) }),
      ),
    ),
    audited(
      'reads',
      'trial.code',
      route(
        {
          method: 'post',
          path: '/api/v1/operator/trial-accounts/:id/codes',
          summary: 'Gives out a code with which the account is signed in to once, by the way "trial".',
          auth: 'operator',
          params: z.object({ id: z.string() }),
          responses: { 201: { description: 'The code, good for ten minutes.', schema: z.object({ code: z.string() }) } },
        },
        async ({ params }) => {
          const id = params.id as AccountId;
          if (!(await hasAccount(id))) throw new ApiError('M_NOT_FOUND', 'There is no such account.', { field: 'params.id' });
          return { status: 201, body: { code: giveCode(id) } };
        },
      ),
    ),
  ];
}
