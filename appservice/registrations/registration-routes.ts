import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import { localeOf } from '../http/page-locale.ts';
import { route, type Route } from '../http/route.ts';
import { personName } from '../person-name.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { RegistrationService } from './registration-service.ts';
import { registrationSchema } from './registration-wire.ts';

/** The privacy notice in one language. */
export type ShownNotice = { readonly version: string; readonly hash: string; readonly paragraphs: readonly string[] };

type Dependencies = {
  readonly registrations: RegistrationService;
  /** Throws COM_SMOOPE_SIGN_IN_ENDED for a sign-in that is none of this browser. */
  readonly checkFlow: (context: HttpContext, flowId: string) => Promise<void>;
  readonly hasAccount: (number: MobileNumber) => Promise<boolean>;
  readonly noticeOf: (locale: string) => ShownNotice;
  /** Signs the browser in; answers the address at which it goes on. */
  readonly enter: (context: HttpContext, flowId: string, accountId: AccountId) => Promise<string>;
  /** What follows when an account was made, like the mail that proves an address. */
  readonly welcome: (accountId: AccountId) => Promise<void>;
};

const flow = z.string().regex(/^[\w-]{20,64}$/, 'must be the id of a sign-in');

const ended = z.object({ continueAt: z.url() }).meta({ id: 'Registered' });

/** The last step of a registration: names, and the privacy notice. */
export function registrationRoutes({ registrations, checkFlow, hasAccount, noticeOf, enter, welcome }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/account/sign-in/:flow/registration',
        summary: 'What is known of somebody who makes an account, and the privacy notice to be shown.',
        auth: 'none',
        params: z.object({ flow }),
        limit: 'sign-in',
        responses: { 200: { description: 'The registration.', schema: registrationSchema } },
      },
      async ({ params, context }) => {
        await checkFlow(context, params.flow);
        const { firstName, lastName, email, number } = await registrations.get(params.flow);
        const replacesAccount = number !== null && (await hasAccount(number.value));
        const notice = noticeOf(localeOf(context));
        return { status: 200, body: { firstName, lastName, email, hasNumber: number !== null, replacesAccount, notice } };
      },
    ),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/registration',
        summary: 'Makes the account and signs this browser in.',
        auth: 'page',
        params: z.object({ flow }),
        body: z.object({
          firstName: personName,
          lastName: personName,
          email: z.email('must be an e-mail address').max(254).nullish(),
          notice: z.object({ version: z.string().max(40), hash: z.string().max(100) }).describe('The notice that was shown.'),
        }),
        limit: 'prove',
        responses: { 200: { description: 'This browser is signed in.', schema: ended } },
      },
      async ({ params, body, context }) => {
        await checkFlow(context, params.flow);
        const shown = ['de', 'en'].map(noticeOf);
        const { notice, email, ...names } = body;
        if (!shown.some(({ version, hash }) => version === notice.version && hash === notice.hash)) {
          throw new ApiError('M_INVALID_PARAM', 'body.notice is not the privacy notice of today; load the page again.', {
            field: 'body.notice',
          });
        }
        const locale = localeOf(context);
        const accountId = await registrations.complete(params.flow, {
          ...names,
          ...(email === undefined ? {} : { email }),
          locale,
          notice,
        });
        const continueAt = await enter(context, params.flow, accountId);
        await welcome(accountId);
        return { status: 200, body: { continueAt } };
      },
    ),
  ];
}
