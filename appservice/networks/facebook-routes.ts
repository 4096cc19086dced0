import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import { readForm } from '../http/form-body.ts';
import { route, type Route } from '../http/route.ts';
import type { NetworkCallbacks } from './network-callbacks.ts';
import type { NetworkDeletion } from './network-deletion-store.ts';
import { readSignedRequest } from './signed-request.ts';

type Dependencies = {
  readonly callbacks: NetworkCallbacks;
  readonly appSecret: string;
  readonly publicOrigin: string;
  /** The page of a deletion; undefined: there is no such one. */
  readonly renderDeletion: (context: HttpContext, deletion: NetworkDeletion | undefined) => string;
  readonly now: () => Date;
};

const NAME = 'facebook';

/** Longest form that is read, in octets. */
const MAX_FORM = 16_384;

const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } as const;

/** What Facebook posts when somebody removes the app there or wants their data deleted, and the page about the deletion. */
export function facebookRoutes({ callbacks, appSecret, publicOrigin, renderDeletion, now }: Dependencies): Route[] {
  /** Whom a request is about; one answer for everything that is wrong with it. */
  async function subjectOf(context: HttpContext): Promise<string> {
    const form = await readForm(context, MAX_FORM);
    const subject = readSignedRequest(form.get('signed_request') ?? '', { appSecret, now: now() });
    if (subject === undefined) {
      const field = 'body.signed_request';
      throw new ApiError('M_INVALID_PARAM', `${field}: is not signed by the app's secret within the last ten minutes`, { field });
    }
    return subject;
  }

  const shared = {
    method: 'post',
    auth: 'none',
    fromAnywhere: 'Facebook calls it; what counts is its signature, and no cookie is read.',
    limit: 'sign-in',
    hidden: true,
  } as const;
  return [
    route(
      {
        ...shared,
        path: '/networks/facebook/deauthorize',
        summary: 'Somebody has removed the app at Facebook.',
        fileBody: 'A form with signed_request.',
        responses: { 200: { description: 'It is noted.', schema: z.object({}) } },
      },
      async ({ context }) => {
        await callbacks.deauthorize(NAME, await subjectOf(context));
        return { status: 200, body: {} };
      },
    ),
    route(
      {
        ...shared,
        path: '/networks/facebook/deletion',
        summary: 'Somebody wants their data deleted and has said so at Facebook.',
        fileBody: 'A form with signed_request.',
        responses: {
          200: { description: 'It is noted.', schema: z.object({ url: z.string(), confirmation_code: z.string() }) },
        },
      },
      async ({ context }) => {
        const code = await callbacks.requestDeletion(NAME, await subjectOf(context));
        return { status: 200, body: { url: `${publicOrigin}/account/deletion/${code}`, confirmation_code: code } };
      },
    ),
    route(
      {
        method: 'get',
        path: '/account/deletion/:code',
        summary: 'How far a deletion is.',
        auth: 'none',
        headers: 'page',
        params: z.object({ code: z.string().max(100) }),
        limit: 'try-link',
        hidden: true,
        responses: { 200: { description: 'The page.' }, 404: { description: 'There is no such deletion.' } },
      },
      async ({ params, context }) => {
        const deletion = await callbacks.findDeletion(params.code);
        return { status: deletion === undefined ? 404 : 200, headers: HTML, body: renderDeletion(context, deletion) };
      },
    ),
  ];
}
