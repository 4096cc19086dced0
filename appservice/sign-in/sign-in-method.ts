import type { z } from 'zod';
import type { AccountId } from '../ids.ts';

/** Somebody who has proven to own an account, and how. */
export type ProvenOwner = {
  readonly accountId: AccountId;
  /** Name of the method; the homeserver reads it in the token as `amr` (RFC 8176). */
  readonly method: string;
};

/** What a method found: whose account it is, or that somebody without one has begun a registration under the flow. */
export type SignInResult = AccountId | 'register';

/** The sign-in that a method is asked in. */
export type SignInFlow = {
  /** Names the sign-in and with it the browser, so that a code of one is worth nothing in another. */
  readonly flowId: string;
  /** Truncated address that asks, for limits. */
  readonly network: string;
  /** Language of the page (BCP 47). */
  readonly locale: string;
  /** Whether somebody has been signed in to the account in this browser before. */
  readonly isKnownTo: (accountId: AccountId) => Promise<boolean>;
};

/** A step before the proof: a code is sent, a challenge is made. What it answers is for the page. */
export type SignInPreparation<Input extends z.ZodType = z.ZodType> = {
  readonly input: Input;
  readonly run: (input: z.output<Input>, flow: SignInFlow) => Promise<Record<string, unknown>>;
};

/**
 * A way to sign in: phone code, password, passkey, another network. To add one, make one of these and hand it to the wiring; it knows
 * nothing of cookies, OpenID or the homeserver.
 */
export type SignInMethod<Input extends z.ZodType = z.ZodType, Prepared extends z.ZodType = z.ZodType> = {
  /** Small letters and hyphens; stands in the address. */
  readonly name: string;
  /** What the page sends. */
  readonly input: Input;
  /** Where a proof has to be asked for first. */
  readonly prepare?: SignInPreparation<Prepared>;
  /**
   * Says whose account it is, or begins a registration. Throws `ApiError` COM_SMOOPE_NOT_PROVEN with one answer for all that is
   * wrong, or M_LIMIT_EXCEEDED.
   */
  readonly proveOwner: (input: z.output<Input>, flow: SignInFlow) => Promise<SignInResult>;
};

/** A method as the routes see it: its input is decoded by its own schema. */
export type AnySignInMethod = {
  readonly name: string;
  readonly prepare: ((input: unknown, flow: SignInFlow) => Promise<Record<string, unknown>>) | undefined;
  readonly proveOwner: (input: unknown, flow: SignInFlow) => Promise<SignInResult>;
};
