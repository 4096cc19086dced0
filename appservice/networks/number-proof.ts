import { ApiError } from '../errors.ts';
import type { AccountId, MobileNumber } from '../ids.ts';

type Dependencies = {
  readonly parse: (entered: string) => MobileNumber;
  /** Throws COM_SMOOPE_CODE_WRONG for all that is wrong about a code. */
  readonly proveCode: (proof: { number: MobileNumber; purpose: 'sign-in'; flowId: string }, code: string) => Promise<void>;
  readonly findOwner: (number: MobileNumber) => Promise<{ accountId: AccountId; isFresh: boolean } | undefined>;
  readonly addNumber: (flowId: string, number: MobileNumber) => Promise<void>;
};

/**
 * Adds a number that was proved to a registration with a network, which the way "phone" would begin anew. The code is the one that
 * this way sends, and is worth as much.
 */
export function createNumberProof({ parse, proveCode, findOwner, addNumber }: Dependencies) {
  return async (flowId: string, { phone, code }: { phone: string; code: string }): Promise<void> => {
    const number = parse(phone);
    await proveCode({ number, purpose: 'sign-in', flowId }, code);
    const field = 'body.phone';
    if ((await findOwner(number))?.isFresh === true) {
      const message = 'This number has an account; sign in with it and connect the network there.';
      throw new ApiError('COM_SMOOPE_CONFLICT', message, { field });
    }
    await addNumber(flowId, number);
  };
}

/** See `createNumberProof`. */
export type NumberProof = ReturnType<typeof createNumberProof>;
