import { z } from 'zod';
import type { AccountId } from '../ids.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** A number or a mail address as one text, and the accounts it may be of. */
export type Identified = {
  readonly identifier: string;
  readonly owners: readonly AccountId[];
  /** How many accounts may have such a number or address: so many passwords are compared, however many have it. */
  readonly places: number;
};

const input = z.object({ identifier: z.string().min(1).max(320), password: z.string().max(2000) });

type Dependencies = {
  /** Throws M_INVALID_PARAM for what is neither number nor address. */
  readonly identify: (entered: string, field: string) => Promise<Identified>;
  /** Throws one error for all that does not fit. */
  readonly prove: (identified: Identified, password: string) => Promise<AccountId>;
};

/** Signs in with a number or proved mail address and a password. */
export function createPasswordMethod({ identify, prove }: Dependencies): SignInMethod<typeof input> {
  return {
    name: 'password',
    input,
    async proveOwner({ identifier: entered, password }) {
      return prove(await identify(entered, 'body.identifier'), password);
    },
  };
}
