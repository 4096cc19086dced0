import type { Knex } from 'knex';

/** How a visitor without account is known again: single-use tickets of a panel page, and the sessions opened with them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table panel_ticket (
      hash text primary key,
      company_id text not null references company,
      channel text not null check (channel in ('widget', 'form')),
      expires_at timestamptz not null
    );
    create index panel_ticket_expires_at_idx on panel_ticket (expires_at);
    comment on table panel_ticket is 'Single-use proof that a panel page was loaded; the row goes when the ticket is used.';

    create table visitor_session (
      id text primary key,
      company_id text not null references company,
      channel text not null check (channel in ('widget', 'form')),
      token_hash text not null,
      locale text not null,
      person_id text references person,
      user_id text,
      device_id text,
      created_at timestamptz not null default now(),
      last_used_at timestamptz not null default now(),
      ended_at timestamptz,
      constraint visitor_session_token_hash_key unique (token_hash)
    );
    create index visitor_session_person_id_idx on visitor_session (person_id);
    create index visitor_session_last_used_at_idx on visitor_session (last_used_at);
    comment on table visitor_session is 'A browser of a visitor; bound to a ghost and its device with the first message.';
    comment on column visitor_session.token_hash is 'SHA-256 of the opaque token.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table visitor_session, panel_ticket');
}
