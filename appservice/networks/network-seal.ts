import { deriveKey } from '../derived-key.ts';
import { createSeal, hashPair, type Seal } from '../sealing.ts';

/** Keyed hashes and encryption of what is kept of networks; each purpose has a key of its own. */
export type NetworkSeal = {
  /** Of somebody's id at a network. */
  hashSubject(network: string, subject: string): string;
  hashState(state: string): string;
  hashBrowser(token: string): string;
  hashFlow(flowId: string): string;
  /** Ids at networks; opened for one purpose only, to give the permission back there. */
  readonly subjects: Seal;
  /** Ways to a network and back. */
  readonly visits: Seal;
};

/** See `NetworkSeal`. */
export function createNetworkSeal({ sealingKey, hashKey }: { sealingKey: string; hashKey: string }): NetworkSeal {
  const subjectKey = deriveKey(hashKey, 'subjects at networks');
  const visitKey = deriveKey(hashKey, 'visits at networks');
  return {
    hashSubject: (network, subject) => hashPair(subjectKey, network, subject),
    hashState: (state) => hashPair(visitKey, 'state', state),
    hashBrowser: (token) => hashPair(visitKey, 'browser', token),
    hashFlow: (flowId) => hashPair(visitKey, 'flow', flowId),
    subjects: createSeal(deriveKey(sealingKey, 'subjects at networks')),
    visits: createSeal(deriveKey(sealingKey, 'visits at networks')),
  };
}
