import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import type { SignInService } from './sign-in-service.ts';
import { goesOnSchema, signInOutcomeSchema, signInSchema } from './sign-in-wire.ts';

type Dependencies = {
  readonly signIn: SignInService;
  /** The page on which people sign in; the browser draws it. */
  readonly renderPage: (context: HttpContext) => string;
  /** The page for a sign-in that has ended or belongs to another browser. */
  readonly renderEnded: (context: HttpContext) => string;
};

const flow = z.string().regex(/^[\w-]{20,64}$/, 'must be the id of a sign-in');

/** Address of the page of a sign-in. What belongs to it lies below, because its cookie is sent nowhere else. */
export const signInAddress = (flowId: string): string => `/account/sign-in/${flowId}`;

/** Pages of a sign-in beside its first, by the last part of their address. */
const STEPS = ['code', 'names', 'password', 'passkey', 'forgot', 'forgot-code'] as const;

const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } as const;

/** Signing in for an app that has asked for it. */
export function signInRoutes({ signIn, renderPage, renderEnded }: Dependencies): Route[] {
  const page = (path: string): Route =>
    route(
      {
        method: 'get',
        path,
        summary: 'Page of a sign-in; who is signed in already goes on at once.',
        auth: 'none',
        headers: 'page',
        params: z.object({ flow }),
        limit: 'sign-in',
        hidden: true,
        responses: { 200: { description: 'The page.' }, 303: { description: 'It goes on.' }, 410: { description: 'It has ended.' } },
      },
      async ({ params, context }) => {
        try {
          const address = await signIn.goOn(context, params.flow);
          if (address !== undefined) return { status: 303, headers: { Location: address, 'Cache-Control': 'no-store' } };
          return { status: 200, headers: HTML, body: renderPage(context) };
        } catch (error) {
          if (!(error instanceof ApiError && error.code === 'COM_SMOOPE_SIGN_IN_ENDED')) throw error;
          return { status: 410, headers: HTML, body: renderEnded(context) };
        }
      },
    );
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
