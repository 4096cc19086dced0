import type { Knex } from 'knex';

/** People and companies are counted beside networks by now; the shape stays. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `comment on table rate_limit is 'Counters by keyed hash of a truncated address, a person or a company; gone when they expire.'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`comment on table rate_limit is 'Counters by keyed hash of a truncated address; gone when they expire.'`);
}
