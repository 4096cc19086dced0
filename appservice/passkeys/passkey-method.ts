import { z } from 'zod';
import type { SignInMethod } from '../sign-in/sign-in-method.ts';
import { passkeyProofSchema } from './passkey-wire.ts';
import type { Passkeys } from './passkeys.ts';

const nothing = z.object({});

/** Signs in with a passkey: first the options for the browser, then what the device signed. */
export function createPasskeyMethod(
  passkeys: Pick<Passkeys, 'prepareProof' | 'prove'>,
): SignInMethod<typeof passkeyProofSchema, typeof nothing> {
  return {
    name: 'passkey',
    input: passkeyProofSchema,
    prepare: { input: nothing, run: async (_input, { flowId }) => ({ ...(await passkeys.prepareProof(flowId)) }) },
    proveOwner: (proof, { flowId }) => passkeys.prove(flowId, proof),
  };
}
