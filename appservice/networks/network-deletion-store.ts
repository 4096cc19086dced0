import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';

/** A deletion that somebody asked for at a network. */
export type NetworkDeletion = {
  readonly network: string;
  /** Null when the profile is gone, or where there was none. */
  readonly accountId: AccountId | null;
  readonly askedAt: Date;
  readonly finishedAt: Date | null;
};

type Row = { code_hash: string; network: string; account_id: AccountId | null; asked_at: Date; finished_at: Date | null };

const toDomain = ({ network, account_id: accountId, asked_at: askedAt, finished_at: finishedAt }: Row): NetworkDeletion => ({
  network,
  accountId,
  askedAt,
  finishedAt,
});

/** Rows of `network_deletion`. */
export function createNetworkDeletionStore(database: Database) {
  const rows = () => database<Row>('network_deletion');
  return {
    async add(codeHash: string, { network, accountId, askedAt }: Omit<NetworkDeletion, 'finishedAt'>): Promise<void> {
      await rows().insert({ code_hash: codeHash, network, account_id: accountId, asked_at: askedAt, finished_at: null });
    },
    async find(codeHash: string): Promise<NetworkDeletion | undefined> {
      const row = await rows().where({ code_hash: codeHash }).first();
      return row && toDomain(row);
    },
    /** Those whose profile is still there, the oldest first. */
    async listOpen(limit: number): Promise<NetworkDeletion[]> {
      return (await rows().whereNull('finished_at').whereNotNull('account_id').orderBy('asked_at').limit(limit)).map(toDomain);
    },
    /** Those whose profile is gone are finished. */
    async finish(at: Date): Promise<void> {
      await rows().whereNull('finished_at').whereNull('account_id').update({ finished_at: at });
    },
    async deleteFinished(before: Date): Promise<void> {
      await rows().where('finished_at', '<', before).delete();
    },
  };
}
