import type { Knex } from 'knex';

/** Accounts that are signed in to with an account of another network, and the ways there and back. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_network (
      account_id text not null references account on delete cascade,
      network text not null,
      subject_hash text not null,
      subject_sealed text not null,
      connected_at timestamptz not null,
      constraint account_network_pkey primary key (account_id, network),
      constraint account_network_subject_key unique (network, subject_hash)
    );
    comment on table account_network is 'Networks with whose accounts somebody signs in; no name, address or token of the network.';
    comment on column account_network.network is 'Name of the network as the settings have it.';
    comment on column account_network.subject_hash is 'Keyed hash of the id at the network, for look-up.';
    comment on column account_network.subject_sealed is 'The id at the network, encrypted, for one purpose: to give the permission back there.';

    create table network_registration (
      registration_id text primary key references registration on delete cascade,
      network text not null,
      subject_hash text not null,
      subject_sealed text not null
    );
    comment on table network_registration is 'With which network somebody makes an account; becomes a row of account_network.';

    create table network_visit (
      state_hash text primary key,
      network text not null,
      browser_hash text not null,
      sealed text not null,
      expires_at timestamptz not null
    );
    create index network_visit_expires_at_idx on network_visit (expires_at);
    comment on table network_visit is 'People on their way to a network and back; a row is used once.';
    comment on column network_visit.state_hash is 'Keyed hash of what the network gives back (state).';
    comment on column network_visit.browser_hash is 'Keyed hash of the cookie of the browser that left.';
    comment on column network_visit.sealed is 'Verifier, nonce, and for what the person left, encrypted.';

    create table network_proof (
      flow_hash text primary key,
      network text not null,
      sealed text not null,
      expires_at timestamptz not null
    );
    create index network_proof_expires_at_idx on network_proof (expires_at);
    comment on table network_proof is 'People who came back, until their sign-in goes on; a row is used once.';
    comment on column network_proof.flow_hash is 'Keyed hash of the sign-in it belongs to, and so of the browser.';
    comment on column network_proof.sealed is 'What the network told, encrypted.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table network_proof, network_visit, network_registration, account_network');
}
