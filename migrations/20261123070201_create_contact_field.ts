import type { Knex } from 'knex';

/** What people tell a company about themselves, field by field. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table contact_field (
      person_id text not null references person,
      company_id text not null references company,
      key text not null,
      value text not null,
      purpose text not null,
      given_at timestamptz not null default now(),
      constraint contact_field_pkey primary key (person_id, company_id, key)
    );
    create index contact_field_company_id_idx on contact_field (company_id);
    comment on table contact_field is 'Values of the fields that a company asks for; never in Matrix state.';
    comment on column contact_field.purpose is 'The sentence beside the field when the value was given: for this the person gave it.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table contact_field');
}
