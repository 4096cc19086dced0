import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { NetworkSeal } from './network-seal.ts';
import type { NetworkProfile, NetworkSecrets } from './network.ts';

/** For what somebody left. */
export type VisitPurpose =
  { readonly for: 'sign-in'; readonly flowId: string } | { readonly for: 'connection'; readonly accountId: string };

/** Somebody on the way to a network. */
export type NetworkVisit = {
  readonly network: string;
  readonly secrets: NetworkSecrets;
  readonly purpose: VisitPurpose;
  /** Whether they were sent a second time, for what they had kept back. */
  readonly isSecond: boolean;
};

/** Somebody who came back to a sign-in. */
export type NetworkProof = { readonly network: string; readonly profile: NetworkProfile };

type VisitRow = { state_hash: string; network: string; browser_hash: string; sealed: string; expires_at: Date };
type ProofRow = { flow_hash: string; network: string; sealed: string; expires_at: Date };

const visitSchema = z.object({
  nonce: z.string(),
  verifier: z.string(),
  isSecond: z.boolean(),
  purpose: z.union([
    z.object({ for: z.literal('sign-in'), flowId: z.string() }),
    z.object({ for: z.literal('connection'), accountId: z.string() }),
  ]),
});

const profileSchema = z.object({
  subject: z.string(),
  firstName: z.string().exactOptional(),
  lastName: z.string().exactOptional(),
  email: z.string().exactOptional(),
});

/** Rows of `network_visit` and `network_proof`; each is used once. */
export function createNetworkVisitStore(database: Database, { hashState, hashBrowser, hashFlow, visits: seal }: NetworkSeal) {
  const visits = () => database<VisitRow>('network_visit');
  const proofs = () => database<ProofRow>('network_proof');
  return {
    async create({ network, secrets: { state, ...secrets }, purpose, isSecond }: NetworkVisit, browser: string, expiresAt: Date) {
      const stateHash = hashState(state);
      const sealed = seal.seal(JSON.stringify({ ...secrets, purpose, isSecond }), stateHash);
      await visits().insert({ state_hash: stateHash, network, browser_hash: hashBrowser(browser), sealed, expires_at: expiresAt });
    },
    /** Uses up the visit that comes back with this state in this browser. */
    async take({ network, state, browser }: { network: string; state: string; browser: string }, now: Date) {
      const stateHash = hashState(state);
      const [row] = await visits()
        .where({ state_hash: stateHash, network, browser_hash: hashBrowser(browser) })
        .where('expires_at', '>', now)
        .delete()
        .returning('*');
      if (row === undefined) return undefined;
      const { purpose, isSecond, ...secrets } = visitSchema.parse(JSON.parse(seal.open(row.sealed, stateHash)));
      const visit: NetworkVisit = { network: row.network, secrets: { ...secrets, state }, purpose, isSecond };
      return visit;
    },
    /** Keeps who came back to a sign-in, in place of an earlier one there. */
    async keepProof(flowId: string, { network, profile }: NetworkProof, expiresAt: Date): Promise<void> {
      const flowHash = hashFlow(flowId);
      const content = { network, sealed: seal.seal(JSON.stringify(profile), flowHash), expires_at: expiresAt };
      await proofs()
        .insert({ flow_hash: flowHash, ...content })
        .onConflict('flow_hash')
        .merge(content);
    },
    /** Uses up the proof of a sign-in. */
    async takeProof(flowId: string, now: Date): Promise<NetworkProof | undefined> {
      const flowHash = hashFlow(flowId);
      const [row] = await proofs().where({ flow_hash: flowHash }).where('expires_at', '>', now).delete().returning('*');
      if (row === undefined) return undefined;
      return { network: row.network, profile: profileSchema.parse(JSON.parse(seal.open(row.sealed, flowHash))) };
    },
    async deleteExpired(now: Date): Promise<void> {
      await visits().where('expires_at', '<=', now).delete();
      await proofs().where('expires_at', '<=', now).delete();
    },
  };
}
