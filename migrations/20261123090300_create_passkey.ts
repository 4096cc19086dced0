import type { Knex } from 'knex';

/** Passkeys of accounts (WebAuthn), and the challenges that are out. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_passkey (
      credential_id text primary key,
      account_id text not null references account on delete cascade,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null,
      browser text not null,
      system text not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    );
    create index account_passkey_account_id_idx on account_passkey (account_id);
    comment on table account_passkey is 'Keys with which somebody signs in without number and password; the private half never leaves the device.';
    comment on column account_passkey.counter is 'How often the device says that it signed; 0 for keys that several devices share.';
    comment on column account_passkey.browser is 'Family only, so that the person knows it again in the list.';

    create table passkey_challenge (
      challenge_hash text primary key,
      bound_to_hash text not null,
      expires_at timestamptz not null
    );
    create index passkey_challenge_expires_at_idx on passkey_challenge (expires_at);
    comment on table passkey_challenge is 'What a device has to sign; good once, for the sign-in or session that asked.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table passkey_challenge, account_passkey');
}
