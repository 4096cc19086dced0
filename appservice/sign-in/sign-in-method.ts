import type { z } from 'zod';
import type { AccountId } from '../ids.ts';

/** Somebody who has proven to own an account, and how. */
export type ProvenOwner = {
  readonly accountId: AccountId;
  /** Name of the method; the homeserver reads it in the token as `amr` (RFC 8176). */
  readonly method: string;
};

/**
 * A way to sign in: phone code, password, passkey, another network. To add one, make one of these and hand it to the wiring; it knows
 * nothing of cookies, OpenID or the homeserver.
 */
export type SignInMethod<Input extends z.ZodType = z.ZodType> = {
  /** Small letters and hyphens; stands in the address. */
  readonly name: string;
  /** What the page sends. */
  readonly input: Input;
  /**
   * Says whose account it is. `flowId` names the sign-in, so that a code of one is worth nothing in another. Throws `ApiError`
   * COM_SMOOPE_NOT_PROVEN with one answer for all that is wrong, or M_LIMIT_EXCEEDED.
   */
  readonly proveOwner: (input: z.output<Input>, flow: { readonly flowId: string }) => Promise<AccountId>;
};

/** A method as the routes see it: its input is decoded by its own schema. */
export type AnySignInMethod = {
  readonly name: string;
  readonly proveOwner: (input: unknown, flow: { readonly flowId: string }) => Promise<AccountId>;
};
