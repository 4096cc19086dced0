import type { Knex } from 'knex';

/** When accounts were last used, so that those that nobody uses can go. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_activity (
      account_id text primary key references account on delete cascade,
      last_active_at timestamptz not null,
      looked_at timestamptz,
      warned_at timestamptz,
      closed_at timestamptz,
      erasure_asked_at timestamptz
    );
    create index account_activity_last_active_at_idx on account_activity (last_active_at);
    comment on table account_activity is 'Use of accounts, to the day. An account without a row was not used since it was made.';
    comment on column account_activity.last_active_at is 'Last sign-in, use of a page or of a Matrix client.';
    comment on column account_activity.looked_at is 'When the homeserver was last asked for the use of Matrix clients.';
    comment on column account_activity.warned_at is 'When the owner was told that the account goes; empty again after the next use.';
    comment on column account_activity.closed_at is 'When it was closed because nobody used it.';
    comment on column account_activity.erasure_asked_at is 'When its erasure was asked for.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table account_activity');
}
