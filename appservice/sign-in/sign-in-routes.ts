import { z } from 'zod';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';
import type { SignInService } from './sign-in-service.ts';
import { goesOnSchema, signInOutcomeSchema, signInSchema } from './sign-in-wire.ts';

type Dependencies = {
  readonly signIn: SignInService;
  /** The page on which people sign in; the browser draws it. */
  readonly renderPage: (context: HttpContext) => string;
};

const flow = z.string().regex(/^[\w-]{20,64}$/, 'must be the id of a sign-in');

/** Address of the page of a sign-in. What belongs to it lies below, because its cookie is sent nowhere else. */
export const signInAddress = (flowId: string): string => `/account/sign-in/${flowId}`;

/** Pages of a sign-in beside its first, by the last part of their address. */
const STEPS = ['code', 'names', 'password', 'passkey', 'forgot', 'forgot-code'] as const;

/** Signing in for an app that has asked for it. */
export function signInRoutes({ signIn, renderPage }: Dependencies): Route[] {
  const page = (path: string): Route =>
    shellPage({
      path,
      summary: 'Page of a sign-in; who is signed in already goes on at once.',
      limit: 'sign-in',
      params: z.object({ flow }),
      before: ({ flow: id }, context) => signIn.goOn(context, id),
      render: renderPage,
    });
  return [
    page('/account/sign-in/:flow'),
    ...STEPS.map((step) => page(`/account/sign-in/:flow/${step}`)),
    route(
      {
        method: 'get',
        path: '/account/sign-in/:flow/methods',
        summary: 'Ways to sign in.',
        auth: 'none',
        params: z.object({ flow }),
        limit: 'sign-in',
        responses: { 200: { description: 'The ways.', schema: signInSchema } },
      },
      async ({ params, context }) => ({ status: 200, body: { methods: await signIn.listMethods(context, params.flow) } }),
    ),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/methods/:method',
        summary: 'Signs in by one of the ways; what is sent depends on it.',
        auth: 'page',
        params: z.object({ flow, method: z.string() }),
        body: z.record(z.string(), z.unknown()),
        limit: 'prove',
        responses: { 200: { description: 'This browser is signed in, or the person makes an account now.', schema: signInOutcomeSchema } },
      },
      async ({ params, body, context }) => ({
        status: 200,
        body: await signIn.signIn(context, params.flow, { method: params.method, input: body }),
      }),
    ),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/methods/:method/preparation',
        summary: 'Takes the step before the proof: a code is sent, a challenge is made.',
        auth: 'page',
        params: z.object({ flow, method: z.string() }),
        body: z.record(z.string(), z.unknown()),
        // What costs money counts its texts itself, by number, network and day.
        limit: 'prove',
        responses: {
          200: { description: 'It was taken; what is answered depends on the way.', schema: z.record(z.string(), z.unknown()) },
        },
      },
      async ({ params, body, context }) => ({
        status: 200,
        body: await signIn.prepare(context, params.flow, { method: params.method, input: body }),
      }),
    ),
    route(
      {
        method: 'delete',
        path: '/account/sign-in/:flow',
        summary: 'Ends a sign-in that the person does not want.',
        auth: 'page',
        params: z.object({ flow }),
        limit: 'sign-in',
        responses: { 200: { description: 'It has ended.', schema: goesOnSchema } },
      },
      async ({ params, context }) => ({ status: 200, body: { continueAt: await signIn.refuse(context, params.flow) } }),
    ),
  ];
}
