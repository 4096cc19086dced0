import type { Knex } from 'knex';

/** Files that visitors uploaded, and what the virus scanner said about files; no content and no names. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table media_upload (
      mxc text primary key,
      person_id text not null references person,
      conversation_id text not null references conversation,
      type text not null,
      size integer not null,
      created_at timestamptz not null default now()
    );
    create index media_upload_conversation_id_idx on media_upload (conversation_id);
    create index media_upload_person_id_idx on media_upload (person_id);
    create index media_upload_created_at_idx on media_upload (created_at);
    create index conversation_event_mxc_idx on conversation_event using gin (mxc) where mxc <> '{}';
    comment on table media_upload is 'Files of visitors at the homeserver; the row stands before the file, so that none is left without it.';
    comment on column media_upload.type is 'Media type found from the content.';
    comment on column media_upload.size is 'Octets.';

    create table media_verdict (
      mxc text primary key,
      verdict text not null check (verdict in ('clean', 'infected', 'too-large')),
      created_at timestamptz not null default now()
    );
    comment on table media_verdict is 'What the virus scanner said about a file; one without a row was never scanned.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table media_verdict, media_upload');
}
