import type { Knex } from 'knex';

/** People from whom a company takes no messages any more. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table visitor_block (
      company_id text not null references company,
      person_id text not null references person,
      blocked_at timestamptz not null default now(),
      constraint visitor_block_pkey primary key (company_id, person_id)
    );
    create index visitor_block_person_id_idx on visitor_block (person_id);
    comment on table visitor_block is 'Messages of these people to this company are refused; lifting the block deletes the row.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table visitor_block');
}
