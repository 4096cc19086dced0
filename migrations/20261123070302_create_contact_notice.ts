import type { Knex } from 'knex';

/** Where people who used the contact form want to be told that there is an answer. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table contact_notice (
      conversation_id text primary key references conversation on delete cascade,
      person_id text not null references person on delete cascade,
      user_id text not null,
      way text not null check (way in ('sms', 'mail')),
      address text not null,
      locale text not null,
      asked_at timestamptz not null,
      code_hash text,
      code_expires_at timestamptz,
      code_tries integer not null default 0,
      proven_at timestamptz,
      told_seq integer not null default 0
    );
    create index contact_notice_person_id_idx on contact_notice (person_id);
    create index contact_notice_asked_at_idx on contact_notice (asked_at) where proven_at is null;
    comment on table contact_notice is 'Number or mail address of a person, to tell them once per absence that there is an answer.';
    comment on column contact_notice.code_hash is 'Keyed hash of the code that was sent; null while none is waiting.';
    comment on column contact_notice.proven_at is 'When the person entered the code; nothing else is sent before.';
    comment on column contact_notice.told_seq is 'Place of the answer that was told last; told again only after it was read.';

    create table contact_code (
      address_hash text not null,
      conversation_id text references conversation on delete set null,
      asked_at timestamptz not null
    );
    create index contact_code_address_hash_idx on contact_code (address_hash, asked_at);
    create index contact_code_asked_at_idx on contact_code (asked_at);
    create index contact_code_conversation_id_idx on contact_code (conversation_id);
    comment on table contact_code is 'Codes asked for per address within a day, so that nobody is pestered with them.';
    comment on column contact_code.address_hash is 'Keyed hash of the address.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table contact_code, contact_notice');
}
