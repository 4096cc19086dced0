import type { Knex } from 'knex';

/** How content people were, as counts that lead back to nobody. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table satisfaction_count (
      company_id text not null references company,
      week text not null check (week ~ '^[0-9]{4}-W[0-9]{2}$'),
      score integer not null check (score between 1 and 5),
      count integer not null,
      constraint satisfaction_count_pkey primary key (company_id, week, score)
    );
    comment on table satisfaction_count is 'Answers after closing, per company, ISO week and score.';

    alter table conversation add column rated_closing timestamptz;
    comment on column conversation.rated_closing is 'The closed_at of the closing that was rated; not the score, not the time of rating.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table conversation drop column rated_closing; drop table satisfaction_count');
}
