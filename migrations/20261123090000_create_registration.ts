import type { Knex } from 'knex';

/** People who have proven something at a sign-in and have no account yet. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table registration (
      id text primary key,
      flow_hash text not null,
      number_sealed text,
      number_hash text,
      proved_at timestamptz,
      first_name text,
      last_name text,
      email_sealed text,
      email_proved_at timestamptz,
      notice_version text,
      notice_hash text,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      constraint registration_flow_hash_key unique (flow_hash),
      constraint registration_number_check check ((number_sealed is null) = (number_hash is null) and (number_sealed is null) = (proved_at is null))
    );
    create index registration_expires_at_idx on registration (expires_at);
    comment on table registration is 'Somebody who makes an account; the row goes when the account is made, else after a day.';
    comment on column registration.flow_hash is 'Keyed hash of the sign-in it belongs to, and so of the browser.';
    comment on column registration.number_sealed is 'Mobile number (E.164), encrypted with AES-256-GCM.';
    comment on column registration.proved_at is 'When the number was proved.';
    comment on column registration.first_name is 'What another network said; the person corrects it before the account is made.';
    comment on column registration.email_sealed is 'Mail address, encrypted with AES-256-GCM.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table registration');
}
