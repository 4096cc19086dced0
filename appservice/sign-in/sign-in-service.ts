import { ApiError } from '../errors.ts';
import { decode } from '../http/decode.ts';
import type { HttpContext } from '../http/context.ts';
import type { AccountId } from '../ids.ts';
import type { AnySignInMethod, ProvenOwner, SignInFlow, SignInMethod } from './sign-in-method.ts';
import type { SignInOutcome } from './sign-in-wire.ts';
import type { z } from 'zod';

/** Sign-ins under way, by the id in the address of their page; each belongs to the browser it began in. */
export type SignInFlows = {
  /** Throws COM_SMOOPE_SIGN_IN_ENDED where it is none of this browser; `mustProve`: a session of the browser is not enough. */
  readonly check: (context: HttpContext, flowId: string) => Promise<{ readonly mustProve: boolean }>;
  /** Ends it with an account; answers the address at which the browser goes on. */
  readonly finish: (context: HttpContext, flowId: string, owner: ProvenOwner) => Promise<string>;
  /** Ends it without one. */
  readonly refuse: (context: HttpContext, flowId: string) => Promise<string>;
};

type Dependencies = {
  readonly flows: SignInFlows;
  readonly methods: readonly AnySignInMethod[];
  /** What a method may know of the request. */
  readonly describeFlow: (context: HttpContext, flowId: string) => SignInFlow;
  /** The account that the browser is signed in to. */
  readonly findSignedIn: (context: HttpContext) => Promise<AccountId | undefined>;
  /** Throws COM_SMOOPE_NOT_PROVEN for an account that nobody may sign in to any more. */
  readonly requireOpen: (accountId: AccountId) => Promise<void>;
  /** Signs the browser in under a new token. */
  readonly beginSession: (context: HttpContext, accountId: AccountId) => Promise<void>;
};

/** Makes a method one that takes what a page sent. */
export function anyMethod<Input extends z.ZodType, Prepared extends z.ZodType>({
  name,
  input,
  prepare,
  proveOwner,
}: SignInMethod<Input, Prepared>): AnySignInMethod {
  return {
    name,
    prepare: prepare && ((given, flow) => prepare.run(decode(prepare.input, given, 'body'), flow)),
    proveOwner: (given, flow) => proveOwner(decode(input, given, 'body'), flow),
  };
}

/** Name under which an earlier sign-in of the same browser stands in a token. */
const BY_SESSION = 'session';

/** Lets somebody sign in for an app that has asked for it. */
export function createSignInService({ flows, methods, describeFlow, findSignedIn, requireOpen, beginSession }: Dependencies) {
  function getMethod(name: string): AnySignInMethod {
    const method = methods.find((each) => each.name === name);
    if (method !== undefined) return method;
    const known = methods.map((each) => each.name).join(', ') || 'none';
    throw new ApiError('M_NOT_FOUND', `params.method: there is no such way to sign in; there is ${known}.`, { field: 'params.method' });
  }

  /** Signs the browser in to an account that was proven, or made just now; answers the address at which it goes on. */
  async function enter(context: HttpContext, flowId: string, owner: ProvenOwner): Promise<string> {
    await requireOpen(owner.accountId);
    // In this order: to begin the session ends that of somebody else in this browser, and the flow would not be found any more.
    const continueAt = await flows.finish(context, flowId, owner);
    await beginSession(context, owner.accountId);
    return continueAt;
  }

  return {
    /** Makes sure that the sign-in is one of this browser. */
    check: async (context: HttpContext, flowId: string): Promise<void> => void (await flows.check(context, flowId)),
    enter,
    /** Ways to sign in, in the order in which a page offers them. */
    listMethods: async (context: HttpContext, flowId: string): Promise<string[]> => {
      await flows.check(context, flowId);
      return methods.map(({ name }) => name);
    },
    /** Where a browser goes on in which somebody is signed in already; undefined where they have to prove who they are. */
    async goOn(context: HttpContext, flowId: string): Promise<string | undefined> {
      const { mustProve } = await flows.check(context, flowId);
      const accountId = mustProve ? undefined : await findSignedIn(context);
      return accountId === undefined ? undefined : flows.finish(context, flowId, { accountId, method: BY_SESSION });
    },
    /** Takes the step before the proof, where the method has one. */
    async prepare(context: HttpContext, flowId: string, { method: name, input }: { method: string; input: unknown }) {
      await flows.check(context, flowId);
      const { prepare } = getMethod(name);
      if (prepare === undefined) throw new ApiError('M_NOT_FOUND', 'params.method: it needs no step before.', { field: 'params.method' });
      return prepare(input, describeFlow(context, flowId));
    },
    /** Signs in by a method, or says that the person has to make an account now. */
    async signIn(
      context: HttpContext,
      flowId: string,
      { method: name, input }: { method: string; input: unknown },
    ): Promise<SignInOutcome> {
      await flows.check(context, flowId);
      const result = await getMethod(name).proveOwner(input, describeFlow(context, flowId));
      if (result === 'register') return { register: true };
      return { continueAt: await enter(context, flowId, { accountId: result, method: name }) };
    },
    /** The person does not want to. */
    refuse: (context: HttpContext, flowId: string): Promise<string> => flows.refuse(context, flowId),
  };
}

/** See `createSignInService`. */
export type SignInService = ReturnType<typeof createSignInService>;
