import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { RegistrationId } from '../ids.ts';
import type { OnCompleted, RegistrationStart } from '../registrations/registration.ts';
import type { SignInMethod } from '../sign-in/sign-in-method.ts';
import { createAccountNetworkStore } from './account-network-store.ts';
import type { NetworkConnections } from './network-connections.ts';
import type { NetworkSeal } from './network-seal.ts';
import { createNetworkVisitStore } from './network-visit-store.ts';
import type { NetworkProfile } from './network.ts';

/** Life of what somebody came back with, in milliseconds; their page asks for it at once, or after a question about their mail. */
const PROOF_MS = 15 * 60_000;

/** What an account made with a network needs beside it. */
export type NetworkNeeds = { readonly email: true; readonly number: boolean };

type Dependencies = {
  readonly database: Database;
  readonly seal: NetworkSeal;
  readonly connections: NetworkConnections;
  readonly asksNumber: boolean;
  readonly begin: (flowId: string, start: RegistrationStart, on: Database) => Promise<{ readonly id: RegistrationId }>;
  readonly findRegistration: (flowId: string) => Promise<{ readonly id: RegistrationId } | undefined>;
  readonly now: () => Date;
};

const input = z.object({});

/** The name under which every network stands among the ways to sign in: the homeserver is told it, and not which network. */
const METHOD = 'network';

const missing = (field: string, what: string): ApiError =>
  new ApiError('M_MISSING_PARAM', `${field}: ${what} is needed for an account that is made with a network.`, { field });

/** Signs in, or begins a registration, with what a network has told; the account is found by the id there and by nothing else. */
export function createNetworkSignIn({ database, seal, connections, asksNumber, now, ...rest }: Dependencies) {
  const store = createNetworkVisitStore(database, seal);

  const method: SignInMethod<typeof input> = {
    name: METHOD,
    input,
    proveOwner: (_input, { flowId }) =>
      inTransaction(database, async (transaction) => {
        const proof = await createNetworkVisitStore(transaction, seal).takeProof(flowId, now());
        if (proof === undefined) throw new ApiError('COM_SMOOPE_NOT_PROVEN', 'Nobody has come back from a network to this sign-in.');
        const { network, profile } = proof;
        const { subject, firstName, lastName, email } = profile;
        const rows = createAccountNetworkStore(transaction, seal);
        const known = await rows.find({ network, subject });
        if (known !== undefined) return known.accountId;
        const registration = await rest.begin(flowId, { names: { firstName, lastName }, email }, transaction);
        await rows.register(registration.id, { network, subject });
        return 'register';
      }),
  };

  /** Adds the network to an account that was made with one, and sees to it that nothing is missing. */
  const onCompleted: OnCompleted = async (transaction, { accountId, registrationId, hasEmail, hasNumber }) => {
    const rows = createAccountNetworkStore(transaction, seal);
    const subject = await rows.findRegistration(registrationId);
    if (subject === undefined) return;
    if (!hasEmail) throw missing('body.email', 'a mail address');
    if (asksNumber && !hasNumber) throw missing('body.number', 'a mobile number');
    if ((await connections.addTo(transaction, accountId, subject)) !== 'connected')
      throw new ApiError('COM_SMOOPE_CONFLICT', 'Somebody has made an account with this network account just now; sign in with it.');
  };

  return {
    method,
    onCompleted,
    /**
     * Keeps who came back until the page of the sign-in goes on. `email`: no account is known and the network gave no mail address; the
     * person is asked once whether they want to let it, else they enter one.
     */
    async receive(flowId: string, network: string, profile: NetworkProfile, isSecond: boolean): Promise<'proven' | 'email'> {
      await store.keepProof(flowId, { network, profile }, new Date(now().getTime() + PROOF_MS));
      const isKnown = (await connections.find({ network, subject: profile.subject })) !== undefined;
      return isKnown || isSecond || profile.email !== undefined ? 'proven' : 'email';
    },
    /** The network with which somebody makes an account at this sign-in, and what is needed beside it; undefined where it is none. */
    async describeRegistration(flowId: string): Promise<{ network: string; needs: NetworkNeeds } | undefined> {
      const registration = await rest.findRegistration(flowId);
      const subject = registration && (await createAccountNetworkStore(database, seal).findRegistration(registration.id));
      return subject && { network: subject.network, needs: { email: true, number: asksNumber } };
    },
    deleteExpired: (): Promise<void> => store.deleteExpired(now()),
  };
}

/** See `createNetworkSignIn`. */
export type NetworkSignIn = ReturnType<typeof createNetworkSignIn>;
