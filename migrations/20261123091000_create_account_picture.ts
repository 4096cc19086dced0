import type { Knex } from 'knex';

/** Pictures of accounts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_picture (
      mxc text primary key,
      account_id text not null references account,
      type text not null,
      created_at timestamptz not null,
      shown_at timestamptz
    );
    create index account_picture_account_id_idx on account_picture (account_id);
    create unique index account_picture_shown_key on account_picture (account_id) where shown_at is not null;
    create index account_picture_created_at_idx on account_picture (created_at) where shown_at is null;
    comment on table account_picture is 'Which file at the homeserver is the picture of an account. It keeps its account from going before the file is gone.';
    comment on column account_picture.mxc is 'Address of the file at the homeserver.';
    comment on column account_picture.type is 'Media type, found from the content.';
    comment on column account_picture.shown_at is 'Since when people see it; empty while it is being uploaded.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table account_picture');
}
