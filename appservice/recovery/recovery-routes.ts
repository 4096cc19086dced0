import { z } from 'zod';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import type { RecoveryFlow, RecoveryService } from './recovery-service.ts';
import { recoveryAskedSchema, recoveryProofSchema } from './recovery-wire.ts';

type Dependencies = {
  readonly recovery: RecoveryService;
  /** Throws COM_SMOOPE_SIGN_IN_ENDED for a sign-in that is none of this browser. */
  readonly checkFlow: (context: HttpContext, flowId: string) => Promise<void>;
  readonly describeFlow: (context: HttpContext, flowId: string) => RecoveryFlow;
  readonly setPassword: (token: string, password: string) => Promise<void>;
};

const flow = z.string().regex(/^[\w-]{20,64}$/, 'must be the id of a sign-in');

/** "Forgot password". */
export function recoveryRoutes({ recovery, checkFlow, describeFlow, setPassword }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/recovery',
        summary: 'Asks for a code or a link to set a new password; known and unknown are answered alike.',
        auth: 'page',
        params: z.object({ flow }),
        body: z.object({ identifier: z.string().min(1).max(320) }),
        limit: 'ask-code',
        responses: { 200: { description: 'Something was sent, to whoever it concerns.', schema: recoveryAskedSchema } },
      },
      async ({ params, body, context }) => {
        await checkFlow(context, params.flow);
        return { status: 200, body: await recovery.ask(body.identifier, describeFlow(context, params.flow)) };
      },
    ),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/recovery/proof',
        summary: 'Takes the code of a number; what it answers sets a password and signs nobody in.',
        auth: 'page',
        params: z.object({ flow }),
        body: z.object({ phone: z.string().min(1).max(80), code: z.string().min(1).max(40) }),
        limit: 'prove',
        responses: { 200: { description: 'The proof.', schema: recoveryProofSchema } },
      },
      async ({ params, body, context }) => {
        await checkFlow(context, params.flow);
        return { status: 200, body: { token: await recovery.prove(body, describeFlow(context, params.flow)) } };
      },
    ),
    route(
      {
        method: 'post',
        path: '/account/new-password',
        summary: 'Sets a password with the proof of "forgot password"; every browser and Matrix client is signed out.',
        auth: 'page',
        body: z.object({ token: z.string().min(1).max(100), password: z.string().max(2000) }),
        limit: 'prove',
        responses: { 204: { description: 'It is set; sign in with it.' } },
      },
      async ({ body }) => {
        await setPassword(body.token, body.password);
        return { status: 204 };
      },
    ),
  ];
}
