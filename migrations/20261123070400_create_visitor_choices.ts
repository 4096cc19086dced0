import type { Knex } from 'knex';

/** What a visitor decides: to rate, to go on elsewhere, to delete for good. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation add column rated_closing timestamptz, add column deleted_at timestamptz;
    comment on column conversation.rated_closing is 'The closing after which the person was counted; the score stands in no row of theirs.';
    comment on column conversation.deleted_at is 'Since when it is hidden from the person, until the homeserver has deleted it.';

    create table satisfaction_count (
      company_id text not null references company,
      week date not null,
      score smallint not null check (score between 1 and 5),
      count integer not null default 0,
      constraint satisfaction_count_pkey primary key (company_id, week, score)
    );
    comment on table satisfaction_count is 'How often which score was given in a week (its Monday).';

    create table session_code (
      code_hash text primary key,
      session_id text not null references visitor_session on delete cascade,
      purpose text not null check (purpose in ('popout', 'app', 'resume')),
      expires_at timestamptz not null
    );
    create index session_code_session_id_idx on session_code (session_id);
    comment on table session_code is 'Single-use codes with which a session goes on in another window or on another device.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table session_code, satisfaction_count;
    alter table conversation drop column rated_closing, drop column deleted_at;
  `);
}
