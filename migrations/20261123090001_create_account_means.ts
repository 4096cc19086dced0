import type { Knex } from 'knex';

/** What an account is reached and signed in to by: number, mail address, password. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_number (
      account_id text primary key references account on delete cascade,
      number_sealed text not null,
      number_hash text not null,
      proved_at timestamptz not null,
      constraint account_number_number_hash_key unique (number_hash)
    );
    comment on table account_number is 'The mobile number of an account; a number belongs to one account.';
    comment on column account_number.number_sealed is 'E.164, encrypted with AES-256-GCM.';
    comment on column account_number.number_hash is 'Keyed hash under which it is looked up.';
    comment on column account_number.proved_at is 'Last proof by a code; numbers change their owners.';

    create table account_email (
      account_id text primary key references account on delete cascade,
      address_sealed text not null,
      address_hash text not null,
      proved_at timestamptz
    );
    create index account_email_address_hash_idx on account_email (address_hash);
    comment on table account_email is 'The mail address of an account; of use only once a link has proved it.';
    comment on column account_email.address_sealed is 'Encrypted with AES-256-GCM.';
    comment on column account_email.address_hash is 'Keyed hash under which it is looked up; several people may share an address.';

    create table account_password (
      account_id text primary key references account on delete cascade,
      hash text not null,
      changed_at timestamptz not null
    );
    comment on table account_password is 'Passwords of those who want one.';
    comment on column account_password.hash is 'argon2id, in the form of all argon2 libraries.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table account_password, account_email, account_number');
}
