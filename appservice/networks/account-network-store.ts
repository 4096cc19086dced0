import type { Database } from '../database/database.ts';
import type { AccountId, RegistrationId } from '../ids.ts';
import type { NetworkSeal } from './network-seal.ts';

/** A network with whose account somebody signs in. */
export type AccountNetwork = { readonly accountId: AccountId; readonly network: string; readonly connectedAt: Date };

/** Somebody at a network. */
export type NetworkSubject = { readonly network: string; readonly subject: string };

type Hidden = { network: string; subject_hash: string; subject_sealed: string };
type Row = Hidden & { account_id: AccountId; connected_at: Date };
type RegistrationRow = Hidden & { registration_id: RegistrationId };

/** Rows of `account_network`, and of `network_registration`, which become such. */
export function createAccountNetworkStore(database: Database, { hashSubject, subjects: seal }: NetworkSeal) {
  const rows = () => database<Row>('account_network');
  const registrations = () => database<RegistrationRow>('network_registration');
  const toDomain = ({ account_id: accountId, network, connected_at: connectedAt }: Row): AccountNetwork => ({
    accountId,
    network,
    connectedAt,
  });
  const hide = ({ network, subject }: NetworkSubject, owner: string): Hidden => ({
    network,
    subject_hash: hashSubject(network, subject),
    subject_sealed: seal.seal(subject, `${network} ${owner}`),
  });
  const open = (row: Hidden, owner: string): NetworkSubject => ({
    network: row.network,
    subject: seal.open(row.subject_sealed, `${row.network} ${owner}`),
  });

  return {
    async find({ network, subject }: NetworkSubject): Promise<AccountNetwork | undefined> {
      const row = await rows()
        .where({ network, subject_hash: hashSubject(network, subject) })
        .first();
      return row && toDomain(row);
    },
    async list(accountId: AccountId): Promise<AccountNetwork[]> {
      return (await rows().where({ account_id: accountId }).orderBy('connected_at')).map(toDomain);
    },
    /** Connects an account; false where either side is connected already. */
    async add(accountId: AccountId, subject: NetworkSubject, at: Date): Promise<boolean> {
      const row = { account_id: accountId, ...hide(subject, accountId), connected_at: at };
      return (await rows().insert(row).onConflict().ignore().returning('account_id')).length > 0;
    },
    /** Disconnects a network and answers whom it was about there; undefined where there is no connection. */
    async remove(accountId: AccountId, network: string): Promise<NetworkSubject | undefined> {
      const [row] = await rows().where({ account_id: accountId, network }).delete().returning('*');
      return row && open(row, accountId);
    },
    async register(registrationId: RegistrationId, subject: NetworkSubject): Promise<void> {
      await registrations().insert({ registration_id: registrationId, ...hide(subject, registrationId) });
    },
    /** With which network somebody makes an account. */
    async findRegistration(id: RegistrationId): Promise<NetworkSubject | undefined> {
      const row = await registrations().where({ registration_id: id }).first();
      return row && open(row, id);
    },
  };
}

/** See `createAccountNetworkStore`. */
export type AccountNetworkStore = ReturnType<typeof createAccountNetworkStore>;
