import type { Knex } from 'knex';

/** Single-use links and proofs with which somebody proves a mail address or sets a new password. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_link (
      token_hash text primary key,
      account_id text not null references account on delete cascade,
      purpose text not null check (purpose in ('prove-email', 'recover')),
      address_sealed text,
      expires_at timestamptz not null
    );
    create index account_link_account_id_idx on account_link (account_id);
    create index account_link_expires_at_idx on account_link (expires_at);
    comment on table account_link is 'Each is good once; the row goes when it is used.';
    comment on column account_link.address_sealed is 'Mail address that the link proves, encrypted with AES-256-GCM.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table account_link');
}
