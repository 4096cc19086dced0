import { errors, type Provider } from 'oidc-provider';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import type { AccountId } from '../ids.ts';

const ended = (cause?: unknown): ApiError =>
  new ApiError('COM_SMOOPE_SIGN_IN_ENDED', 'This sign-in has ended or belongs to another browser; begin again in the app you came from.', {
    cause,
  });

/** Reasons to ask for a sign-in that a session of the browser answers; others (`prompt=login`, `max_age`) want a new proof. */
const BY_SESSION = new Set(['no_session', 'account_session']);

type Dependencies = {
  readonly provider: () => Promise<Provider>;
  /** Ends a session of the provider by its name. */
  readonly endSession: (uid: string) => Promise<void>;
};

/** Sign-ins that the homeserver has asked for and that a person is in the middle of; each belongs to the browser it began in. */
export function createOpenidFlows({ provider, endSession }: Dependencies) {
  async function find(context: HttpContext, flowId: string) {
    const openid = await provider();
    try {
      const flow = await openid.interactionDetails(context.req, context.res);
      if (flow.uid !== flowId) throw ended();
      return { openid, flow };
    } catch (cause) {
      throw cause instanceof errors.SessionNotFound ? ended(cause) : cause;
    }
  }

  return {
    /** Makes sure that the flow is one of this browser; throws COM_SMOOPE_SIGN_IN_ENDED. */
    async check(context: HttpContext, flowId: string): Promise<{ mustProve: boolean }> {
      const { flow } = await find(context, flowId);
      return { mustProve: flow.prompt.reasons.some((reason) => !BY_SESSION.has(reason)) };
    },
    /** Ends the flow with the account that the person has proven to own; answers the address at which it goes on. */
    async finish(context: HttpContext, flowId: string, { accountId, method }: { accountId: AccountId; method: string }): Promise<string> {
      const { openid, flow } = await find(context, flowId);
      const { session } = flow;
      if (session !== undefined && session.accountId !== accountId) {
        // Somebody else was signed in here: the library would ask them to confirm their sign-out on a page of its own.
        await endSession(session.uid);
        flow.session = undefined;
        await flow.persist();
      }
      const result = { login: { accountId, amr: [method] } };
      return openid.interactionResult(context.req, context.res, result, { mergeWithLastSubmission: false });
    },
    /** Ends the flow without an account: the person did not want to. */
    async refuse(context: HttpContext, flowId: string): Promise<string> {
      const { openid } = await find(context, flowId);
      return openid.interactionResult(context.req, context.res, { error: 'access_denied' }, { mergeWithLastSubmission: false });
    },
  };
}

/** See `createOpenidFlows`. */
export type OpenidFlows = ReturnType<typeof createOpenidFlows>;
