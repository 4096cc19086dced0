import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import type { NetworkSubject } from './account-network-store.ts';
import type { NetworkSeal } from './network-seal.ts';

/** What came of giving the permission back: `open` is tried again, `given-up` is not. */
export type WithdrawalOutcome = 'open' | 'confirmed' | 'given-up' | 'not-offered';

/** A permission that is given back at a network. */
export type NetworkWithdrawal = {
  readonly id: string;
  readonly network: string;
  readonly outcome: WithdrawalOutcome;
  readonly askedAt: Date;
};

/** One that is to be tried now. */
export type DueWithdrawal = NetworkWithdrawal & { readonly subject: string; readonly tries: number };

type Row = {
  id: string;
  account_id: AccountId | null;
  network: string;
  subject_hash: string | null;
  subject_sealed: string | null;
  outcome: WithdrawalOutcome;
  tries: number;
  asked_at: Date;
  next_try_at: Date | null;
};

const contextOf = (id: string): string => `withdrawal ${id}`;

/** Rows of `network_withdrawal`. */
export function createNetworkWithdrawalStore(database: Database, { hashSubject, subjects: seal }: NetworkSeal) {
  const rows = () => database<Row>('network_withdrawal');
  const toDomain = ({ id, network, outcome, asked_at: askedAt }: Row): NetworkWithdrawal => ({ id, network, outcome, askedAt });
  return {
    /** Notes that it has to be given back. Whoever notes it tries it first; others not before `nextTryAt`. */
    async add(accountId: AccountId, { network, subject }: NetworkSubject, times: { at: Date; nextTryAt: Date }): Promise<string> {
      const id = randomUUID();
      await rows().insert({
        id,
        account_id: accountId,
        network,
        subject_hash: hashSubject(network, subject),
        subject_sealed: seal.seal(subject, contextOf(id)),
        outcome: 'open',
        tries: 0,
        asked_at: times.at,
        next_try_at: times.nextTryAt,
      });
      return id;
    },
    /** Takes one that is due; nobody else takes it before `nextTryAt`. */
    async takeDue(now: Date, nextTryAt: Date): Promise<DueWithdrawal | undefined> {
      const due = rows().where({ outcome: 'open' }).where('next_try_at', '<=', now).orderBy('next_try_at').limit(1);
      const [row] = await rows().whereIn('id', due.forUpdate().skipLocked().select('id')).update({ next_try_at: nextTryAt }).returning('*');
      if (row === undefined || row.subject_sealed === null) return undefined;
      return { ...toDomain(row), subject: seal.open(row.subject_sealed, contextOf(row.id)), tries: row.tries };
    },
    /** Notes a try; with any outcome but `open` the id at the network goes. */
    async noteTry(id: string, outcome: WithdrawalOutcome): Promise<void> {
      const gone = outcome === 'open' ? {} : { subject_hash: null, subject_sealed: null, next_try_at: null };
      await rows()
        .where({ id, outcome: 'open' })
        .update({ outcome, tries: database.raw('tries + 1'), ...gone });
    },
    /** Stops giving back what the person has allowed anew. */
    async dropOpen({ network, subject }: NetworkSubject): Promise<void> {
      await rows()
        .where({ outcome: 'open', network, subject_hash: hashSubject(network, subject) })
        .delete();
    },
    /** Those of an account, the latest first. */
    async list(accountId: AccountId): Promise<NetworkWithdrawal[]> {
      return (await rows().where({ account_id: accountId }).orderBy('asked_at', 'desc')).map(toDomain);
    },
    async deleteOld(askedBefore: Date): Promise<void> {
      await rows().where('asked_at', '<', askedBefore).delete();
    },
  };
}
