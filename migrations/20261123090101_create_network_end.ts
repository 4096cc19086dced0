import type { Knex } from 'knex';

/** The end of a connection to a network: permissions that are given back, and deletions that a network passes on. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table network_withdrawal (
      id text primary key,
      account_id text references account on delete set null,
      network text not null,
      subject_hash text,
      subject_sealed text,
      outcome text not null,
      tries integer not null,
      asked_at timestamptz not null,
      next_try_at timestamptz,
      constraint network_withdrawal_outcome_check check (outcome in ('open', 'confirmed', 'given-up', 'not-offered')),
      constraint network_withdrawal_open_check check ((outcome = 'open') = (subject_sealed is not null and next_try_at is not null))
    );
    create index network_withdrawal_account_id_idx on network_withdrawal (account_id);
    create index network_withdrawal_next_try_at_idx on network_withdrawal (next_try_at) where outcome = 'open';
    create index network_withdrawal_asked_at_idx on network_withdrawal (asked_at);
    comment on table network_withdrawal is 'Whether a network took back what somebody had allowed, after they disconnected it.';
    comment on column network_withdrawal.subject_sealed is 'The id at the network, encrypted; gone as soon as nothing is tried any more.';

    create table network_deletion (
      code_hash text primary key,
      network text not null,
      account_id text references account on delete set null,
      asked_at timestamptz not null,
      finished_at timestamptz
    );
    create index network_deletion_account_id_idx on network_deletion (account_id);
    comment on table network_deletion is 'Deletions that somebody asked for at a network.';
    comment on column network_deletion.code_hash is 'SHA-256 of the confirmation code that the network shows to the person.';
    comment on column network_deletion.account_id is 'Whose profile; empty when it is gone, or where there was none.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table network_deletion, network_withdrawal');
}
