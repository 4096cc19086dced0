import type { Knex } from 'knex';

/** What the contact form sent, and the links by which a person comes back to a conversation. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table contact_submission (
      token_hash text primary key,
      company_id text not null references company,
      session_id text references visitor_session on delete cascade,
      created_at timestamptz not null default now()
    );
    create index contact_submission_company_id_idx on contact_submission (company_id, created_at);
    create index contact_submission_created_at_idx on contact_submission (created_at);
    create index contact_submission_session_id_idx on contact_submission (session_id);
    comment on table contact_submission is 'Forms that were sent, so that one that is sent twice has its effect once, and floods are noticed.';

    create table contact_link (
      code_hash text primary key,
      conversation_id text not null references conversation on delete cascade,
      person_id text not null references person on delete cascade,
      user_id text not null,
      expires_at timestamptz not null
    );
    create index contact_link_conversation_id_idx on contact_link (conversation_id);
    create index contact_link_person_id_idx on contact_link (person_id);
    create index contact_link_expires_at_idx on contact_link (expires_at);
    comment on table contact_link is 'Single-use links back to a conversation; the row goes when the link is used.';
    comment on column contact_link.code_hash is 'SHA-256 of the code in the link.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table contact_link, contact_submission');
}
