import type { Knex } from 'knex';

/** Persons (data subjects) and their identities. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table person (
      id text primary key,
      locale text not null,
      created_at timestamptz not null default now()
    );
    comment on table person is 'The data subject; everything about a human refers to this row.';

    create table person_identity (
      id text primary key,
      person_id text not null references person,
      kind text not null check (kind in ('visitor', 'customer', 'agent')),
      user_id text not null,
      valid_from timestamptz not null default now(),
      valid_to timestamptz,
      constraint person_identity_user_id_key unique (user_id)
    );
    create index person_identity_person_id_idx on person_identity (person_id);
    comment on table person_identity is 'Matrix ids of a person; never re-keyed, so that what an old ghost wrote stays findable.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table person_identity, person');
}
