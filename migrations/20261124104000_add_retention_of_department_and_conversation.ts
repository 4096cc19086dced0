import type { Knex } from 'knex';

/** A company may let the messages of a department, or of a single conversation, live for a shorter time than all others. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table department add column retention_days double precision;
    comment on column department.retention_days is 'Life of messages in conversations of the department, in days; empty: as the company says.';
    alter table conversation add column retention_days double precision;
    comment on column conversation.retention_days is 'Life of messages in the conversation, in days; empty: as its department or the company says.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation drop column retention_days;
    alter table department drop column retention_days;
  `);
}
