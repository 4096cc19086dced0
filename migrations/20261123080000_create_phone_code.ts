import type { Knex } from 'knex';

/** Codes that prove a mobile number, and when texts went where, for the limits. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table phone_code (
      number_hash text not null,
      purpose text not null check (purpose in ('register', 'sign-in', 'recover', 'change-number')),
      flow_hash text not null,
      code_hash text not null,
      tries integer not null default 0,
      expires_at timestamptz not null,
      constraint phone_code_pkey primary key (number_hash, purpose)
    );
    create index phone_code_flow_hash_idx on phone_code (flow_hash);
    create index phone_code_expires_at_idx on phone_code (expires_at);
    comment on table phone_code is 'The one code that is good for a number and a purpose; the row goes when the code is used.';
    comment on column phone_code.flow_hash is 'Keyed hash of the browser''s flow that asked for it; no other can use it.';
    comment on column phone_code.code_hash is 'Keyed hash of code, purpose, number and flow.';
    comment on column phone_code.tries is 'Counted before a code is compared.';

    create table phone_code_text (
      id bigint generated always as identity primary key,
      number_hash text not null,
      range_hash text not null,
      network_hash text not null,
      sent_at timestamptz not null
    );
    create index phone_code_text_number_hash_idx on phone_code_text (number_hash, sent_at);
    create index phone_code_text_range_hash_idx on phone_code_text (range_hash, sent_at);
    create index phone_code_text_network_hash_idx on phone_code_text (network_hash, sent_at);
    create index phone_code_text_sent_at_idx on phone_code_text (sent_at);
    comment on table phone_code_text is 'Texts of the last day, for the limits; keyed hashes only.';
    comment on column phone_code_text.range_hash is 'The number without its last three digits: pumped traffic goes to neighbours.';
    comment on column phone_code_text.network_hash is 'Truncated address that asked for it.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table phone_code, phone_code_text');
}
