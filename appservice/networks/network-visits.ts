import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { NetworkSeal } from './network-seal.ts';
import { createNetworkVisitStore, type NetworkVisit, type VisitPurpose } from './network-visit-store.ts';
import { failureIn, type Network, type NetworkFailure, type NetworkProblem, type NetworkProfile } from './network.ts';

/** Minutes within which somebody must be back; they may have to sign in at the network first. */
export const VISIT_MINUTES = 20;

/** Somebody who came back, with what the network told or why it told nothing. */
export type Return = Pick<NetworkVisit, 'purpose' | 'isSecond'> &
  ({ readonly profile: NetworkProfile } | { readonly problem: NetworkProblem });

type Dependencies = {
  readonly database: Database;
  readonly networks: readonly Network[];
  readonly seal: NetworkSeal;
  /** Address to which a network sends people back. */
  readonly callbackOf: (network: string) => string;
  readonly log: Logger;
  readonly now: () => Date;
};

const random = (): string => randomBytes(32).toString('base64url');

/** Sends people to networks and receives them again. */
export function createNetworkVisits({ database, networks, seal, callbackOf, log, now }: Dependencies) {
  const store = createNetworkVisitStore(database, seal);

  function get(name: string): Network {
    const network = networks.find((each) => each.name === name);
    if (network !== undefined) return network;
    const known = networks.map((each) => each.name).join(', ') || 'none';
    throw new ApiError('M_NOT_FOUND', `params.network: there is no such network; there is ${known}.`, { field: 'params.network' });
  }

  function noteFailure(name: string, step: string, error: unknown): NetworkFailure {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    const isOurs = failure.problem !== 'denied';
    log[isOurs ? 'warn' : 'info']('network_failed', { step, reason: name, outcome: failure.problem, code: failure.code });
    return failure;
  }

  return {
    get,
    /** Where the person goes; `browser` names the browser in which they must come back. Throws COM_SMOOPE_NETWORK_UNAVAILABLE. */
    async leave(name: string, visit: { purpose: VisitPurpose; isSecond: boolean }, browser: string): Promise<URL> {
      const network = get(name);
      const secrets = { state: random(), nonce: random(), verifier: random() };
      try {
        const asksFor = visit.purpose.for === 'sign-in' ? 'profile' : 'id';
        const address = await network.leaveFor({ ...secrets, redirectUri: callbackOf(name), asksFor, asksAgain: visit.isSecond });
        const expiresAt = new Date(now().getTime() + VISIT_MINUTES * 60_000);
        await store.create({ network: name, secrets, ...visit }, browser, expiresAt);
        return address;
      } catch (cause) {
        noteFailure(name, 'leave', cause);
        throw new ApiError('COM_SMOOPE_NETWORK_UNAVAILABLE', 'The network does not answer at the moment; try again, or another way.', {
          cause,
        });
      }
    },
    /**
     * Receives somebody at the address to which a network has sent them. Undefined where nobody left with this state in this browser,
     * or it is too long ago, or they are back already.
     */
    async receive(name: string, query: string, browser: string | undefined): Promise<Return | undefined> {
      const network = get(name);
      const address = new URL(callbackOf(name));
      address.search = query;
      const state = address.searchParams.get('state');
      if (state === null || browser === undefined) return undefined;
      const visit = await store.take({ network: name, state, browser }, now());
      if (visit === undefined) return undefined;
      const { purpose, isSecond } = visit;
      try {
        return { purpose, isSecond, profile: await network.exchange(address, visit.secrets) };
      } catch (error) {
        return { purpose, isSecond, problem: noteFailure(name, 'exchange', error).problem };
      }
    },
  };
}

/** See `createNetworkVisits`. */
export type NetworkVisits = ReturnType<typeof createNetworkVisits>;
