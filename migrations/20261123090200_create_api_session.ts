import type { Knex } from 'knex';

/** Sessions of our API that were opened with a Matrix OpenID token. They end by triggers, so that no way of leaving can forget them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table api_session (
      id text primary key,
      user_id text not null,
      account_id text references account on delete cascade,
      token_hash text not null,
      devices text[] not null,
      opened_at timestamptz not null,
      expires_at timestamptz not null,
      constraint api_session_token_hash_key unique (token_hash)
    );
    create index api_session_user_id_idx on api_session (user_id);
    create index api_session_account_id_idx on api_session (account_id) where account_id is not null;
    create index api_session_expires_at_idx on api_session (expires_at);
    comment on table api_session is 'A Matrix client that uses our API; the row goes when it ends, for whatever reason.';
    comment on column api_session.account_id is 'Null: a member of a company whose Matrix user has no account with us.';
    comment on column api_session.token_hash is 'SHA-256 of the opaque token.';
    comment on column api_session.devices is 'Matrix devices of the user when it was opened; it ends when one of them is signed out.';

    create table matrix_token_use (
      hash text primary key,
      expires_at timestamptz not null
    );
    create index matrix_token_use_expires_at_idx on matrix_token_use (expires_at);
    comment on table matrix_token_use is 'Matrix OpenID tokens that were used, hashed, until the homeserver forgets them: each opens one session.';

    create function end_api_sessions_of_member() returns trigger language plpgsql as $$
    begin
      delete from api_session where user_id = new.user_id;
      return null;
    end $$;
    create trigger company_member_ended after update of valid_to on company_member
      for each row when (old.valid_to is null and new.valid_to is not null) execute function end_api_sessions_of_member();

    create function end_api_sessions_of_account() returns trigger language plpgsql as $$
    begin
      delete from api_session where account_id = old.account_id;
      return null;
    end $$;
    create trigger account_session_ended after delete on account_session
      for each row execute function end_api_sessions_of_account();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger account_session_ended on account_session;
    drop function end_api_sessions_of_account;
    drop trigger company_member_ended on company_member;
    drop function end_api_sessions_of_member;
    drop table matrix_token_use, api_session`);
}
