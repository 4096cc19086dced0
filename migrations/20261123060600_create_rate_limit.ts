import type { Knex } from 'knex';

/** Counters of the rate limiter, shared by all processes; the shape is the one rate-limiter-flexible expects. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table rate_limit (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
    create index rate_limit_expire_idx on rate_limit (expire);
    comment on table rate_limit is 'Counters by keyed hash of a truncated address; gone when they expire.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table rate_limit');
}
