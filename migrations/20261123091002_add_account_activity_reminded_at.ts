import type { Knex } from 'knex';

/** The owner of an account that nobody uses is told a second time, shortly before its end. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table account_activity add column reminded_at timestamptz;
    comment on column account_activity.reminded_at is 'When the owner was told a second time that the account goes; empty again after the next use.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table account_activity drop column reminded_at');
}
