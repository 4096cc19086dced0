import type { Knex } from 'knex';

/** Lets an inbox be read page by page, newest activity first, without looking at all conversations of a company. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index conversation_inbox_idx on conversation (company_id, last_event_at desc, id desc) where hidden_at is null');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index conversation_inbox_idx');
}
