import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { SignInMethod } from './sign-in-method.ts';

const phone = z.string().min(1).max(80);
const askInput = z.object({ phone });
const input = z.object({ phone, code: z.string().min(1).max(40) });

type Proof = { readonly number: MobileNumber; readonly purpose: 'sign-in'; readonly flowId: string };

type Dependencies = {
  readonly parse: (input: string) => MobileNumber;
  /** `prove` throws one error for all that is wrong about a code. */
  readonly codes: {
    send(proof: Proof & { network: string }, textOf: (code: string) => Promise<string>): Promise<{ expiresAt: number; resendAt: number }>;
    prove(proof: Proof, code: string): Promise<void>;
  };
  /** The text of a code, for a number that has an account or none. */
  readonly textOf: (code: string, locale: string, isKnown: boolean) => string;
  /** Whose number it is; `isFresh`: it was proved lately. */
  readonly findOwner: (number: MobileNumber) => Promise<{ accountId: AccountId; isFresh: boolean } | undefined>;
  readonly noteProof: (id: AccountId) => Promise<void>;
  readonly beginRegistration: (flowId: string, start: { number: MobileNumber }) => Promise<unknown>;
};

/**
 * Signs in with a code that is sent to a number, or begins a registration. A number alone does not open an account that has not proved
 * it for long, because numbers change their owners: a browser that was signed in before does; else the person is somebody new.
 */
export function createPhoneMethod({ parse, codes, textOf, findOwner, noteProof, beginRegistration }: Dependencies) {
  const method: SignInMethod<typeof input, typeof askInput> = {
    name: 'phone',
    input,
    prepare: {
      input: askInput,
      run: ({ phone: entered }, { flowId, network, locale }) => {
        const number = parse(entered);
        // Known or not, one look-up and one text: neither answer nor time tells them apart; the text does, to whoever has the number.
        return codes.send({ number, purpose: 'sign-in', flowId, network }, async (code) =>
          textOf(code, locale, (await findOwner(number)) !== undefined),
        );
      },
    },
    async proveOwner({ phone: entered, code }, { flowId, isKnownTo }) {
      const number = parse(entered);
      try {
        await codes.prove({ number, purpose: 'sign-in', flowId }, code);
      } catch (cause) {
        if (!(cause instanceof ApiError && cause.code === 'COM_SMOOPE_CODE_WRONG')) throw cause;
        throw new ApiError('COM_SMOOPE_NOT_PROVEN', cause.message, { field: 'body.code', cause });
      }
      const owner = await findOwner(number);
      if (owner !== undefined && (owner.isFresh || (await isKnownTo(owner.accountId)))) {
        await noteProof(owner.accountId);
        return owner.accountId;
      }
      await beginRegistration(flowId, { number });
      return 'register';
    },
  };
  return method;
}
