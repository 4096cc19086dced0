import type { Knex } from 'knex';

/** Accounts of customers and agents, and the browsers they are signed in with. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account (
      id text primary key,
      person_id text not null references person,
      first_name text not null,
      last_name text not null,
      alias text,
      notice_version text not null,
      notice_hash text not null,
      notice_seen_at timestamptz not null,
      created_at timestamptz not null default now(),
      constraint account_person_id_key unique (person_id)
    );
    comment on table account is 'Who signs in; the language stands with the person.';
    comment on column account.id is 'Random; also the local part of the Matrix id and the subject that the homeserver is told.';
    comment on column account.alias is 'Name that companies see in place of the first name.';
    comment on column account.notice_version is 'Version of the privacy notice that the person has seen.';
    comment on column account.notice_hash is 'SHA-256 of its text in the language in which it was shown.';

    create table account_session (
      id text primary key,
      account_id text not null references account on delete cascade,
      token_hash text not null,
      browser text not null,
      system text not null,
      provider_session text,
      signed_in_at timestamptz not null,
      last_used_at timestamptz not null,
      constraint account_session_token_hash_key unique (token_hash)
    );
    create index account_session_account_id_idx on account_session (account_id);
    create index account_session_last_used_at_idx on account_session (last_used_at);
    comment on table account_session is 'Browsers in which somebody is signed in; the row goes at sign-out.';
    comment on column account_session.browser is 'Family only, so that the person knows it again in the list.';
    comment on column account_session.provider_session is 'Session of the OpenID provider in the same browser, whose Matrix devices end with it; no key to anything.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table account_session, account');
}
