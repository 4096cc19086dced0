import type { Knex } from 'knex';

/** How many texts were paid for on a day. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table text_spend (
      day date primary key,
      texts integer not null,
      stopped_at timestamptz
    );
    comment on table text_spend is 'Texts of a day (UTC), for the spend limit; says nothing about people.';
    comment on column text_spend.stopped_at is 'When the limit was reached and the alarm raised, once a day.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table text_spend');
}
