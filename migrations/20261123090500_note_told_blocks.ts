import type { Knex } from 'knex';

/** Whether a blocked customer was told so when they invited the company again: once is an answer, each time would be a reply machine. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table visitor_block add column told_at timestamptz;
    comment on column visitor_block.told_at is 'When the person was told at the front door; null: not yet.';
    comment on column front_door.person_id is 'Null: somebody of the company itself, who is only told where conversations are; or somebody from whom the company takes no messages.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table visitor_block drop column told_at;
    comment on column front_door.person_id is 'Null: somebody of the company itself, who is only told where conversations are.';
  `);
}
